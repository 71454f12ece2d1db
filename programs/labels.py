"""Labels for the vocabulary of the rules."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from common.texts import Text
from programs.rules.vocabulary import (
    BirthType,
    CheckInKind,
    Disposition,
    EnrollmentState,
    Equipment,
    Focus,
    Mode,
    Position,
    SafetyFlag,
    SessionKind,
    Weekday,
)

LABELS: dict[str, Text] = {
    Focus.BREATHING: _("Breathing"),
    Focus.PELVIC_FLOOR: _("Pelvic floor"),
    Focus.CORE: _("Core"),
    Focus.GLUTES: _("Glutes and legs"),
    Focus.MOBILITY: _("Mobility and daily moves"),
    Position.SUPINE_KNEES_BENT: _("On your back, knees bent"),
    Position.SIDE_LYING: _("On your side"),
    Position.HANDS_KNEES: _("Hands and knees"),
    Position.KNEELING: _("Kneeling"),
    Position.HALF_KNEELING: _("On one knee"),
    Position.SITTING: _("Sitting"),
    Position.STANDING: _("Standing"),
    Equipment.NONE: _("Nothing"),
    Equipment.PILLOW: _("Pillow"),
    Equipment.BAND: _("Exercise band"),
    Equipment.CHAIR: _("Chair"),
    **dict(zip(Weekday, WEEKDAYS.values(), strict=True)),
    Mode.COUNTED: _("Counted"),
    Mode.TIMED: _("Timed"),
    BirthType.VAGINAL: _("Vaginal birth"),
    BirthType.ASSISTED: _("Vaginal birth with forceps or vacuum"),
    BirthType.CESAREAN: _("Cesarean birth"),
    SafetyFlag.CESAREAN_LT_8W: _("Less than 8 weeks since a cesarean"),
    SafetyFlag.DOMING: _("A ridge or dome along your tummy"),
    SafetyFlag.HEAVINESS: _("Heaviness or dragging"),
    SafetyFlag.PELVIC_PAIN: _("Back or pelvic pain"),
    SafetyFlag.LEAKING: _("Leaking"),
    SafetyFlag.PF_TENSION: _("A tense or painful pelvic floor"),
    SessionKind.SESSION: _("Session"),
    SessionKind.DAILY: _("Daily practice"),
    SessionKind.REST: _("Rest and breathe"),
    SessionKind.EARLY: _("Early recovery"),
    SessionKind.RELAXATION: _("Let-go practice"),
    Disposition.START: _("You can start"),
    Disposition.START_MODIFIED: _("You can start, with changes"),
    Disposition.WAIT_CLINICIAN: _("Please get checked first"),
    Disposition.URGENT_NOW: _("Please get help"),
    EnrollmentState.ACTIVE: _("Active"),
    EnrollmentState.PAUSED: _("Paused"),
    EnrollmentState.COMPLETED: _("Completed"),
    EnrollmentState.WITHDRAWN: _("Withdrawn"),
    CheckInKind.BEFORE: _("Before a session"),
    CheckInKind.AFTER: _("After a session"),
    CheckInKind.NEXT_MORNING: _("Next morning"),
}


def label(code: str) -> Text:
    """Return the label of one code of the vocabulary. Raise KeyError for a code without one."""
    return LABELS[code]


def choices(enum: Iterable[StrEnum]) -> list[tuple[str, Text]]:
    """Return choices of a model or form field for one enum, in its own order, without codes that have no label."""
    return [(code.value, LABELS[code]) for code in enum if code in LABELS]


def codes(enum: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return choices whose labels are the codes themselves, for fields that no form shows."""
    return [(code.value, code.value) for code in enum]
