"""The colours, chosen to read on warm paper and in a dark room alike."""

from functools import cache

# Of the near side and, a shade darker, of the far one.
SKINS = ("#d9a07e", "#bd8765")
TOPS = ("#78a490", "#5f8977")
LEGGINGS = ("#4d7566", "#3d6053")
SKIN, TOP, LEGS = SKINS[0], TOPS[0], LEGGINGS[0]
HAIR, BUN = "#7a5a48", "#6b4d3d"

FLOOR = "#a8997f"
MAT = "#8fa79b"
WOOD, FAR_WOOD = "#c9b79c", "#a99678"
PILLOW, CASE = "#e0cdb0", "#f0e6d4"
BAND = "#c8763f"
BAG = "#b5795a"
AIR = "#8fb3c4"
GLOW = "#e9a15b"
BADGE, ON_BADGE = "#47705f", "#ffffff"

INSIDE_SKIN, BELLY, LUNG, BONE = "#dcb597", "#e9cfae", "#a9c6cf", "#f5ecdc"
MUSCLE, PELVIC_FLOOR = "#b3574a", "#9c3f4e"


@cache
def mixed(colour: str, other: str, share: float) -> str:
    """The colour `share` of the way to the other."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
