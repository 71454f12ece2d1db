"""Nothing is needed that came after the oldest Safari of docs/browsers.md. Source of the versions: MDN's compatibility data."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OLDEST = 16.0

# What came later, as it stands in a file: {pattern: the Safari that brought it}.
SCRIPTS = {
    r"\bwakeLock\b": 16.4, r"\(\?<[=!]": 16.4, r"\bstatic\s*\{": 16.4, r"import\.meta\.resolve": 16.4,
    r"\bOffscreenCanvas\b": 16.4, r"\bCompressionStream\b": 16.4, r"Array\.fromAsync": 16.4, r"isWellFormed": 16.4,
    r"userActivation": 16.4, r"importmap": 16.4, r"\bURL\.canParse": 17.0, r"\b(show|hide|toggle)Popover": 17.0,
    r"\.(union|intersection|difference|isSubsetOf|isSupersetOf)\(": 17.0, r"checkVisibility": 17.4,
    r"\b(Object|Map)\.groupBy": 17.4, r"withResolvers": 17.4, r"AbortSignal\.any": 17.4, r"\bsetHTMLUnsafe": 17.4,
    r"startViewTransition": 18.0, r"fromBase64|toBase64|fromHex": 18.2, r"\bcookieStore\b": 18.4, r"requestClose": 18.4,
    r"\bIterator\.from|\.values\(\)\.(map|filter|take|drop)\(": 18.4, r"\bPromise\.try": 18.2,
    r"\bRegExp\.escape": 18.2, r"Intl\.DurationFormat": 16.4, r"\bTemporal\.": 99.0, r"requestIdleCallback": 99.0,
    r"navigator\.vibrate|SyncManager|\.sync\b": 99.0, r"\bnavigation\.": 26.2, r"\bscheduler\.": 99.0,
    r"storage\.(persist|estimate)\b": 17.0, r"\bscrollend\b": 26.2, r"\bfetchLater\b": 99.0,
}  # fmt: skip
SHEETS = {
    r"color-mix\(": 16.2, r"(^|[{};])\s*&": 16.5, r"@property\b": 16.4, r"\d(r?lh)\b": 16.4, r":dir\(": 16.4,
    r":user-(in)?valid": 16.5, r"\(\s*(width|height)\s*[<>]": 16.4, r":popover-open": 17.0, r"@scope\b": 17.4,
    r"text-wrap": 17.4, r"@starting-style": 17.5, r"light-dark\(": 17.5, r"content-visibility": 18.0,
    r"view-transition": 18.0, r"scrollbar-(width|color|gutter)": 18.2, r"animation-timeline": 26.0,
    r"field-sizing": 26.2, r"anchor-name|position-anchor": 26.0, r"interpolate-size|calc-size\(": 99.0,
    r"(?<!-webkit-)user-select": 99.0, r"(?<!-webkit-)backdrop-filter": 18.0, r"\blinear\(": 17.2, r"text-box": 18.2,
    r"hanging-punctuation": 99.0, r"contain-intrinsic": 17.0,
}  # fmt: skip
# Used all the same: a browser without it loses nothing it needs. {pattern: why}
POLISH = {
    r"\bwakeLock\b": "asked for in a try; without it the player says so",
    r"navigator\.vibrate|SyncManager|\.sync\b": "asked for with ?., and the setting is shown only where there is one",
    r"text-wrap": "lines break less well",
    r"scrollbar-(width|color|gutter)": "the bar of the browser is seen",
    r"field-sizing": "the field scrolls",
    r"content-visibility": "folds are printed as they are on the screen",
    r"(?<!-webkit-)user-select": "beside -webkit-user-select",
}
TEMPLATES = {r"type=\"importmap\"": 16.4, r"\spopover\b": 17.0, r"<search\b": 17.0, r"closedby=": 99.0}
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
FULL_HEIGHT = re.compile(r"[{;]\s*((?:min-|max-)?height): *(?:calc\()?100dvh")


def files(folder, *endings):
    """The files with one of these endings, without what the desk's libraries bring along."""
    return [path for ending in endings for path in sorted((ROOT / folder).rglob(f"*{ending}"))]


def newer(text, features):
    """The patterns of what `text` uses that came after the oldest Safari."""
    return {one for one, since in features.items() if since > OLDEST and re.search(one, text, re.MULTILINE)}


WATCHED = [
    *((path, SCRIPTS) for path in [*files("static/js", ".js"), ROOT / "templates/offline/sw.js"]),
    *((path, SHEETS) for path in files("static/css", ".css")),
    *((path, TEMPLATES) for path in files("templates", ".html")),
]


def test_nothing_is_newer_than_the_oldest_safari_but_for_polish():
    found = {
        path: newer(COMMENT.sub("", path.read_text()), features) - set(POLISH) for path, features in WATCHED
    }
    assert {str(path.relative_to(ROOT)): used for path, used in found.items() if used} == {}


def test_no_polish_is_listed_that_is_not_used():
    used = set().union(*(newer(COMMENT.sub("", path.read_text()), features) for path, features in WATCHED))
    assert set(POLISH) <= used


@pytest.mark.parametrize("path", files("static/css", ".css"), ids=lambda path: path.name)
def test_full_height_has_a_value_for_browsers_without_dvh(path):
    text = COMMENT.sub("", path.read_text())
    for found in FULL_HEIGHT.finditer(text):
        rule = text[text.rindex("{", 0, found.start() + 1) : found.start() + 1]
        assert re.search(rf"[{{;]\s*{found[1]}: *(calc\()?100(%|vh)", rule), rule


@pytest.mark.parametrize(
    ("text", "features"),
    [("a.toSorted(); Object.groupBy(b)", SCRIPTS), ("p { color: color-mix(in srgb, red, blue) }", SHEETS)],
)
def test_what_is_newer_is_seen(text, features):
    assert newer(text, features)


def test_the_oldest_is_the_one_written_down():
    assert (
        f"| Safari, and every other browser on an iPhone | {OLDEST} "
        in (ROOT / "docs/browsers.md").read_text()
    )
