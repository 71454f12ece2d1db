"""Where the skin of the limbs is, as tables for `flesh`.

A row says where along the part a slice is (a share of the bone, or units), and how far the skin is ahead, behind and
beside, in units of which she is about 190 tall.
"""

Row = tuple[float, ...]

THIGH = (
    (0, 11, 12.4, 10.2),
    (0.16, 11.8, 13, 10.3),
    (0.4, 11.2, 11.2, 10.2),
    (0.66, 9.4, 8.8, 8.8),
    (0.88, 7.8, 7.2, 7.2),
    (1, 7.2, 6.8, 6.8),
)
SHIN = (
    (0, 7, 6.6, 6.7),
    (0.12, 6.5, 7.2, 6.7),
    (0.3, 5.2, 8.6, 6.9),
    (0.5, 4.7, 7.6, 6.2),
    (0.76, 4.1, 4.9, 4.6),
    (0.96, 3.9, 4.1, 4.1),
)
UPPER_ARM = (
    (0, 6.6, 6.8, 6.4),
    (0.2, 6.6, 6.6, 6.2),
    (0.5, 5.8, 5.6, 5.4),
    (0.85, 4.7, 4.7, 4.7),
    (1, 4.6, 4.7, 4.6),
)
SLEEVE = ((0, 7.3, 7.5, 7), (0.5, 7.3, 7.3, 7), (1, 6.8, 6.8, 6.5))
FOREARM = (
    (0, 4.5, 4.7, 4.5),
    (0.2, 5.1, 5, 4.9),
    (0.5, 4.4, 4.2, 4.3),
    (0.85, 3.1, 3, 3.3),
    (1, 2.8, 2.7, 3.2),
)
FULLEST = {"thigh": 0.25, "shin": 0.35, "upper": 0.25, "sleeve": 0.25, "forearm": 0.3}

# From the ankle along the foot: how high the middle is, then over, under and beside it.
FOOT = (
    (-6.4, -3, 2.6, 2.6, 3),
    (-3.6, -2.6, 4.6, 4.4, 3.9),
    (0.5, -2.2, 6, 4.6, 4),
    (6, -3, 4.2, 3.1, 4.2),
    (10, -4, 3, 2.9, 4.8),
    (13, -4.4, 2.7, 2.6, 5),
)
TOES = ((0, 0, 2.6, 2.6, 5), (2.5, -0.6, 2, 2, 5), (5.4, -0.8, 1.8, 1.8, 4.6), (8, -1.2, 1.3, 1.3, 3.2))

PALM = ((0, 1.9, 1.9, 3), (3.5, 2.1, 2.1, 3.9), (7, 2.1, 2, 4.4), (9.6, 1.9, 1.8, 4.3))
FINGERS = ((0, 1.9, 1.8, 4.2), (5, 1.6, 1.5, 3.9), (8.4, 1.4, 1.3, 2.9), (10, 1, 1, 1.7))
KNUCKLE = 4.6  # along the fingers
THUMB = ((0, 2), (0.5, 1.7), (1, 1.2))
BENDS = {"flat": (2, 3, 40), "relaxed": (24, 26, 26), "grip": (78, 88, 18)}  # knuckles, fingers, thumb aside
THUMB_BENDS = {"flat": 0, "relaxed": 16, "grip": 50}  # towards the palm
