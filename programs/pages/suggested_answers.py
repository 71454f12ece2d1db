"""Answers of a check-in that a member may confirm with one tap: only what was symptom-free the last time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from programs.facts.adapted_session import AdaptedSession
from programs.models import CheckIn, Enrollment, SessionLog
from programs.rules.vocabulary import CheckInKind, SessionKind

Answers = dict[str, Any]  # question → answer, as the rules take them

# By kind of check-in, in the order shown: question → symptom-free answers, the first being the default.
SYMPTOM_FREE: dict[CheckInKind, dict[str, tuple[object, ...]]] = {
    CheckInKind.BEFORE: {
        "pain": (0,),
        "heaviness": (0,),
        "leak": (0,),
        "bowelLeak": (False,),
        "bleeding": ("none", "same"),
        "scar": ("na", "ok"),
        "lastResponse": ("same_or_better",),
    },
    CheckInKind.AFTER: {
        "painMax": (0,),
        "heaviness": (0,),
        "leak": (0,),
        "bowelLeak": (False,),
        "doming": ("none",),
        "pfRelease": ("yes",),
        "bleeding": ("none", "same"),
        "scar": ("na", "ok"),
    },
}
# Question → answer of the screening → answer of a check-in, for the first check-in.
FROM_SCREENING = {
    "bleeding": {"none": "none", "lighter": "same"},
    "scar": {"na": "na", "mild": "ok"},
}
SHARED = {"bleeding", "scar", "lastResponse"}  # asked by more than one kind of check-in in the same words
ANSWERS_FROM = 8  # so many of the newest check-ins
UNKNOWN = object()  # never answered; None means answered by something that suggests nothing


def suggested_answers(enrollment: Enrollment, check_ins: Sequence[CheckIn], kind: CheckInKind) -> Answers:
    """Return the answers that one tap may confirm in a check-in of `kind`, by the last ones, oldest first.

    A question whose last answer was not symptom-free is left out, so that it is asked by itself.
    """
    last_answers = _last_answers(enrollment.screening.answers, check_ins, kind)
    suggested = {}
    for name, answers in SYMPTOM_FREE.get(kind, {}).items():
        last = last_answers.get(name, UNKNOWN)
        if last is UNKNOWN or last in answers:
            suggested[name] = answers[0] if last is UNKNOWN else last
    return suggested


def _last_answers(screening: Mapping[str, Any], check_ins: Sequence[CheckIn], kind: CheckInKind) -> Answers:
    """Return the last answers to this kind of check-in; for shared questions, the last of any kind."""
    last: Answers = {
        "bleeding": FROM_SCREENING["bleeding"].get(screening.get("bleeding", "")),
        "scar": FROM_SCREENING["scar"].get(screening.get("wound", "")),
    }
    for row in check_ins[-ANSWERS_FROM:]:
        same_kind = row.kind == kind
        last |= {name: answer for name, answer in row.answers.items() if same_kind or name in SHARED}
    if last.get("lastResponse") == "first":
        del last["lastResponse"]
    return last


def known_answers(
    enrollment: Enrollment, kind: CheckInKind, now: datetime, todo: AdaptedSession | None = None
) -> Answers:
    """Return answers that need not be asked: no session yet (one query); no squeezes in this session (`todo`)."""
    if kind == CheckInKind.BEFORE:
        sessions = SessionLog.objects.filter(enrollment=enrollment, kind=SessionKind.SESSION)
        return {} if sessions.filter(finished_at__lte=now).exists() else {"lastResponse": "first"}
    if kind == CheckInKind.AFTER and todo and not any(item.exercise.facts.squeezes for item in todo.items):
        return {"pfRelease": "na"}
    return {}
