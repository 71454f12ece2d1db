"""Every page of the desk in pictures to look through, on a phone and on a desk, by day and by night.

`script/pictures sheets FOLDER` sets SHEETS to the folder: a picture for each page, and for each look a page with all of
them. Without it only the first page is taken, so that taking them goes on working.
"""

import os
from html import escape
from pathlib import Path

import pytest
from django.urls import reverse

from tests.postpartum.desk.every_desk_page import desk_pages, seed_desk

LOOKS = {
    "phone-light": ({"width": 390, "height": 844}, "light"),
    "phone-dark": ({"width": 390, "height": 844}, "dark"),
    "desk-light": ({"width": 1280, "height": 900}, "light"),
    "desk-dark": ({"width": 1280, "height": 900}, "dark"),
}
HIGHEST = 3000  # pixels of a page; what is below looks like what is above


@pytest.mark.browser
@pytest.mark.browser_context_args(is_mobile=False, has_touch=False, device_scale_factor=1)
@pytest.mark.django_db(transaction=True)
def test_every_page_is_taken_in_every_look(
    page, context, live_server, sign_in, therapist, program, watch, tmp_path
):
    watch.expect("")  # pages that refuse
    sign_in(context, seed_desk() if os.environ.get("SHEETS") else therapist)
    folder = Path(os.environ.get("SHEETS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    pages = list(desk_pages()) if os.environ.get("SHEETS") else [("index", reverse("admin:index"))]
    for look, (size, scheme) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        taken = [name for name, address in pages if take(page, live_server.url + address, folder, name, look)]
        (folder / f"{look}.html").write_text(sheet(look, size["width"], taken))
    assert taken
    assert all((folder / f"{name}-{look}.png").exists() for name in taken for look in LOOKS)


def take(page, address, folder, name, look):
    """Take a picture of the page, and return whether it is one."""
    answer = page.goto(address)
    if answer.status != 200 or "html" not in answer.headers["content-type"]:
        return False
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], HIGHEST)}
    page.screenshot(path=folder / f"{name}-{look}.png", clip=clip, full_page=True)
    return True


def sheet(look, width, names):
    """A page with all pictures of one look."""
    shown = "".join(
        f'<figure><img src="{escape(name)}-{look}.png" width="{width // 2}" loading="lazy" alt="">'
        f"<figcaption>{escape(name)}</figcaption></figure>"
        for name in names
    )
    return f'<!doctype html><title>{look}</title><body style="display: flex; flex-wrap: wrap">{shown}</body>'
