"""A one-page summary for the member's own clinician: answers, symptoms and sessions as reported. No diagnosis."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from programs.facts.adapted_session import Today, adapted_session
from programs.facts.clearances import load_clearances
from programs.facts.standing import flags_of
from programs.labels import label
from programs.models import CheckIn, Enrollment, SafetyHold, Screening, SessionLog
from programs.plan import Plan
from programs.rules.check_in import symptoms_of
from programs.rules.schedule import days_since, phase_of_week, weeks_postpartum
from programs.rules.timeline import minutes_done
from programs.rules.vocabulary import BirthType, CheckInKind, Disposition, Outcome, SafetyFlag, SessionKind
from programs.wording.decisions import SYMPTOM_WORDS
from programs.wording.journey import CLEARANCE_WORDS
from programs.wording.screening import question_words
from programs.wording.signs import RED_FLAG_WORDS

DAYS, MAX_CHECK_INS, MAX_HOLDS = 28, 150, 10
PAIN = {CheckInKind.BEFORE: "pain", CheckInKind.AFTER: "painMax"}  # kind of check-in → key of its pain answer


@dataclass(frozen=True)
class HoldLine:
    """One hold: when it began and ended, and what was reported."""

    began_at: datetime
    ended_at: datetime | None
    what: list[str]


@dataclass(frozen=True)
class Summary:
    """The content of the page. Symptoms are those of the last four weeks.

    `adapted_for` has (label, meaning) of each safety flag; `cesarean_rules` is empty after any other birth.
    """

    birth_date: date
    birth_type: str
    days: int
    weeks: int
    answers: list[tuple[str, str]]
    adapted_for: list[tuple[str, str]]
    cesarean_rules: tuple[str, ...]
    check_ins: int
    pain_max: int | None
    pain_mean: float | None
    heaviness_days: int
    leak_days: int
    low_mood_days: int
    sessions: int
    minutes: int
    holds: list[HoldLine]
    clearances: list[tuple[str, date]]
    exercises: list[str]


def summary_of(enrollment: Enrollment, plan: Plan, logs: Sequence[SessionLog], today: date) -> Summary:
    """Return the summary of `today`, from `logs` and three queries."""
    since = today - timedelta(days=DAYS)
    recent = CheckIn.objects.latest_of(enrollment, MAX_CHECK_INS)
    rows = [row for row in recent if timezone.localdate(row.made_at) >= since]
    sessions = [log for log in logs if log.kind == SessionKind.SESSION and log.counts_as_done]
    pains = [row.answers[PAIN[CheckInKind(row.kind)]] for row in rows if row.kind in PAIN]
    return Summary(
        birth_date=enrollment.birth_date,
        birth_type=str(label(enrollment.birth_type)),
        days=days_since(enrollment.birth_date, today),
        weeks=weeks_postpartum(enrollment.birth_date, today),
        answers=_answers(enrollment.screening),
        adapted_for=_adapted_for(enrollment, plan, today),
        cesarean_rules=plan.about.cesarean_rules if enrollment.birth_type == BirthType.CESAREAN else (),
        check_ins=len(rows),
        pain_max=max(pains, default=None),
        pain_mean=round(sum(pains) / len(pains), 1) if pains else None,
        heaviness_days=_days(rows, lambda answers: answers.get("heaviness", 0) > 0),
        leak_days=_days(rows, lambda answers: answers.get("leak", 0) > 0),
        low_mood_days=_days(rows, lambda answers: answers.get("mood", "ok") != "ok"),
        sessions=len(sessions),
        minutes=minutes_done(sum(log.seconds_done for log in logs)),
        holds=_holds(enrollment),
        clearances=_clearances(enrollment),
        exercises=_exercises(plan, enrollment.week, flags_of(enrollment, today)),
    )


def _answers(screening: Screening) -> list[tuple[str, str]]:
    """Return (question, answer) of the answers that changed something or required a check."""
    found = []
    for question_id, answer in screening.answers.items():
        words = question_words(question_id)
        for option in answer if isinstance(answer, list) else [answer]:
            if words.options[option].note or (
                screening.disposition != Disposition.START and option in _SIGNS
            ):
                found.append((str(words.text), str(words.options[option].label)))
    return found


_SIGNS = {
    option for question in ("now", "today") for option in question_words(question).options if option != "none"
}


def _adapted_for(enrollment: Enrollment, plan: Plan, today: date) -> list[tuple[str, str]]:
    flags = flags_of(enrollment, today)
    meanings = plan.about.safety_flags
    return [(str(label(flag)), meanings.get(flag, "")) for flag in SafetyFlag if flag in flags]


def _days(rows: Sequence[CheckIn], matches: Callable[[Mapping[str, Any]], bool]) -> int:
    return len({timezone.localdate(row.made_at) for row in rows if matches(row.answers)})


def _holds(enrollment: Enrollment) -> list[HoldLine]:
    return [
        HoldLine(hold.began_at, hold.ended_at, _what(hold))
        for hold in SafetyHold.objects.filter(participant=enrollment.participant_id)[:MAX_HOLDS]
    ]


def _what(hold: SafetyHold) -> list[str]:
    """Return what was reported: the red flags if there are any, else the symptoms the matched rules are about."""
    if hold.red_flags:
        return [str(RED_FLAG_WORDS[flag]) for flag in hold.red_flags]
    about = symptoms_of(rule for rule in hold.rules_matched if rule[:3] in ("PRE", "POS"))
    return [str(SYMPTOM_WORDS[code]) for code in about]


def _clearances(enrollment: Enrollment) -> list[tuple[str, date]]:
    return [(str(CLEARANCE_WORDS[row.code]), row.given_on) for row in load_clearances(enrollment)]


def _exercises(plan: Plan, week: int, flags: frozenset[SafetyFlag]) -> list[str]:
    """Return the names of the week's exercises as her sessions have them on a good day, most frequent first."""
    today = Today(flags, phase_of_week(week), Outcome.GO)
    sessions = [adapted_session(plan, session.key, today) for session in plan.sessions_of_week(week)]
    counts = Counter(item.exercise.name for session in sessions for item in session.items)
    return [name for name, _count in counts.most_common()]
