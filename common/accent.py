"""The accent color of a practice, in shades that hold WCAG 2.2 AA on every ground of the site, light and dark."""

import colorsys
import re
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

HEX = re.compile(r"#[0-9a-f]{6}")
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
STEP = 0.005  # of lightness

# The grounds of static/css/tokens.css on which the accent is read, and the two it is mixed into.
LIGHT_GROUNDS = ("#f8f4ec", "#fffdf8", "#efe8db", "#f5e3d6", "#d3dccb")
DARK_GROUNDS = ("#0c0b0a", "#161412", "#1f1c19", "#241a14", "#2b3a32")
LIGHT_BASE, DARK_BASE = "#fffdf8", "#161412"
LIGHT_SOFT, DARK_SOFT = 0.12, 0.10  # how much of the color its soft ground has
STRONGER = 0.1  # how much darker (or, in the dark, lighter) the strong shade is
DARKEST_INK = "#0b0b0b"

Rgb = tuple[float, float, float]


class Shades(NamedTuple):
    """One scheme's values of --accent, --accent-strong, --accent-soft and --on-accent, as #rrggbb."""

    accent: str
    strong: str
    soft: str
    on_accent: str


def light_shades(color: str) -> Shades:
    """Return the shades of #rrggbb on light grounds."""
    soft = _mixed(color, LIGHT_BASE, LIGHT_SOFT)
    accent = _readable(color, (*LIGHT_GROUNDS, soft), -STEP)
    return Shades(accent, _lighter(accent, -STRONGER), soft, "#ffffff")


def dark_shades(color: str) -> Shades:
    """Return the shades of #rrggbb on dark grounds."""
    soft = _mixed(color, DARK_BASE, DARK_SOFT)
    accent = _readable(color, (*DARK_GROUNDS, soft), STEP)
    return Shades(accent, _lighter(accent, STRONGER), soft, DARKEST_INK)


@lru_cache(maxsize=64)
def accent_css(color: str) -> str:
    """Return the style sheet that puts the shades of #rrggbb over those of tokens.css."""
    light, dark = _declarations(light_shades(color)), _declarations(dark_shades(color))
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def accent_key(color: str) -> str:
    """Return the color with a digest of its style sheet, for an address whose content never changes."""
    return f"{color[1:]}-{sha256(accent_css(color).encode()).hexdigest()[:8]}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors (WCAG 2.2), from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _declarations(shades: Shades) -> str:
    names = ("--accent", "--accent-strong", "--accent-soft", "--on-accent")
    return ";".join(f"{name}:{value}" for name, value in zip(names, shades, strict=True))


def _readable(color: str, grounds: tuple[str, ...], step: float) -> str:
    """Return the color, made darker or lighter by `step` until it can be read on all grounds."""
    while any(contrast(color, ground) < TEXT_CONTRAST for ground in grounds):
        color = _lighter(color, step)
    return color


def _lighter(color: str, by: float) -> str:
    """Return the color with its lightness (0 to 1) raised, or lowered, and its hue kept."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(color))
    return _hex(colorsys.hls_to_rgb(hue, min(1, max(0, lightness + by)), saturation))


def _mixed(color: str, ground: str, share: float) -> str:
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(_rgb(color), _rgb(ground), strict=True))
    return _hex((red, green, blue))


def _luminance(color: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(color: str) -> Rgb:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * c):02x}" for c in rgb)
