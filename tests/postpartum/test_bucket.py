"""With S3_BUCKET everything that is uploaded or made is in the bucket, and nothing on the disk of this server."""

import io
from pathlib import Path

import boto3
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from blog.services.pictures import add_picture
from blog.services.share_cards import share_card
from common.stored_files import CHUNK
from postpartum import backing_services
from postpartum.models import Export
from postpartum.privacy.exports import ask_export, make_next_export, remove_old_exports
from tests.s3_server import KEYS, an_s3_server

LOCAL = "no.such.Storage"


@pytest.fixture(scope="module")
def address():
    with an_s3_server() as address:
        yield address


@pytest.fixture
def bucket(address, settings, monkeypatch, tmp_path):
    """The bucket that the settings name, as the environment sets them; the folders are watched."""
    for name, value in {**KEYS, "S3_BUCKET": "tend", "S3_ENDPOINT_URL": address}.items():
        monkeypatch.setenv(name, value)
    settings.MEDIA_ROOT, settings.EXPORT_ROOT = tmp_path / "media", tmp_path / "exports"
    settings.S3_BUCKET = "tend"
    settings.STORAGES = settings.STORAGES | {
        "default": backing_services.file_storage("media", LOCAL),
        "exports": backing_services.file_storage("exports", LOCAL),
    }
    bucket = boto3.resource("s3", endpoint_url=address, region_name="us-east-1").Bucket("tend")
    bucket.create()
    yield bucket
    bucket.objects.delete()
    bucket.delete()
    assert not list(tmp_path.rglob("*.*"))


def names_in(bucket):
    return sorted(one.key for one in bucket.objects.all())


def a_picture():
    file = io.BytesIO()
    Image.new("RGB", (500, 300), "green").save(file, "PNG")
    return SimpleUploadedFile("green.png", file.getvalue())


def test_a_picture_is_stored_in_the_bucket_and_served_from_it(bucket, client, db):
    picture = add_picture(a_picture(), alt="Green", now=timezone.now())

    assert len(names_in(bucket)) == 4
    assert all(name.startswith(f"media/pictures/{picture.key}/") for name in names_in(bucket))
    answer = client.get(reverse("picture", args=[picture.key, 400, "webp"]))
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.getvalue())).size == (400, 240)


def test_a_share_card_is_drawn_once(bucket, db):
    key = share_card("A title")
    first = next(iter(bucket.objects.all())).last_modified

    assert share_card("A title") == key
    assert [one.last_modified for one in bucket.objects.all()] == [first]


def test_a_range_asks_for_no_more(bucket):
    words = bytes(range(256)) * 4096
    storage = storages["default"]
    storage.save("videos/a.mp4", SimpleUploadedFile("a.mp4", words))

    part = range(10, 10 + CHUNK + 5)

    assert b"".join(storage.read_range("videos/a.mp4", part)) == words[part.start : part.stop]


def test_a_copy_of_her_data_is_in_the_bucket_until_it_is_removed(bucket, mother):
    ask_export(mother, timezone.now())
    assert make_next_export(timezone.now())
    export = Export.objects.get()

    assert names_in(bucket) == [f"exports/{export.key}.zip"]
    with storages["exports"].open(export.file.name) as file:
        assert file.read().startswith(b"PK")

    Export.objects.update(ready_at=timezone.now() - Export.KEPT * 2)
    remove_old_exports(timezone.now())
    assert names_in(bucket) == []


def test_without_the_store_a_picture_is_asked_for_again(bucket, client, db, settings):
    picture = add_picture(a_picture(), alt="Green", now=timezone.now())
    with override_settings(
        STORAGES=settings.STORAGES | {"default": without_its_server(settings.STORAGES["default"])}
    ):
        client.raise_request_exception = False
        answer = client.get(reverse("picture", args=[picture.key, 400, "webp"]))

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def without_its_server(storage):
    """The same storage at an address where nobody answers."""
    return storage | {"OPTIONS": storage["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:9"}}


@pytest.mark.django_db(transaction=True)
def test_a_backup_says_that_the_files_are_elsewhere(bucket, tmp_path, capsys):
    path = Path(tmp_path, "backup")
    storages["default"].save("a.txt", SimpleUploadedFile("a.txt", b"words"))

    call_command("backup", path)

    assert "without the files in the bucket tend" in capsys.readouterr().out
