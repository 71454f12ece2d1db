"""One page about her for her own clinician: what she told, what she did, in the words she chose. No diagnosis."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from programs.facts.standing import flags_of
from programs.labels import label
from programs.models import SafetyHold
from programs.rules.check_in import symptoms_of
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import BirthType, CheckInKind, Disposition, SafetyFlag, SessionKind
from programs.wording.decisions import SYMPTOM_WORDS
from programs.wording.journey import CLEARANCE_WORDS
from programs.wording.screening import question_words
from programs.wording.signs import RED_FLAG_WORDS

DAYS, MOST = 28, 150
PAIN = {CheckInKind.BEFORE: "pain", CheckInKind.AFTER: "painMax"}


@dataclass(frozen=True)
class HoldLine:
    """One time the program paused: since when, until when, and what she had reported."""

    began_at: datetime
    ended_at: datetime | None
    what: list[str]


@dataclass(frozen=True)
class Summary:
    """What stands on the page. Figures of symptoms are of the last four weeks.

    `adapted_for` names each safety flag and tells what it means; `cesarean_rules` is empty after any other birth.
    """

    birth_date: date
    birth_type: str
    weeks: int
    answers: list[tuple[str, str]]
    adapted_for: list[tuple[str, str]]
    cesarean_rules: tuple[str, ...]
    check_ins: int
    pain_most: int | None
    pain_mean: float | None
    heaviness_days: int
    leak_days: int
    low_mood_days: int
    sessions: int
    minutes: int
    holds: list[HoldLine]
    clearances: list[tuple[str, date]]
    exercises: list[str]


def summary_of(journey, plan, logs):
    """Return the page at the journey's moment, from `logs` and three queries."""
    enrollment, today = journey.enrollment, journey.today
    since = today - timedelta(days=DAYS)
    rows = [row for row in journey.check_ins[-MOST:] if timezone.localdate(row.made_at) >= since]
    sessions = [log for log in logs if log.kind == SessionKind.SESSION and log.counts_as_done]
    pains = [row.answers[PAIN[row.kind]] for row in rows if row.kind in PAIN]
    return Summary(
        birth_date=enrollment.birth_date,
        birth_type=str(label(enrollment.birth_type)),
        weeks=weeks_postpartum(enrollment.birth_date, today),
        answers=_answers(enrollment.screening),
        adapted_for=_adapted_for(journey, plan),
        cesarean_rules=plan.about.cesarean_rules if enrollment.birth_type == BirthType.CESAREAN else (),
        check_ins=len(rows),
        pain_most=max(pains, default=None),
        pain_mean=round(sum(pains) / len(pains), 1) if pains else None,
        heaviness_days=_days(rows, lambda answers: answers.get("heaviness", 0) > 0),
        leak_days=_days(rows, lambda answers: answers.get("leak", 0) > 0),
        low_mood_days=_days(rows, lambda answers: answers.get("mood", "ok") != "ok"),
        sessions=len(sessions),
        minutes=round(sum(log.seconds_done for log in logs) / 60),
        holds=_holds(enrollment),
        clearances=_clearances(journey),
        exercises=_exercises(plan, enrollment.week),
    )


def _answers(screening):
    """Her answers that changed something or asked for a check: (question, her answer)."""
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


def _adapted_for(journey, plan):
    flags = flags_of(journey)
    meanings = plan.about.safety_flags
    return [(str(label(flag)), meanings.get(flag, "")) for flag in SafetyFlag if flag in flags]


def _days(rows, holds):
    return len({timezone.localdate(row.made_at) for row in rows if holds(row.answers)})


def _holds(enrollment):
    return [
        HoldLine(hold.began_at, hold.ended_at, _what(hold))
        for hold in SafetyHold.objects.filter(participant=enrollment.participant_id)[:10]
    ]


def _what(hold):
    """What she had reported: signs by her words, else what the rules were about."""
    if hold.red_flags:
        return [str(RED_FLAG_WORDS[flag]) for flag in hold.red_flags]
    about = symptoms_of(rule for rule in hold.rules_matched if rule[:3] in ("PRE", "POS"))
    return [str(SYMPTOM_WORDS[code]) for code in about]


def _clearances(journey):
    return [(str(CLEARANCE_WORDS[row.code]), row.given_on) for row in journey.clearances]


def _exercises(plan, week):
    """The exercises of her week, by how often they come."""
    sessions = plan.sessions_of_week(week)
    often = Counter(one.exercise for session in sessions for one in session.prescriptions)
    return [plan.exercise(slug).name for slug, _count in often.most_common()]
