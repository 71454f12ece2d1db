"""The guided minute of breathing that anyone can follow: no squeeze, no position to hold, nothing stored."""

from typing import Any

from django.utils.translation import gettext as _

from programs.pages.catalogue import published_plan
from programs.pages.figures import addresses_of
from programs.pages.player import SLOW_BREATH

EXERCISE = "rib-breathing-sitting"
SETTLE_SECONDS = 3
BREATHS = 8  # at the pace of SLOW_BREATH, about a minute


def first_breath() -> dict[str, Any]:
    """Return the minute as the player's modules run it: `exercise`, `steps`, `easier` (none), and `breaths`.

    The drawing is that of the published sitting breath; without one `figure` and `still` are "".
    """
    plan = published_plan()
    drawn = plan.exercises.get(EXERCISE) if plan else None
    figures = addresses_of(drawn) if drawn else None
    exercise = {
        "slug": EXERCISE,
        "figure": figures.moving if figures else "",
        "still": figures.still if figures else "",
    }
    return {
        "key": EXERCISE,
        "exercise": exercise,
        "pace": SLOW_BREATH,
        "breaths": BREATHS,
        "steps": [
            {"id": "settle", "kind": "prepare", "exercise": 0, "seconds": SETTLE_SECONDS},
            {"id": "breathe", "kind": "work", "exercise": 0, "seconds": BREATHS * sum(SLOW_BREATH)},
        ],
        "easier": {},
    }


def breath_words() -> dict[str, str]:
    """Return the texts the script composes; {placeholders} are filled in by it. Cues: the reviewed sitting breath."""
    return {
        "settle": _("Settle in"),
        "in": _("Breathe in"),
        "out": _("Breathe out"),
        "settleCue": _("Sit, stand or lie down, whichever is easy. Rest your hands on your lower ribs."),
        "inCue": _("Feel your ribs widen, like an umbrella that opens."),
        "outCue": _("Soft lips. Let the umbrella close by itself."),
        "breathOf": _("breath {n} of {all}"),
        "pause": _("Pause"),
        "continue": _("Continue"),
        "doneTitle": _("That’s it."),
        "doneText": _(
            "One easy minute. Your diaphragm, belly and pelvic floor just worked as a team. That’s where everything "
            "in this program begins."
        ),
    }
