"""Documents of the media library that posts link to: handouts must not vanish when the old blog is closed."""

import tarfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bench.wxr import SITE, attachment, author, export, item
from blog.exporters.wordpress import wordpress_export
from blog.importers.wordpress.rows.media import MediaFolder
from blog.models import Article, Document, ImportRun

from ..conftest import NOW
from .test_desk import WANTED, report, work

pytestmark = pytest.mark.django_db
UPLOADS = f"{SITE}/wp-content/uploads/2019/05"
PDF = b"%PDF-1.7\nBreathe\n%%EOF"
LINKS = (
    f'<p><a href="{UPLOADS}/Hand%20out.pdf">Handout</a> <a href="/wp-content/uploads/2019/05/plan.docx">Plan</a> '
    f'<a href="{UPLOADS}/talk.mp3">Talk</a> <a href="https://other.example/wp-content/uploads/2019/05/plan.docx">Other</a></p>'
)


def blog(content=LINKS):
    """An export of one post and its files."""
    files = ("Hand out.pdf", "plan.docx", "talk.mp3", "alone.pdf")
    uploaded = [
        attachment(number, f"2019/05/{name}", parent=1) for number, name in enumerate(files, start=10)
    ]
    return export(author(), item(1, content=content), *uploaded)


@pytest.fixture
def folder(tmp_path):
    """The media library."""
    place = tmp_path / "uploads" / "2019" / "05"
    place.mkdir(parents=True)
    (place / "Hand out.pdf").write_bytes(PDF)
    (place / "plan.docx").write_bytes(b"PK\x03\x04 a plan")
    (place / "alone.pdf").write_bytes(PDF + b"alone")
    return tmp_path / "uploads"


def told(run):
    """What the report says of files: {label or old URL: reasons}."""
    lines = run.lines.filter(kind__in=["media", "document"])
    return {(line.kind, (line.detail or line.label).rpartition("/")[2]): line.reasons for line in lines}


def test_they_come_over_with_the_links_to_them(take_over, folder, client):
    run = take_over(blog(), MediaFolder(folder))

    handout, plan = Document.objects.order_by("name")
    body = Article.objects.get().body
    assert f'<a href="{handout.get_absolute_url()}" rel="noopener">Handout</a>' in body
    assert f'<a href="{plan.get_absolute_url()}" rel="noopener">Plan</a>' in body
    assert f"{UPLOADS}/talk.mp3" in body
    assert "https://other.example/wp-content" in body
    assert b"".join(client.get(handout.get_absolute_url())) == PDF
    assert told(run) == {
        ("media", "Hand out.pdf"): [],
        ("media", "plan.docx"): [],
        ("media", "talk.mp3"): ["not_a_picture"],
        ("media", "alone.pdf"): ["not_linked"],
    }


def test_their_old_addresses_lead_to_them(take_over, folder, client):
    take_over(blog(), MediaFolder(folder))

    response = client.get("/wp-content/uploads/2019/05/Hand%20out.pdf")

    assert (response.status_code, response["Location"]) == (
        301,
        Document.objects.order_by("name")[0].get_absolute_url(),
    )


def test_without_the_media_library_they_are_named_and_come_with_it_later(take_over, folder):
    first = take_over(blog())
    assert not Document.objects.exists()
    assert f'href="{UPLOADS}/Hand%20out.pdf"' in Article.objects.get().body
    assert told(first)["document", "Hand%20out.pdf"] == ["no_file"]
    assert "document_missing" in first.lines.get(kind="post").reasons

    second = take_over(blog(), MediaFolder(folder))

    assert second.lines.get(kind="post").outcome == "updated"
    assert Document.objects.count() == 2
    third = take_over(blog(), MediaFolder(folder))
    assert third.lines.get(kind="post").outcome == "unchanged"
    assert Document.objects.count() == 2


def test_a_dry_run_brings_none(take_over, folder):
    run = take_over(blog(), MediaFolder(folder), dry_run=True)

    assert not Document.objects.exists()
    assert told(run)["media", "Hand out.pdf"] == []


def test_what_is_no_document_stays_a_link_and_is_named(take_over, folder):
    (folder / "2019/05/Hand out.pdf").write_bytes(b"<html>Please sign in</html>")

    run = take_over(blog(), MediaFolder(folder))

    assert Document.objects.count() == 1
    assert told(run)["document", "Hand%20out.pdf"] == ["document_damaged"]
    assert f'href="{UPLOADS}/Hand%20out.pdf"' in Article.objects.get().body


def test_the_preview_of_a_document_becomes_a_link_with_its_name(take_over, folder):
    shown = f'<object class="wp-block-file__embed" data="{UPLOADS}/Hand%20out.pdf" type="application/pdf"></object>'

    take_over(blog(shown), MediaFolder(folder))

    assert (
        f'<a href="{Document.objects.get().get_absolute_url()}" rel="noopener">Hand out.pdf</a>'
        in Article.objects.get().body
    )


def test_the_media_export_of_wordpress_com_is_taken_at_the_desk(desk, folder):
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(folder / "2019", "2019")
    files = {
        "file": SimpleUploadedFile("blog.xml", blog(), "text/xml"),
        "pictures": SimpleUploadedFile("media-export.tar", packed.getvalue(), "application/x-tar"),
    }

    assert desk.post(reverse("admin:blog_importrun_add"), WANTED | files | {"import": "1"}).status_code == 302
    run = ImportRun.objects.get()
    work(run)

    assert run.status == "done"
    assert Document.objects.count() == 2
    assert "no article links to it" in report(desk, run)


def test_our_own_export_names_them_and_its_links_stay(take_over, folder):
    take_over(blog(), MediaFolder(folder))
    before = Article.objects.get().body
    content = "".join(wordpress_export(NOW))
    assert all(document.get_absolute_url() in content for document in Document.objects.all())

    run = take_over(content.encode())

    assert Article.objects.get().body == before
    assert set(run.lines.filter(kind="media").values_list("outcome", flat=True)) == {"unchanged"}
