"""The therapist's way through an import in a real browser, with the worker beside the server."""

import pytest
from django.urls import reverse

from blog.models import Article, ImportRun

from .test_desk import an_export

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def export_file(tmp_path):
    """A file on her computer."""
    path = tmp_path / "blog.xml"
    path.write_bytes(an_export().read())
    return path


def test_she_uploads_looks_and_brings_it_in(
    page, live_server, therapist, sign_in, assert_accessible, export_file, watch, start_worker
):
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_importrun_add"))
    assert_accessible(page)
    page.get_by_label("The file from WordPress").set_input_files(export_file)
    page.get_by_role("button", name="Look first").click()
    assert page.get_by_label("Leave them out").evaluate("radio => radio.validity.valueMissing")

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Leave them out").check()
    page.get_by_role("button", name="Look first").click()
    page.get_by_text("Waiting for its turn").wait_for()
    assert asked == []
    assert_accessible(page)
    start_worker()

    page.get_by_text("This is what would happen").wait_for()
    assert_accessible(page)
    assert not Article.objects.exists()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_text("The uploaded file was removed").wait_for()
    page.get_by_role("link", name="1 × comment").click()
    page.get_by_text("it is a ping from another site").last.wait_for()
    assert_accessible(page)
    assert Article.objects.count() == 1


def test_what_has_to_be_mended_keeps_her_choices_and_the_file(
    page, live_server, therapist, sign_in, export_file, tmp_path
):
    (tmp_path / "pictures.zip").write_bytes(b"no zip")
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_importrun_add"))
    page.get_by_label("The file from WordPress").set_input_files(export_file)
    page.get_by_label("The pictures and documents, as a ZIP or TAR").set_input_files(
        tmp_path / "pictures.zip"
    )
    page.get_by_label("Keep them, for me only").check()
    page.get_by_role("button", name="Look first").click()

    page.get_by_text("This is neither a ZIP nor a TAR").wait_for()
    assert page.get_by_label("Keep them, for me only").is_checked()
    page.get_by_label("The pictures and documents, as a ZIP or TAR").set_input_files([])
    page.get_by_role("button", name="Look first").click()
    page.get_by_text("Waiting for its turn").wait_for()
    assert ImportRun.objects.get().keep_emails


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_it_needs_no_script(page, live_server, therapist, sign_in, export_file):
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_importrun_add"))
    page.get_by_label("The file from WordPress").set_input_files(export_file)
    page.get_by_label("Leave them out").check()
    page.get_by_role("button", name="Look first").click()

    page.get_by_text("Waiting for its turn").wait_for()
    assert page.locator("meta[http-equiv=refresh]").count() == 1
