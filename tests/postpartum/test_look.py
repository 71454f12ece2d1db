"""What the look promises of itself: readable in light and dark, and the built sheets are those of the sources."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

STATIC = Path(settings.BASE_DIR) / "static" / "css"
GROUNDS = ["paper", "surface", "sunk", "accent-soft", "help-soft", "care-soft"]
TEXTS = ["ink", "ink-soft", "accent", "accent-strong", "help", "care"]


def colours():
    """{"light": {name: "#rrggbb"}, "dark": …} as the tokens say."""
    light, dark = (STATIC / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    pattern = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return {"light": dict(pattern.findall(light)), "dark": dict(pattern.findall(dark))}


def luminance(colour):
    """Relative luminance of "#rrggbb", by WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_reads_on_every_ground(scheme, ground):
    tokens = colours()[scheme]

    unreadable = [text for text in TEXTS if contrast(tokens[text], tokens[ground]) < 4.5]

    assert unreadable == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_can_be_seen_and_buttons_read(scheme):
    tokens = colours()[scheme]

    assert min(contrast(tokens["control"], tokens[ground]) for ground in ("paper", "surface", "sunk")) >= 3
    assert contrast(tokens["on-accent"], tokens["accent"]) >= 4.5
    assert contrast(tokens["on-help"], tokens["help"]) >= 4.5


def test_the_built_sheet_holds_the_tokens_of_today():
    built = (STATIC / "site.css").read_text()
    declared = re.findall(r"(--[\w-]+): ([^;]+);", (STATIC / "tokens.css").read_text())

    def plain(text):
        return re.sub(r"\s+|(?<![\d])0(?=\.)", "", text)

    stale = [name for name, value in declared if plain(f"{name}:{value}") not in plain(built)]

    assert stale == [], "run styles/build"


def test_the_browser_frame_takes_the_colour_of_the_page(static_files):
    page = render_to_string("400.html")

    for scheme, tokens in colours().items():
        assert f'content="{tokens["paper"]}" media="(prefers-color-scheme: {scheme})"' in page


@pytest.mark.parametrize("sheet", ["site.css", "app.css"])
def test_sheets_load_nothing_from_elsewhere(sheet):
    css = (STATIC / sheet).read_text()

    assert "@import" not in css
    assert all(source.startswith("data:") for source in re.findall(r"url\([\"']?([^)\"']*)", css))
