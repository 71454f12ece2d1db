"""Every page of the desk in pictures to look through (see tests/contact_sheets.py)."""

from pathlib import Path

import pytest
from django.urls import reverse

from tests.contact_sheets import FOLDER, LOOKS, picture_of, take_sheets, takes_all
from tests.postpartum.desk.every_desk_page import desk_pages, seed_desk

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


@takes_all
@pytest.mark.browser
@pytest.mark.browser_context_args(is_mobile=False, has_touch=False, device_scale_factor=1)
@pytest.mark.django_db(transaction=True)
def test_every_page_is_taken_in_every_look(page, context, live_server, sign_in, program, watch, tmp_path):
    watch.expect("")  # pages that refuse
    sign_in(context, seed_desk())
    folder = Path(FOLDER or tmp_path) / "desk"
    pages = dict(desk_pages()) if FOLDER else {"index": reverse("admin:index")}
    addresses = {name: live_server.url + address for name, address in pages.items()}
    taken = take_sheets(page, folder, addresses, SIZES)
    assert taken
    assert all(
        picture_of(folder, name, size, scheme).exists()
        for name in taken
        for size in SIZES
        for scheme in LOOKS
    )
