"""A real Chromium for the tests marked `browser`: a phone in one hand, watched for all that goes wrong.

`page` and `new_context` are pytest-playwright's, made to a phone's measure; a test that wants another says
`@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 800}, is_mobile=False)`.
What keeps pages for flight mode comes along only where a test says service_workers="allow": it fetches some sixty files
while the test has gone on to something else.
"""

import json
import os
import re
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.chromium import LAUNCH_ARGUMENTS, environment_for, find_chromium

# Playwright's fixtures run inside an event loop, where Django refuses the database unless told otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The rules of axe-core that measure colours, and what they look at. They would look at every word, which takes longer
# than the rest together, so they are shown one word of each look: its colour, size and weight on what lies behind it.
COLOUR_RULES = {
    "color-contrast": "[data-look]",
    "link-in-text-block": "a[href][data-look], [data-look] a[href]",
}
ONE_OF_EACH_LOOK = """() => {
  document.querySelectorAll("[data-look]").forEach((one) => one.removeAttribute("data-look"));
  const looks = new Map(), grounds = new WeakMap();
  const ground = (one) => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(one);
      grounds.set(one, [ground(one.parentElement), backgroundColor, backgroundImage, opacity, filter].join("|"));
    }
    return grounds.get(one);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const shown = [...document.body.querySelectorAll("input, select, textarea")];
  while (words.nextNode()) if (words.currentNode.data.trim()) shown.push(words.currentNode.parentElement);
  for (const one of shown) {
    const { width, height } = one.getBoundingClientRect();
    if (width < 2 || height < 2 || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textDecorationLine, clip, clipPath } = getComputedStyle(one);
    const around = [one.localName, one.matches(":disabled, :disabled *"), Boolean(one.closest("dialog"))];
    const parent = getComputedStyle(one.parentElement).color;
    const look = [ground(one), color, fontSize, fontWeight, textDecorationLine, clip, clipPath, parent, ...around].join(";");
    if (!looks.has(look)) looks.set(look, one);
  }
  [...looks.values()].forEach((one) => one.setAttribute("data-look", ""));
}"""

PATIENCE = 90_000  # milliseconds for what shall happen on a page: a machine may have much else to do

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def pytest_collection_modifyitems(items):
    """Without what requirements-dev.txt adds, the tests of pages in a browser are skipped and say so."""
    if find_spec("playwright"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="needs requirements-dev.txt, which script/test installs"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the Chromium found on this machine."""
    path = find_chromium()
    if not path:
        pytest.fail("No Chromium here: run script/test, which installs one, or name one in CHROMIUM.")
    launch = {"executable_path": path, "args": LAUNCH_ARGUMENTS, "env": environment_for(path)}
    return browser_type_launch_args | launch


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A phone 360 px wide, which keeps no pages for flight mode."""
    return browser_context_args | PHONE | {"service_workers": "block"}


class Watch:
    """All a page did that it must not: ask another host, break the content policy, throw, log an error."""

    def __init__(self):
        self.troubles = []
        self._expected = []

    def expect(self, pattern):
        """Let pass what matches this regular expression: a page that shall answer 404 logs that it did."""
        self._expected.append(re.compile(pattern))

    def attach(self, context):
        """Watch every page of `context`."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.troubles.append(f"script error: {error.error}"))

    def unexpected(self):
        """The troubles no `expect` has let pass."""
        return [
            trouble for trouble in self.troubles if not any(known.search(trouble) for known in self._expected)
        ]

    def _on_request(self, request):
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.hostname not in ("localhost", "127.0.0.1"):
            self.troubles.append(f"asked another host: {request.url}")

    def _on_console(self, message):
        if message.type in ("error", "assert"):
            self.troubles.append(f"console: {message.text}")


@pytest.fixture
def watch():
    """The Watch over all pages of this test, which fails at its end if there was unexpected trouble."""
    watch = Watch()
    yield watch
    if troubles := watch.unexpected():
        pytest.fail("\n".join(troubles))


@pytest.fixture
def new_context(new_context, watch):
    """Pytest-playwright's, with every context watched."""

    def make(**options):
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        watch.attach(context)
        return context

    return make


@pytest.fixture
def sign_in(live_server):
    """A function that signs `user` in, in a browser context, without the way through the form."""

    def sign_in(context, user):
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return sign_in


class Axe:
    """Axe-core, looking at a page as it stands."""

    def __init__(self):
        script = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
        rules = [{"id": rule, "selector": selector} for rule, selector in COLOUR_RULES.items()]
        self._script = f"{script}; axe.configure({json.dumps({'rules': rules})})"

    def look_at_all(self, context):
        """Have every page of `context` bring axe along: half as dear as bringing it to each, where all are looked at."""
        context.add_init_script(self._script)

    def assert_accessible(self, page):
        """Fail, naming what is wrong and where, if any rule is broken."""
        self._run(page)

    def assert_colours(self, page):
        """The same for the rules about colours alone."""
        self._run(page, runOnly=list(COLOUR_RULES))

    def _run(self, page, **options):
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(self._script)
        page.evaluate(ONE_OF_EACH_LOOK)
        options = json.dumps({"resultTypes": ["violations"], "preload": False, **options})
        violations = page.evaluate(f"axe.run(document, {options}).then((found) => found.violations)")
        if violations:
            pytest.fail("\n".join(_in_words(violation) for violation in violations))


@pytest.fixture(scope="session")
def axe():
    """Axe-core, read once."""
    return Axe()


@pytest.fixture
def assert_accessible(axe):
    """A function that has axe-core look at a page as it stands, and fails naming what it found and where."""
    return axe.assert_accessible


@pytest.fixture
def assert_everybody_can_use(axe):
    """A function that checks the page as it stands by day and by night, on the narrowest phone or another `width`.

    The night differs in its colours alone, so only the rules about colours look at it.
    """

    def assert_everybody_can_use(page, width=320):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        axe.assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        page.emulate_media(color_scheme="dark")
        axe.assert_colours(page)

    return assert_everybody_can_use


def _in_words(violation):
    places = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']}, at {places}"
