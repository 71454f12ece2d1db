"""What the tests of the rules share: the reviewed examples as fixtures, a quick profile, small builders."""

import json
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings

from programs.rules.check_in import emergency_so_far, judge
from programs.rules.check_in_rules import AfterContext, BeforeContext
from programs.rules.history import PastCheckIn
from programs.rules.prescribing import Dose, ExerciseFacts, Prescription, SafetyRule, Tempo
from programs.rules.vocabulary import CheckInKind, Focus, Mode, Outcome, SafetyAction, SafetyFlag

CASES = Path(__file__).parent / "cases"

# The same inputs every time: a failure is always the rules', never the day's.
quick = settings(
    max_examples=200,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@cache
def clinical(name):
    """A reviewed data file, read once."""
    return json.loads((CASES / name).read_text(encoding="utf-8"))


CHECK_INS = clinical("checkin_cases.json")
SCREENING = clinical("screening.json")
PROGRAM = clinical("program.json")

ALL_WELL_BEFORE = CHECK_INS["baselineBefore"]
ALL_WELL_AFTER = CHECK_INS["baselineAfter"]
NO_HISTORY = CHECK_INS["contextDefaults"]
ALL_CLEAR = SCREENING["baselineAnswers"]


def before_facts(**changes):
    """Answers and context of a before-check: all well but for `changes` (clinical names of either)."""
    return _facts(ALL_WELL_BEFORE, BeforeContext, changes)


def after_facts(**changes):
    """Answers and context of an after-check: all well but for `changes` (clinical names of either)."""
    return _facts(ALL_WELL_AFTER, AfterContext, changes)


def _facts(baseline, context_class, changes):
    answers = {name: changes.get(name, value) for name, value in baseline.items()}
    own = {field.name for field in context_class.FIELDS}
    assert set(changes) <= set(answers) | own
    context = {name: changes.get(name, value) for name, value in NO_HISTORY.items() if name in own}
    return answers, context_class.from_codes(context)


START = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))


def before(hours, outcome=None, advice=None, **changes):
    """A before-check `hours` after START: all well but for `changes`. What is not given is as the rules judge it."""
    return _past(CheckInKind.BEFORE, hours, ALL_WELL_BEFORE | changes, outcome, advice)


def after(hours, outcome=None, advice=None, session_mode=Outcome.GO, **changes):
    """An after-check `hours` after START: all well but for `changes`. What is not given is as the rules judge it."""
    return _past(CheckInKind.AFTER, hours, ALL_WELL_AFTER | changes, outcome, advice, session_mode)


def next_morning(hours, response):
    """An answer about the morning after, `hours` after START."""
    return _past(CheckInKind.NEXT_MORNING, hours, {"lastResponse": response}, None, None)


def cut_short(kind, hours):
    """A check-in that an emergency ended after its first answer, `hours` after START."""
    return _past(CheckInKind(kind), hours, {"redFlags": ["chest_pain"]}, Outcome.EMERGENCY, ())


def _past(kind, hours, answers, outcome, advice, session_mode=Outcome.GO):
    judged = _judged(kind, answers)
    return PastCheckIn(
        kind=kind,
        at=START + timedelta(hours=hours),
        answers=answers,
        outcome=outcome or judged.outcome,
        advice=judged.advice if advice is None else tuple(advice),
        session_mode=session_mode,
        rules=judged.rules,
    )


def evaluate_before(answers, context):
    """A check before a session, judged in its BeforeContext."""
    return judge(CheckInKind.BEFORE, answers, context.codes())


def evaluate_after(answers, context):
    """A check after a session, judged in its AfterContext."""
    return judge(CheckInKind.AFTER, answers, context.codes())


def evaluate_next_morning(answers, streak):
    """The morning after, judged with so many answers "still worse" in a row."""
    return judge(CheckInKind.NEXT_MORNING, answers, {"worseStillStreak": streak})


def _judged(kind, answers):
    """What the rules make of a check-in with nothing before it."""
    if short := emergency_so_far(kind, answers):
        return short
    if kind == CheckInKind.NEXT_MORNING:
        return evaluate_next_morning(answers, int(answers["lastResponse"] == "worse_still"))
    before_it = kind == CheckInKind.BEFORE
    _, context = before_facts() if before_it else after_facts()
    return (evaluate_before if before_it else evaluate_after)(answers, context)


def dose_of(data):
    """A Dose from the shape of the program data."""
    tempo = data["tempo"] and Tempo(
        data["tempo"]["liftSec"],
        data["tempo"]["holdSec"],
        data["tempo"]["lowerSec"],
        data["tempo"]["relaxSec"],
    )
    return Dose(data["sets"], data["reps"], data["seconds"], tempo, data["restSec"])


def prescriptions_of(blocks, short_form=()):
    """Prescriptions from the shape of the program data."""
    return [
        Prescription(block["exercise"], dose_of(block), block["sides"], block["exercise"] in short_form)
        for block in blocks
    ]


EXERCISES = {
    data["slug"]: ExerciseFacts(
        slug=data["slug"],
        focus=Focus(data["focusArea"]),
        mode=Mode(data["mode"]),
        sides=data["sides"],
        safety={
            SafetyFlag(flag): SafetyRule(SafetyAction(action), swap_to)
            for flag, (action, swap_to) in data["safety"].items()
        },
        doses={int(phase): dose_of(dose) for phase, dose in data["dosageByPhase"].items()},
        harder_from_phase=data["harderFromPhase"],
        harder_never_with=frozenset(SafetyFlag(flag) for flag in data["harderNeverWith"]),
        harder_not_with_hypermobility=data["harderNotWithHypermobility"],
    )
    for data in PROGRAM["exercises"]
}
SESSIONS = {
    data["id"]: prescriptions_of(data["prescriptions"], data["shortForm"]) for data in PROGRAM["sessions"]
}
PHASES = {data["id"]: data["phase"] for data in PROGRAM["sessions"]}
