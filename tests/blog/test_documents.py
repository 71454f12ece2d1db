"""Documents: uploaded at the desk, linked from articles, downloaded by readers."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blog.models import Document
from blog.services.documents import add_document, document_path
from common.documents import DocumentRefusedError

from .conftest import NOW

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF"
ADD = "admin:blog_document_add"


@pytest.fixture
def desk(client, therapist):
    """The therapist at her desk."""
    client.force_login(therapist)
    return client


def upload(desk, name="My handout (1).pdf", content=PDF):
    """Send the form."""
    return desk.post(reverse(ADD), {"file": SimpleUploadedFile(name, content)})


def test_what_is_uploaded_can_be_linked_to_and_downloaded(desk, client, make_article):
    assert upload(desk).status_code == 302
    document = Document.objects.get()
    assert document.get_absolute_url() in desk.get(reverse("admin:blog_document_changelist")).text
    article = make_article(body=f'<p><a href="{document.get_absolute_url()}">Handout</a></p>')
    client.logout()

    assert f'href="{document.get_absolute_url()}"' in client.get(article.get_absolute_url()).text
    response = client.get(document.get_absolute_url())

    assert b"".join(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="My-handout-(1).pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'"} <= set(policy)
    assert not response.cookies


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<script>alert(1)</script>", "not a kind of document we keep"),
        ("picture.svg", b"<svg/>", "not a kind of document we keep"),
        ("run.docm", b"PK\x03\x04", "not a kind of document we keep"),
        ("noending", PDF, "not a kind of document we keep"),
        ("page.pdf", b"<html>Not found</html>", "not what its name says"),
        ("words.docx", PDF, "not what its name says"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_what_is_no_document_is_refused(desk, name, content, words):
    response = upload(desk, name, content)

    assert words in response.text
    assert not Document.objects.exists()


def test_one_that_is_too_large_is_refused():
    large = ContentFile(PDF)
    large.size = 50_000_001

    with pytest.raises(DocumentRefusedError, match="document_too_big"):
        add_document(large, name="large.pdf", now=NOW)


def test_the_same_file_twice_is_one_document(desk):
    upload(desk)
    upload(desk, "Other name.pdf")

    assert Document.objects.get().name == "My-handout-(1).pdf"


def test_what_is_deleted_is_gone(desk, django_capture_on_commit_callbacks):
    upload(desk, content=PDF + b"only here")
    document = Document.objects.get()
    assert default_storage.exists(document_path(document.key))

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("admin:blog_document_delete", args=[document.pk]), {"post": "yes"})

    assert desk.get(document.get_absolute_url()).status_code == 404
    assert not default_storage.exists(document_path(document.key))


@pytest.mark.parametrize("part", ["key", "name"])
def test_other_addresses_are_not_found(desk, client, part):
    upload(desk)
    document = Document.objects.get()
    given = {"key": document.key, "name": document.name} | {part: "0" * 32}

    assert client.get(reverse("document", kwargs=given)).status_code == 404


def test_an_accent_in_a_name_is_kept(desk, client):
    upload(desk, "Ru\u0308ckbildung & Ruhe.pdf")
    document = Document.objects.get()

    response = client.get(document.get_absolute_url())

    assert document.name == "R\u00fcckbildung-Ruhe.pdf"
    assert "filename*=utf-8''R%C3%BCckbildung-Ruhe.pdf" in response["Content-Disposition"]
