"""Group the exercises of the library by what a reader looks for, as the reviewed cautions support it.

A need claims no effect: it sorts by what the reviewed content says of its safety flag, which exercises stay as they
are, which are done in an easier way, and which wait.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from common.texts import Text
from programs.plan import Caution, PlannedExercise
from programs.rules.vocabulary import SafetyAction, SafetyFlag


class Need(StrEnum):
    """What a reader looks for; the value stands in the address."""

    LEAKING = "leaking"
    BACK_PAIN = "back-pain"
    HEAVINESS = "heaviness"
    GAP = "gap"
    CESAREAN = "cesarean"
    TENSION = "tension"


FLAG_OF_NEED = {
    Need.LEAKING: SafetyFlag.LEAKING,
    Need.BACK_PAIN: SafetyFlag.PELVIC_PAIN,
    Need.HEAVINESS: SafetyFlag.HEAVINESS,
    Need.GAP: SafetyFlag.DOMING,
    Need.CESAREAN: SafetyFlag.CESAREAN_LT_8W,
    Need.TENSION: SafetyFlag.PF_TENSION,
}
NEED_LABELS: dict[str, Text] = {
    Need.LEAKING: _("Leaking"),
    Need.BACK_PAIN: _("Back or pelvic pain"),
    Need.HEAVINESS: _("Heaviness"),
    Need.GAP: _("A gap or a ridge"),
    Need.CESAREAN: _("A new cesarean scar"),
    Need.TENSION: _("A tense pelvic floor"),
}
TOPIC_OF_NEED: dict[str, str] = {
    Need.LEAKING: "pelvic-floor",
    Need.BACK_PAIN: "back-pain",
    Need.HEAVINESS: "pelvic-floor",
    Need.GAP: "core",
    Need.CESAREAN: "cesarean",
    Need.TENSION: "pelvic-floor",
}
_AS_IT_IS = Caution()


@dataclass(frozen=True)
class ForNeed:
    """The exercises of a list for one need: `unchanged`, `easier` with the note on how, and the number that `wait`."""

    need: Need
    unchanged: tuple[PlannedExercise, ...]
    easier: tuple[tuple[PlannedExercise, str], ...]
    wait: int

    @property
    def label(self) -> Text:
        """Return the words for the need."""
        return NEED_LABELS[self.need]

    @property
    def count(self) -> int:
        """Return how many exercises are shown."""
        return len(self.unchanged) + len(self.easier)


def for_need(exercises: Collection[PlannedExercise], need: Need) -> ForNeed:
    """Sort `exercises` by what the need's safety flag does to them; the order stays."""
    flag = FLAG_OF_NEED[need]
    cautions = [(exercise, exercise.safety.get(flag, _AS_IT_IS)) for exercise in exercises]
    return ForNeed(
        need,
        tuple(one for one, caution in cautions if caution.action == SafetyAction.OK),
        tuple((one, caution.note) for one, caution in cautions if caution.action == SafetyAction.EASIER),
        sum(caution.action == SafetyAction.SWAP for _one, caution in cautions),
    )
