"""The catalogue as it stands on a phone: its pictures are really seen."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.browser

SEEN = """() => [...document.querySelectorAll('.figure img')].slice(0, 3).map(image => {
    const {width, height} = image.getBoundingClientRect();
    return Math.round(100 * height / width) / 100;
})"""


@pytest.mark.parametrize("args", [["exercise", "bridge"], ["exercises"]], ids=["one", "all"])
def test_a_figure_has_the_width_of_its_place_and_its_own_proportions(args, page, live_server, program):
    name, *slug = args
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + reverse(name, args=slug))
    assert set(page.evaluate(SEEN)) == {0.75}


def test_every_number_to_call_fits_a_small_phone(page, live_server, program):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + reverse("safety"))
    page.evaluate("document.querySelectorAll('details').forEach(country => { country.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


CONTENT = "(country) => getComputedStyle(country, '::details-content').contentVisibility"


def test_on_paper_the_numbers_of_a_country_are_open_and_the_lines_for_home_are_not(
    page, live_server, program
):
    page.goto(live_server.url + reverse("safety"))
    country, home = page.locator("details").first, page.locator("#other-lines")
    assert country.evaluate(CONTENT) == "hidden"
    page.emulate_media(media="print")
    assert country.evaluate(CONTENT) == "visible"
    assert home.evaluate(CONTENT) == "hidden"


def test_nothing_of_the_filters_is_cut_off_on_a_phone(page, live_server, program):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + reverse("exercises") + "?position=hands_knees")
    selects = page.locator(".filters select")
    assert selects.count() == 3
    for select in selects.all():
        assert select.evaluate("select => select.getBoundingClientRect().right") <= 344
        assert select.evaluate("select => select.offsetWidth") > 300
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_chip_finds_by_need_and_a_member_keeps_what_was_found(page, live_server, sign_in, mother, program):
    sign_in(page.context, mother)
    page.goto(live_server.url + reverse("exercises"))
    page.get_by_role("link", name="Leaking").click()
    page.get_by_role("link", name="Ankle Pumps").click()
    page.get_by_role("button", name="Keep as a favorite").click()
    page.get_by_role("button", name="One of your favorites").wait_for()
    page.get_by_role("navigation", name="My program").get_by_role("link", name="Exercises").click()
    page.get_by_role("heading", name="Your favorites").wait_for()


def test_who_leaves_the_lines_for_home_does_not_come_back_by_the_back_button(page, live_server, program):
    page.goto(live_server.url + reverse("exercises"))
    page.goto(live_server.url + reverse("safety"))
    page.get_by_text("Not safe at home? Other help lines").click()
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(live_server.url + "/")
    page.go_back()
    assert page.url == live_server.url + reverse("exercises")
