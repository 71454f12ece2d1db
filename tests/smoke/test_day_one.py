"""Day one of a practice on a fresh production site, in a browser and without a shell, counted in clicks.

With DAY_ONE_PICTURES=FOLDER it leaves a picture of each page at 390 and 1280 pixels there.
"""

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import PASSWORD, code_of
from tests.servers import a_data_dir, a_free_port
from tests.smoke.site import Site

pytestmark = pytest.mark.browser
MOST_CLICKS = 60
WIDTHS = (390, 1280)


class Owner:
    """The owner at a browser: every press is counted."""

    def __init__(self, page, site):
        self.page, self.site, self.clicks, self.pictures = page, site, 0, 0

    def press(self, name, role="button", **options):
        """Press a button or link by its words, once the page it is on is there."""
        self.page.get_by_role(role, name=name, **options).first.click()
        self.clicks += 1

    def fill(self, **fields):
        """Type into fields by their names; each costs a click to get there."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)
            self.clicks += 1

    def choose(self, field, file):
        """Choose a file."""
        self.page.locator(f"[name={field}]").set_input_files(file)
        self.clicks += 1

    def go(self, path):
        """Open an address by a link that is on every page of the desk."""
        self.page.goto(self.site.address + path)
        self.clicks += 1

    def keep(self, name):
        """Leave pictures of the page, where they are asked for."""
        folder = os.environ.get("DAY_ONE_PICTURES")
        if not folder:
            return
        self.pictures += 1
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            place = Path(folder, f"{self.pictures:02d}-{name}-{width}.png")
            self.page.screenshot(path=place, full_page=True)


@pytest.fixture
def site():
    """A production site that nobody has opened yet."""
    with a_data_dir() as data_dir:
        site = Site(data_dir, a_free_port())
        site.start("--production")
        yield site
        site.kill_everything()


def test_a_practice_opens_in_a_morning(site, browser, tmp_path):
    photo = tmp_path / "me.jpg"
    Image.new("RGB", (900, 900), "#c9a58b").save(photo)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    owner = Owner(page, site)
    _account(owner)
    _practice(owner, photo)
    _privacy(owner)
    _article(owner)
    _invite(owner)
    page.goto(site.address + "/articles/")
    owner.keep("articles")
    site.until("/ names her", lambda: page.goto(site.address + "/") and "Ana Ruiz" in page.content())
    owner.keep("home")
    home = page.content()
    page.close()

    site.shows("/privacy/", "Soft Ground")
    site.shows("/articles/", "Stairs after birth")
    site.shows("/articles/stairs-after-birth/", "One step at a time")
    assert "fall behind here" not in home
    assert "/articles/pictures/" in home
    assert site.mails.wait_for("ina@example.org", "invited").link("/accounts/invitation/")
    print(f"Day one took {owner.clicks} clicks.")
    assert owner.clicks < MOST_CLICKS


def _account(owner):
    owner.page.goto(owner.site.owner_link())
    owner.fill(name="Ana", email="ana@example.org", password1=PASSWORD)
    owner.press("Make my account")
    owner.page.get_by_text("No camera?").click()
    owner.fill(code=code_of(owner.page.locator("code.secret").inner_text()))
    owner.clicks += 1
    owner.press("Switch it on")
    owner.press("Go on to your desk", role="link")
    owner.keep("desk")


def _practice(owner, photo):
    owner.press("Say whose practice this is", role="link")
    owner.keep("guide")
    owner.press("Begin", role="link")
    owner.keep("names")
    owner.fill(name="Soft Ground", therapist="Ana Ruiz, PT", registration="License 12345, Oregon")
    owner.press("Save and go on")
    owner.choose("file", photo)
    owner.fill(about="I help mothers find their strength again.")
    owner.keep("about")
    owner.press("Save and go on")
    owner.keep("look")
    owner.page.get_by_label("Use my color").check()
    owner.page.locator("[name=accent]").evaluate("input => input.value = '#8a2c5b'")
    owner.clicks += 2
    owner.press("Save and go on")
    owner.fill(email="ana@example.org", phone="+1 555 010 0199")
    owner.keep("contact")
    owner.press("Save and go on")
    owner.fill(price="Free")
    owner.press("Save and go on")
    owner.page.get_by_text("Now: everybody.").wait_for()
    owner.press("Save and go on")
    owner.page.locator("[name=saying-shown]").uncheck()
    owner.clicks += 1
    owner.keep("front")
    owner.press("Save and go on")
    owner.keep("consent")
    owner.press("Save and go on")
    owner.press("Send a test to")
    owner.keep("mail")
    owner.press("Save and go on")
    owner.page.get_by_text("Look at your site").wait_for()
    owner.keep("guide-done")


def _privacy(owner):
    owner.go("/admin/")
    owner.press("Complete the privacy page", role="link")
    owner.press("Privacy", role="link", exact=True)
    owner.page.locator("[name=status]").select_option("published")
    owner.clicks += 1
    owner.keep("privacy")
    owner.page.locator("[name=_save]").click()
    owner.clicks += 1
    owner.page.get_by_text("was changed successfully").or_(owner.page.locator(".success")).first.wait_for()


def _article(owner):
    owner.go("/admin/blog/article/add/")
    owner.fill(title="Stairs after birth", summary="How to climb.")
    owner.page.locator(".field-body [contenteditable=true]").click()
    owner.page.keyboard.type("One step at a time.")
    owner.page.locator("[name=status]").select_option("published")
    owner.keep("article")
    owner.page.locator("[name=_save]").click()
    owner.clicks += 3
    owner.page.locator(".success").first.wait_for()


def _invite(owner):
    owner.go("/admin/inviting/")
    owner.fill(emails="Ina <ina@example.org>")
    owner.keep("inviting")
    owner.press("Send invitations")
    owner.page.get_by_text("1 invitation is on its way").wait_for()
