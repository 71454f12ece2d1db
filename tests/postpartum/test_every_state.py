"""Every public and member page with all its folds and dialogs open: by axe, in forced colors, by keyboard alone."""

import pytest
from django.core.management import call_command

from accounts.models import User
from programs.models import CheckIn
from tests.postpartum.every_page import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

MEMBER = "mother@example.org"
KNOWN = {"slug": "cesarean-scar", "key": "w01-a", "step": 1}
OPEN_FOLDS = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
DIALOGS = "() => document.querySelectorAll('dialog:not([open])').length"
OPEN_DIALOG = """(number) => {
  const dialog = document.querySelectorAll('dialog')[number];
  if (!dialog.open) dialog.showModal();
}"""
CLOSE_DIALOG = "(number) => document.querySelectorAll('dialog')[number].close()"
# What says something by its ground alone is gone where the system chooses the colors.
LOST_IN_FORCED_COLORS = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  if (width < 4 || height < 4 || one.closest("svg, picture, video, dialog") || one.textContent.trim()) return false;
  const role = one.getAttribute("role");
  if (!one.matches("button, a, meter, progress, [role=img], [role=progressbar], [role=meter]")) return false;
  const { borderStyle, forcedColorAdjust } = getComputedStyle(one);
  return borderStyle === "none" && forcedColorAdjust !== "none" && !one.querySelector("svg, img") && role !== "none";
}).map((one) => one.outerHTML.slice(0, 120))"""
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const parted = ["date", "time"]; // each part is a stop, and the browser draws its ring
  const stops = (window.stops ??= []);
  const [again, around] = [stops.at(-1) === one, stops[0] === one];
  stops.push(one);
  const { width, height, top, bottom } = one.getBoundingClientRect();
  const look = (it) => it && getComputedStyle(it);
  const ringed = [one, one.labels?.[0], one.closest("label"), one.nextElementSibling, one.parentElement].some((it) =>
    it && (look(it).outlineStyle !== "none" || look(it).boxShadow !== "none"));
  return {
    what: one.outerHTML.slice(0, 120),
    trap: again && !["radio", ...parted].includes(one.type),
    around: around && !again,
    hidden: width === 0 || height === 0,
    away: bottom < 0 || top > innerHeight,
    unseen: !ringed && !parted.includes(one.type),
  };
}"""
MOST_STOPS = 200


def walk(page):
    """Go through the page by the tab key, and return what is wrong at its stops: each must be seen, none a trap."""
    page.evaluate("() => { window.stops = []; document.activeElement?.blur(); scrollTo(0, 0); }")
    wrong = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["around"]:
            return wrong
        wrong += [f"{fault}: {stop['what']}" for fault in ("trap", "hidden", "away", "unseen") if stop[fault]]
        if stop["trap"]:
            return wrong
    return [*wrong, "no end"]


def look_at(page, assert_everybody_can_use):
    """Return what is wrong with the page as it stands, everything open."""
    page.evaluate(OPEN_FOLDS)
    found = []
    for check in (lambda: assert_everybody_can_use(page), lambda: dialogs(page, assert_everybody_can_use)):
        try:
            check()
        except (pytest.fail.Exception, AssertionError) as told:
            found.append(str(told))
    page.emulate_media(forced_colors="active", color_scheme="light")
    found += [f"lost in forced colors: {one}" for one in page.evaluate(LOST_IN_FORCED_COLORS)]
    page.emulate_media(forced_colors="none")
    return found + walk(page)


def dialogs(page, assert_everybody_can_use):
    """Look at each dialog of the page, open."""
    for number in range(page.evaluate(DIALOGS)):
        page.evaluate(OPEN_DIALOG, number)
        assert_everybody_can_use(page)
        page.evaluate(CLOSE_DIALOG, number)


@pytest.fixture
def demo():
    """The demo's people and texts."""
    call_command("loadprogram", verbosity=0)
    call_command("create_pages", verbosity=0)
    call_command("seed_demo", verbosity=0)


@pytest.mark.parametrize("who", ["stranger", "member"])
def test_everybody_can_use_every_page(
    new_context, live_server, sign_in, demo, axe, watch, who, assert_everybody_can_use
):
    watch.expect("the server responded with a status of")
    context = new_context()
    axe.look_at_all(context)
    member = User.objects.get(email=MEMBER)
    checked = CheckIn.objects.filter(enrollment__participant__user=member).order_by("-pk").first()
    if who == "member":
        sign_in(context, member)
    page, wrong = context.new_page(), {}
    seen = set()
    for address in sorted(set(addresses(KNOWN | {"client_id": checked.client_id}))):
        answer = page.goto(live_server.url + address)
        is_page = "html" in answer.headers.get("content-type", "")
        if page.url in seen or not is_page:
            continue
        seen.add(page.url)
        if found := look_at(page, assert_everybody_can_use):
            wrong[address] = found
            print(address, *found, sep="\n   ", flush=True)
    assert len(seen) > 30
    assert wrong == {}
