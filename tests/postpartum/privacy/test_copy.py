"""A copy of everything, made in the background, fetched by a link that dies."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from postpartum.models import Export
from postpartum.privacy.exports import make_next_export, remove_old_exports
from programs.models import CheckIn, Participant
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def asked(client):
    """Ask for a copy and have it made; the Export."""
    client.post(reverse("ask_export"))
    make_next_export(timezone.now())
    return Export.objects.get()


def fetched(client, export):
    """The copy, opened."""
    response = client.get(reverse("export", args=[export.key]))
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_it_holds_everything_for_people_and_for_programs(signed_in, full_life):
    Participant.objects.update(player_wishes=["chimes", "still"])
    client = signed_in(full_life)

    copy = fetched(client, asked(client))

    data = json.loads(copy.read("data.json"))
    page = copy.read("read-me.html").decode()
    assert data["account"][0]["email"] == "maya@example.org"
    assert data["participant"][0]["player_wishes"] == ["chimes", "still"]
    assert data["screenings"][0]["answers"]["bladder"] == "fine"
    assert data["check_ins"][0]["answers"] == {"leak": 1, "mood": "ok"}
    assert [comment["body"] for comment in data["comments"]] == ["I felt calmer.", "Me too."]
    assert {"sessions", "decisions", "concerns", "openings", "reminders", "letter", "mails"} <= data.keys()
    for words in (
        "In the last day, did you leak urine?",
        "A few drops",
        "I felt calmer.",
        "Rang Maya",
        "Chimes, Keep",
    ):
        assert words in page


def test_of_a_corrected_check_in_it_holds_both(signed_in, full_life):
    client, row = signed_in(full_life), CheckIn.objects.get()
    CheckIn.objects.update(made_at=timezone.now(), replaced_at=None)
    client.post(reverse("check_in_correct", args=[row.client_id]), {"mood": "not_safe", "client_id": uuid4()})

    first, second = json.loads(fetched(client, asked(client)).read("data.json"))["check_ins"]

    assert {one["answers"]["mood"] for one in (first, second)} == {"ok", "not_safe"}
    assert {first["replaces_id"], second["replaces_id"]} == {None, row.pk}


def test_secrets_stay_out_of_it(signed_in, full_life):
    client = signed_in(full_life)

    copy = fetched(client, asked(client))
    whole = "".join(copy.read(name).decode() for name in copy.namelist())

    assert full_life.password not in whole
    assert client.session.session_key not in whole


def test_she_is_told_by_a_mail_that_tells_nothing(signed_in, full_life):
    export = asked(signed_in(full_life))

    [message] = mail.outbox
    assert message.to == [full_life.email]
    assert message.subject == "Your copy is ready"
    assert reverse("export", args=[export.key]) in message.body


def test_asking_for_it_asks_who_it_is_first(client, full_life):
    client.force_login(full_life)

    response = client.post(reverse("ask_export"))

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not Export.objects.exists()

    client.post(response.url, {"password": PASSWORD}, follow=True)
    assert Export.objects.get().user == full_life


def test_a_copy_whose_file_is_gone_is_told_in_words(signed_in, full_life):
    client = signed_in(full_life)
    export = asked(client)
    Path(export.file.path).unlink()

    assert client.get(reverse("export", args=[export.key])).status_code == 410


def test_asked_twice_while_it_is_made_it_is_one(signed_in, full_life):
    client = signed_in(full_life)
    client.post(reverse("ask_export"))
    page = client.post(reverse("ask_export"), follow=True).content.decode()

    assert Export.objects.count() == 1
    assert "We are making your copy" in page


def test_nobody_else_gets_it(signed_in, full_life, other_mother, therapist, client):
    export = asked(signed_in(full_life))
    address = reverse("export", args=[export.key])

    assert signed_in(other_mother).get(address).status_code == 404
    assert signed_in(therapist).get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_she_proves_again_that_it_is_her(client, signed_in, full_life):
    export = asked(signed_in(full_life))
    client.force_login(full_life)

    response = client.get(reverse("export", args=[export.key]))
    assert response.url.startswith(reverse("account_reauthenticate"))

    response = client.post(response.url, {"password": PASSWORD}, follow=True)
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"


def test_link_and_file_die_after_a_week(signed_in, full_life):
    client = signed_in(full_life)
    export = asked(client)
    path = Path(export.file.path)
    Export.objects.update(ready_at=timezone.now() - timedelta(days=7, minutes=1))

    response = client.get(reverse("export", args=[export.key]))
    assert response.status_code == 410
    assert "This copy is gone" in response.content.decode()

    remove_old_exports(timezone.now())
    assert not path.exists()
    assert not Export.objects.exists()


def test_the_file_can_be_read_by_nobody_else_on_the_machine(signed_in, full_life, settings):
    asked(signed_in(full_life))

    assert Path(settings.EXPORT_ROOT).stat().st_mode & 0o077 == 0


def test_one_that_cannot_be_made_does_not_hold_up_the_next(full_life, other_mother, monkeypatch, settings):
    now = timezone.now()
    hers = Export.objects.create(user=full_life, asked_at=now - timedelta(seconds=1))
    Export.objects.create(user=other_mother, asked_at=now)
    folder = settings.EXPORT_ROOT
    settings.EXPORT_ROOT = "/dev/null/nowhere"
    make_next_export(now)
    settings.EXPORT_ROOT = folder

    make_next_export(now)

    assert Export.objects.exclude(ready_at=None).get().user == other_mother
    assert not make_next_export(now)
    assert make_next_export(now + timedelta(minutes=1))
    hers.refresh_from_db()
    assert (hers.tries, hers.ready_at) == (2, now + timedelta(minutes=1))
