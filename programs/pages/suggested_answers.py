"""Answers of a check-in that a member may confirm with one tap: as last time where that was fine, else what was symptom-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from programs.facts.adapted_session import AdaptedSession
from programs.models import CheckIn, Enrollment, SessionLog
from programs.rules.check_in import judge
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import AnswerError, CheckInKind, Outcome
from programs.wording.journey import SUGGESTED_WORDS

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
# Asked each time: the safety list, the mood, and how hard the session was.
ASKED_EACH_TIME = ("redFlags", "mood", "effort")
FINE = {"redFlags": (), "mood": "ok"}  # asked anew, so an earlier answer does not count against the others
# Question → answer of the screening → answer of a check-in, for the first check-in.
FROM_SCREENING = {
    "bleeding": {"none": "none", "lighter": "same"},
    "scar": {"na": "na", "mild": "ok"},
}
SHARED = {"bleeding", "scar", "lastResponse"}  # asked by more than one kind of check-in in the same words
ANSWERS_FROM = 8  # so many of the newest check-ins
UNKNOWN = object()  # never answered; None means answered by something that suggests nothing


@dataclass(frozen=True)
class Suggestion:
    """The answers that one tap may confirm; `since` is the time of the check-in they are all taken from, if any."""

    answers: Answers = field(default_factory=dict)
    since: datetime | None = None


def suggestion_for(
    enrollment: Enrollment, check_ins: Sequence[CheckIn], kind: CheckInKind, now: datetime
) -> Suggestion:
    """Return the Suggestion of a check-in of `kind`, by the last ones, oldest first.

    Before a session it is everything as last time, where the answers allow a session as planned and nothing since said
    otherwise. Else a question whose last answer was not symptom-free is left out, so that it is asked by itself.
    """
    symptom_free = _symptom_free(enrollment, check_ins, kind)
    last = _fine_since(check_ins, kind)
    if last is None:
        return Suggestion(symptom_free)
    carried = {name: last.answers[name] for name in last.answers if name not in ASKED_EACH_TIME}
    carried |= {name: answer for name, answer in symptom_free.items() if name in SHARED}
    if not all(one in SUGGESTED_WORDS for one in carried.items()):
        return Suggestion(symptom_free)
    if kind == CheckInKind.BEFORE and not _allow_go(carried, last, enrollment.birth_date, now):
        return Suggestion(symptom_free)
    return Suggestion(carried, last.made_at)


def known_answers(
    enrollment: Enrollment,
    kind: CheckInKind,
    now: datetime,
    todo: AdaptedSession | None = None,
    check_ins: Sequence[CheckIn] = (),
    client_id: str = "",
) -> Answers:
    """Return answers that need not be asked: the day after the last session, where there was none or it was told
    (one query); no squeezes in this session (`todo`).

    A session that names this check-in by its `client_id` came after it, whatever its time says.
    """
    if kind == CheckInKind.BEFORE:
        last = SessionLog.objects.last_session_of(enrollment, now, client_id)
        if last is None:
            return {"lastResponse": "first"}
        return _told_the_morning_after(check_ins, last.finished_at, now)
    if kind == CheckInKind.AFTER and todo and not any(item.exercise.facts.squeezes for item in todo.items):
        return {"pfRelease": "na"}
    return {}


def _told_the_morning_after(check_ins: Sequence[CheckIn], finished: datetime, now: datetime) -> Answers:
    """Return what was said the morning after the session `finished`; "still worse" is asked again on a later day."""
    for row in reversed(check_ins):
        if row.kind == CheckInKind.NEXT_MORNING and finished < row.made_at <= now:
            answer = row.answers["lastResponse"]
            is_today = timezone.localdate(row.made_at) == timezone.localdate(now)
            return {"lastResponse": answer} if is_today or answer != "worse_still" else {}
    return {}


def _fine_since(check_ins: Sequence[CheckIn], kind: CheckInKind) -> CheckIn | None:
    """Return the last check-in of `kind`, if it and everything after it led to a session as planned."""
    for row in reversed(check_ins[-ANSWERS_FROM:]):
        if row.outcome != Outcome.GO:
            return None
        if row.kind == kind:
            return row
    return None


def _allow_go(answers: Answers, last: CheckIn, birth_date: date, now: datetime) -> bool:
    """Whether the `answers` still allow a session as planned: what was fine then may not be at more weeks after the birth."""
    weeks = weeks_postpartum(birth_date, timezone.localdate(now))
    try:
        result = judge(CheckInKind.BEFORE, answers | FINE, last.context | {"weeksPostpartum": weeks})
    except AnswerError:  # judged by other questions than today's
        return False
    return result.outcome == Outcome.GO


def _symptom_free(enrollment: Enrollment, check_ins: Sequence[CheckIn], kind: CheckInKind) -> Answers:
    """Return the symptom-free answers given last, and the first symptom-free one to what was never asked."""
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
