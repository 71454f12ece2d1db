"""The pictures of docs/therapist.md: taken here, so that they show the desk as it is.

`script/pictures` sets PICTURES to the folder they are kept in, and they show the people of the demo; without it
they are only tried, with one mother, for the demo's six histories take their time.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from postpartum.demo.people import THERAPIST
from postpartum.wellness import note_worker
from programs.models import Concern, Exercise, Session
from tests.cast import APP_SECRET

COLOURS = 160  # of a picture, which is enough for the desk
LARGEST = 120_000  # bytes of a picture
GUIDE = Path(__file__).parents[3] / "docs" / "therapist.md"
DESK = {
    "viewport": {"width": 1100, "height": 760},
    "is_mobile": False,
    "has_touch": False,
    "device_scale_factor": 1,
}


def test_every_picture_of_the_guide_is_there():
    pictures = re.findall(r"\]\((img/therapist/[\w-]+\.png)\)", GUIDE.read_text())

    assert pictures
    assert all((GUIDE.parent / picture).exists() for picture in pictures)


def an_open_concern():
    """A mother's concern that waits for the therapist."""
    return Concern.objects.filter(resolved_at=None, participant__isnull=False).first()


@pytest.fixture
def shown(request, program):
    """Who looks at the desk, and a concern that is open there."""
    if not os.environ.get("PICTURES"):
        return request.getfixturevalue("therapist"), request.getfixturevalue("bulge")
    call_command("seed_demo", verbosity=0)
    note_worker(timezone.now())  # as it is on a site that runs
    therapist = get_user_model().objects.get(email=THERAPIST)
    Authenticator.objects.create(user=therapist, type=Authenticator.Type.TOTP, data={"secret": APP_SECRET})
    return therapist, an_open_concern()


@pytest.mark.browser
@pytest.mark.browser_context_args(**DESK)
@pytest.mark.django_db(transaction=True)
def test_the_pictures_can_be_taken(page, context, live_server, sign_in, shown, tmp_path):
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    user, concern = shown
    sign_in(context, user)
    Exercise.objects.filter(slug="bridge").update(why="It wakes up the muscles that carry you and your baby.")
    session = Session.objects.get(key="w03-a")
    pages = {
        "first-page": reverse("admin:index"),
        "record": reverse("admin:desk_member", args=[concern.participant_id]),
        "program": reverse("admin:desk_program"),
        "session": reverse("admin:programs_session_change", args=[session.pk]) + "#prescriptions-group",
        "figure": reverse("admin:programs_exercise_figure", args=[Exercise.objects.get(slug="bridge").pk]),
        "comments": reverse("admin:blog_comment_changelist"),
        "preview": reverse("admin:desk_preview") + "?session=w05-a&birth=cesarean&weeks_since=6",
        "publish": reverse("admin:desk_publish"),
    }
    assert set(pages) == set(re.findall(r"img/therapist/([\w-]+)\.png", GUIDE.read_text()))
    for name, address in pages.items():
        page.goto(live_server.url + address)
        assert urlsplit(page.url).path == urlsplit(address).path  # and not a door before it
        page.wait_for_load_state("networkidle")  # figures and pictures are there
        picture = folder / f"{name}.png"
        page.screenshot(path=picture)
        Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)
        assert picture.stat().st_size < LARGEST
