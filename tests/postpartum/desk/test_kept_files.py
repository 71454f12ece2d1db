"""A mistake elsewhere in a form, or a colleague's save in between, costs nobody the file that was chosen."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from blog.models import Picture
from common.kept_uploads import FOLDER, forget_kept_uploads, keep_upload, kept_upload
from programs.models import Exercise
from tests.programs.admin.page import form_of
from tests.programs.media.conftest import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bridge(program):
    return Exercise.objects.get(slug="bridge")


def address(bridge):
    return reverse("admin:programs_exercise_change", args=[bridge.pk])


def test_a_mistake_keeps_the_chosen_photograph(as_therapist, bridge):
    opened = form_of(as_therapist.get(address(bridge)), "exercise_form")
    slip = as_therapist.post(
        address(bridge), opened | {"why": "", "photo_alt": "A bridge", "photo_file": photograph()}
    )
    assert "This field is required" in slip.text
    assert "Chosen: IMG_0042 garden.jpg" in slip.text
    assert "once more" not in slip.text

    again = form_of(slip, "exercise_form") | {"why": "To lift."}
    assert as_therapist.post(address(bridge), again).status_code == 302
    bridge.refresh_from_db()
    assert bridge.photo["alt"] == "A bridge"


def test_a_refused_file_is_not_kept(as_therapist, bridge):
    opened = form_of(as_therapist.get(address(bridge)), "exercise_form")
    file = SimpleUploadedFile("notes.jpg", b"no picture")
    page = as_therapist.post(address(bridge), opened | {"photo_alt": "A bridge", "photo_file": file})

    assert page.status_code == 200
    assert "Chosen:" not in page.text


def test_the_choice_between_two_saves_keeps_it_too(as_therapist, bridge):
    opened = form_of(as_therapist.get(address(bridge)), "exercise_form")
    Exercise.objects.filter(pk=bridge.pk).update(why="Hers.")
    sent = opened | {"why": "Mine.", "photo_alt": "A bridge", "photo_file": photograph()}
    asked = as_therapist.post(address(bridge), sent)
    assert asked.status_code == 409

    again = form_of(asked, "edit-conflict") | {"conflict-why": "theirs"}
    assert as_therapist.post(address(bridge), again).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.why, bridge.photo["alt"]) == ("Hers.", "A bridge")


def test_a_picture_of_the_blog_is_kept_while_its_description_is_too_long(as_therapist):
    add = reverse("admin:blog_picture_add")
    slip = as_therapist.post(add, {"alt": "x" * 400, "file": photograph()})
    assert "Chosen: IMG_0042 garden.jpg" in slip.text

    assert as_therapist.post(add, form_of(slip, "picture_form") | {"alt": "A mat"}).status_code == 302
    assert Picture.objects.get().alt == "A mat"


def test_nobody_reaches_a_file_without_our_token():
    token = keep_upload(photograph())
    assert kept_upload(token).name == "IMG_0042 garden.jpg"
    assert kept_upload(token + "x") is None
    assert kept_upload(signing.dumps({"key": "../secret"}, salt="another")) is None


def test_after_a_day_it_is_deleted():
    keep_upload(photograph())
    assert forget_kept_uploads(timezone.now()) == 0
    assert forget_kept_uploads(timezone.now() + timedelta(days=2)) == 1
    assert default_storage.listdir(FOLDER)[1] == []
