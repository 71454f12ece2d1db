"""The positions many exercises start from, by name."""

from __future__ import annotations

_ARMS_BESIDE = {
    "hand": [-6, 3.2, 23],
    "elbow_to": [0.2, 0, 1],
    "fingers": [1, -0.09, 0],
    "thumb": [0.3, 0, -1],
    "grip": "flat",
}
_ARMS_HANGING = {"shoulder": [2, 7], "elbow": 14}

STANCES: dict[str, dict] = {
    "crook_lying": {
        "spine": 184,
        "at": {"pelvis": [0]},
        "head_on": 0,
        "legs": {"foot": [46]},
        "arms": _ARMS_BESIDE,
    },
    "tabletop": {
        "spine": 184,
        "at": {"pelvis": [0]},
        "head_on": 0,
        "legs": {"hip": [86], "knee": 90, "ankle": -15},
        "arms": _ARMS_BESIDE,
    },
    "side_lying": {
        "spine": 4,
        "roll": 90,
        "at": {"pelvis": [0]},
        "near_leg": {"ankle_at": [-63, 22, 4], "ankle": -20},
        "far_leg": {"hip": [45, 0.1], "knee": 90, "ankle": -20},
        "near_arm": {
            "hand": [42, 3.5, 28],
            "elbow_to": [0.3, -0.5, 1],
            "fingers": [0.3, -0.08, 1],
            "thumb": [1, 0, -0.3],
            "grip": "flat",
        },
        "far_arm": {"hand": [80, 9, -22], "elbow_to": [1, 0.2, 0]},
    },
    "hands_and_knees": {
        "spine": 9.5,
        "at": {"pelvis": [0, 53.4]},
        "neck": 2,
        "nod": -8,
        "legs": {"ankle_at": [-43.9, 4.9], "ankle": -88},
        "arms": {"palm": [60]},
    },
    "standing": {
        "at": {"pelvis": [0, 96.9]},
        "legs": {"foot": [-1]},
        "arms": _ARMS_HANGING,
    },
    "sitting": {
        "at": {"pelvis": [0]},
        "rests_on": 40,
        "legs": {"foot": [44, 0, 9]},
        "arms": {"rests": "thigh"},
    },
}
