"""The colours of what is not her: things, the room, the section. Lines keep 3:1 on warm paper and in a dark room."""

from ..women import Cloth

GROUNDS = ("#f3ecdf", "#1a1715")  # of the site's cards: static/css/tokens.css, --figure-ground

FLOOR = "#857a66"
MAT = Cloth("#c4b7a1", "#a39680", "#857a66")
WOOD = Cloth("#c9b08c", "#a78f6c", "#86714f")
PILLOW = Cloth("#efe2cc", "#d8c7ab", "#93805f")
CUSHION = Cloth("#a9b7a0", "#8f9e86", "#71806a")
QUILT = Cloth("#c9d3cc", "#aebbb3", "#7d8b82")
BAND = Cloth("#c1662f", "#a95526", "#a95526")
BAG = Cloth("#b5795a", "#9a6448", "#8f5b40")
SEAT = Cloth("#6f7f8f", "#566472", "#768695")
WALL = Cloth("#d9cdb8", "#c4b7a1", "#93866f")
ONESIE, DOWN, INK = Cloth("#f0e0b8", "#d6c492", "#94824f"), "#7a5138", "#4b2a20"

GHOST, GHOSTLY = "#8d7f6b", 0.42  # the pose she comes from, and how much of it is seen
ARROW, GAP = "#b9602c", "#c1662f"
AIR = "#5f8da3"
GLOW = "#e9a15b"
BADGE, ON_BADGE = "#47705f", "#ffffff"

BELLY, LUNG, BONE = "#e9cfae", "#a9c6cf", "#f5ecdc"
MUSCLE, PELVIC_FLOOR = "#b3574a", "#9c3f4e"
SECTION_GROUND = "#a8997f"


def luminance(colour: str) -> float:
    """How bright a colour is, 0 to 1, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
