"""The accent of a practice: whatever color is chosen, everything can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from common.accent import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    accent_css,
    accent_key,
    contrast,
    dark_shades,
    light_shades,
)

CHOSEN = ["#000000", "#ffffff", "#ffff00", "#ff0000", "#0000ff", "#00ff00", "#8a2c5b", "#2c6152", "#808080"]
TOKENS = Path(settings.BASE_DIR, "static", "css", "tokens.css")
GROUNDS = ["paper", "surface", "sunk", "blush", "bud"]


@pytest.mark.parametrize("color", CHOSEN)
def test_every_shade_reads_where_it_stands(color):
    for shades, grounds in ((light_shades(color), LIGHT_GROUNDS), (dark_shades(color), DARK_GROUNDS)):
        for ground in (*grounds, shades.soft):
            assert contrast(shades.accent, ground) >= 4.5, ground
            assert contrast(shades.strong, ground) >= 4.5, ground
        assert contrast(shades.on_accent, shades.accent) >= 4.5
        assert contrast(shades.on_accent, shades.strong) >= 4.5


@pytest.mark.parametrize("color", CHOSEN)
def test_other_words_read_on_the_soft_ground(color):
    tokens = dict(zip(("light", "dark"), map(dict, map(_colors, _schemes())), strict=True))
    for scheme, shades in (("light", light_shades(color)), ("dark", dark_shades(color))):
        for name in ("ink", "ink-soft", "help", "care"):
            assert contrast(tokens[scheme][name], shades.soft) >= 4.5, (scheme, name)


def test_a_color_that_reads_already_stays_as_chosen():
    assert light_shades("#8a2c5b").accent == "#8a2c5b"


def test_the_grounds_are_those_of_the_tokens():
    light, dark = (dict(_colors(scheme)) for scheme in _schemes())

    assert [light[name] for name in GROUNDS] == list(LIGHT_GROUNDS)
    assert [dark[name] for name in GROUNDS] == list(DARK_GROUNDS)


def test_the_address_changes_with_the_content():
    assert accent_key("#8a2c5b").startswith("8a2c5b-")
    assert accent_css("#8a2c5b") != accent_css("#8a2c5c")
    assert accent_key("#8a2c5b")[7:] != accent_key("#8a2c5c")[7:]


def _schemes():
    return TOKENS.read_text().split("@media (prefers-color-scheme: dark)")


def _colors(text):
    return re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text)
