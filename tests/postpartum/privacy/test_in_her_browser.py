"""Her data in a real browser: a copy fetched, an end asked for and taken back."""

import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from postpartum.models import Erasure
from postpartum.privacy.exports import make_next_export
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_home(page, live_server, sign_in, enrollment, mother, settings, tmp_path):
    """Maya on /my-data/, on her phone."""
    settings.EXPORT_ROOT = tmp_path / "exports"
    sign_in(page.context, mother)
    page.goto(live_server.url + reverse("my_data"))
    return page


def prove(page):
    """Type the password where it is asked for again."""
    page.wait_for_load_state()  # before its styles are there, the button moves away under the press
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def test_she_takes_a_copy_away(at_home, tmp_path):
    at_home.get_by_role("button", name="Make my copy").click()
    prove(at_home)
    at_home.locator("#copy", has_text="We are making your copy").wait_for()
    make_next_export(timezone.now())
    at_home.reload()
    with at_home.expect_download() as download:
        at_home.get_by_role("link", name="Download it").click()

    copy = tmp_path / "copy.zip"
    download.value.save_as(copy)
    assert download.value.suggested_filename.startswith("my-data-")
    assert sorted(zipfile.ZipFile(copy).namelist()) == ["data.json", "read-me.html"]


def test_she_asks_to_be_erased_and_changes_her_mind(at_home, watch):
    watch.expect("422")  # the box she forgets to tick
    at_home.get_by_role("link", name="Delete my account").click()
    prove(at_home)
    at_home.get_by_role("button", name="Delete everything").click()
    at_home.get_by_text("Please tick this").wait_for()
    at_home.get_by_label("Yes, delete my account").check()
    at_home.get_by_role("button", name="Delete everything").click()
    at_home.get_by_text("Everything will be deleted on").wait_for()
    assert Erasure.objects.exists()

    at_home.get_by_role("button", name="Keep my account").click()
    at_home.get_by_text("Your account stays").wait_for()
    assert not Erasure.objects.exists()


def test_everybody_can_use_the_pages(at_home, live_server, assert_everybody_can_use):
    for name in ("my_data", "profile", "reminders", "usersessions_list", "letter"):
        at_home.goto(live_server.url + reverse(name))
        assert_everybody_can_use(at_home)
