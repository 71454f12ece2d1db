"""Run one worked example by its kind: from the shape of the clinical data to the result of the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from .adaptation import may_offer_harder
from .answers import Several, read_answers
from .before_rules import NEXT_MORNING_FIELDS
from .carry_over import InForce, carry_over, door, hours, why_not_corrected
from .check_in import judge
from .check_in_rules import AfterContext, BeforeContext
from .days import Checked, judge_day
from .prescribing import ExerciseFacts, SafetyRule
from .progression import ProgressFacts, evaluate_progress
from .schedule import highest_phase
from .screening import evaluate
from .unlocking import UnlockFacts, still_required
from .vocabulary import (
    Advice,
    AnswerError,
    CheckInKind,
    Disposition,
    Focus,
    Mode,
    Outcome,
    SafetyAction,
    SafetyFlag,
)

Case = Mapping[str, Any]
Known = Mapping[str, Any]


class ExampleError(ValueError):
    """A document or a case in a shape that cannot be run; the message says what to correct."""


def object_of(case: Case, name: str) -> dict[str, Any]:
    """The part `name` of a case, an object; empty where it is left out. Raises ExampleError."""
    part = case.get(name, {})
    if not isinstance(part, dict):
        raise ExampleError(f'"{name}" must be an object')
    return part


def _check_in(case: Case, known: Known) -> dict[str, Any]:
    if case.get("kind") not in ("pre", "post"):
        raise ExampleError('"kind" must be "pre" or "post"')
    result, _ = _evaluated(case, known)
    return {
        "outcome": result.outcome,
        "contactWithin": result.contact_within,
        "adviceIncludes": result.advice,
        "rulesInclude": result.rules,
    }


def _evaluated(case: Case, known: Known) -> tuple[Any, dict[str, Any]]:
    """Evaluate one check-in. Return the result and the facts it was evaluated on."""
    changes, context = object_of(case, "changes"), known["contextDefaults"] | object_of(case, "context")
    _all_known(context)
    if case.get("kind") == "morning":
        answers = read_answers(NEXT_MORNING_FIELDS, {"lastResponse": "same_or_better"} | changes)
        streak = {"worseStillStreak": context["worseStillStreak"]}
        return judge(CheckInKind.NEXT_MORNING, answers, streak), {**context, **answers}
    if case.get("kind") == "pre":
        answers = known["baselineBefore"] | changes
        own = _named(BeforeContext, context)
        return judge(CheckInKind.BEFORE, answers, own), {**context, **answers}
    if case.get("kind") == "post":
        answers = known["baselineAfter"] | changes
        own = _named(AfterContext, context)
        return judge(CheckInKind.AFTER, answers, own), {**context, **answers}
    raise ExampleError('"kind" must be "pre", "post" or "morning"')


def _named(kind: type[BeforeContext | AfterContext], context: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that one kind of check-in looks at, of all that `context` names."""
    own = {field.name for field in kind.FIELDS}
    return {name: value for name, value in context.items() if name in own}


def _all_known(context: Mapping[str, Any]) -> None:
    names = {field.name for field in (*BeforeContext.FIELDS, *AfterContext.FIELDS)}
    for name in context:
        if name not in names:
            raise AnswerError(name, "unknown")


def _carry_over(case: Case, _: Known) -> dict[str, Any]:
    for name in ("beforeOutcome", *(() if "inForce" in case else ("lastAfterOutcome",))):
        if name not in case:
            raise ExampleError(f'it has no "{name}"')
    if "inForce" in case:
        checks = _in_force(case)
    else:
        last = {"outcome": case["lastAfterOutcome"], "advice": case.get("lastAdvice", [])}
        checks = (
            [] if last["outcome"] is None else [_one_in_force(last | {"hoursSince": case.get("hoursSince")})]
        )
    return {"outcome": carry_over(checks, _outcome("beforeOutcome", case["beforeOutcome"]))}


def _in_force(case: Case) -> list[InForce]:
    listed = case.get("inForce", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ExampleError('"inForce" must be a list of objects')
    return [_one_in_force(one) for one in listed]


def _one_in_force(check: Mapping[str, Any]) -> InForce:
    advice = check.get("advice", [])
    if not isinstance(advice, list):
        raise ExampleError('"advice" must be a list')
    codes = Several("advice", tuple(Advice)).read(advice)
    outcome = _outcome("outcome", check.get("outcome"))
    since = check.get("hoursSince")
    # How long ago it was matters for a rest only.
    ago = timedelta() if since is None and outcome != Outcome.BREATHING_ONLY else hours(since)
    return InForce(outcome, tuple(Advice(code) for code in codes), ago)


def _outcome(name: str, code: object) -> Outcome:
    try:
        return Outcome(str(code))
    except ValueError as error:
        raise AnswerError(name, "missing" if code is None else "unknown", code) from error


def _door(case: Case, _: Known) -> dict[str, Any]:
    since, outcome = case.get("hoursSinceBeforeCheck"), case.get("beforeOutcome")
    found = door(
        checked_ago=None if since is None else hours(since, "hoursSinceBeforeCheck"),
        before_outcome=None if outcome is None else _outcome("beforeOutcome", outcome),
        in_force=_in_force(case),
        is_complete=case.get("complete") is True,
        finished_since=case.get("sessionFinishedSince") is not False,
        is_held=case.get("held") is not False,
    )
    return {"open": found.is_open, "mode": found.mode}


def _correction(case: Case, _: Known) -> dict[str, Any]:
    minutes, earlier = _number(case, "minutesSince"), _number(case, "correctionsToday")
    _question, _colon, answer = str(case.get("firstAnswer", "")).partition(":")
    return {"outcome": why_not_corrected(timedelta(minutes=minutes), int(earlier), answer) is None}


def _number(case: Case, name: str) -> float:
    """The number `name` of a case. Raise AnswerError where there is none."""
    value = case.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnswerError(name, "missing" if value is None else "unknown", value)
    return value


_UNLOCK_NAMES = {
    "hoursSinceReport": "hours_since_report",
    "daysSinceReport": "days_since_report",
    "safeAndSupported": "safe_and_supported",
    "spokeWith": "spoke_with",
    "latestMood": "latest_mood",
    "selfSafety": "self_safety",
    "unreal": "unreal",
    "clinicianAgreed": "clinician_agreed",
    "adviceSaysOk": "advice_says_ok",
    "signGone": "sign_gone",
    "hoursWithoutSign": "hours_without_sign",
    "checkDone": "check_done",
    "contactedOrBooked": "contacted_or_booked",
    "symptomSettled": "symptom_settled",
}


def _unlock(case: Case, _: Known) -> dict[str, Any]:
    rules = case.get("rules")
    if not isinstance(rules, list):
        raise ExampleError('it has no list "rules"')
    again = case.get("screenedAgain")
    facts = UnlockFacts(
        **{ours: case[theirs] for theirs, ours in _UNLOCK_NAMES.items() if theirs in case},
        screened_again=None if again is None else Disposition(again),
    )
    return {"outcome": not still_required(rules, facts, case.get("redFlags", ()))}


def _progression(case: Case, known: Known) -> dict[str, Any]:
    decision = evaluate_progress(ProgressFacts.from_codes(known["progression"] | object_of(case, "changes")))
    return {"outcome": decision.outcome, "adviceIncludes": decision.advice, "rule": decision.rule}


def _tolerance(case: Case, known: Known) -> dict[str, Any]:
    checks = case.get("checks")
    if not isinstance(checks, list) or not all(isinstance(one, dict) for one in checks):
        raise ExampleError('"checks" must be a list of objects')
    mode = case.get("sessionMode")
    evaluated = [_evaluated(one, known) for one in checks]
    day = judge_day(
        [Checked(result.rules, facts) for result, facts in evaluated],
        None if mode is None else _outcome("sessionMode", mode),
        case.get("nextMorning"),
    )
    return {"outcome": day.outcome, "tolerated": day.tolerated}


def _screening(case: Case, known: Known) -> dict[str, Any]:
    result = evaluate(known["baselineAnswers"] | object_of(case, "answersChangedFromBaseline"))
    got = {
        "disposition": result.disposition,
        "urgency": result.urgency,
        "flagsInclude": sorted(result.flags),
        "redFlagsInclude": result.red_flags,
    }
    days = case.get("daysSinceBirth")
    if days is None:
        return got
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise AnswerError("daysSinceBirth", "unknown", days)
    return got | {"allowedMaxPhaseIfStarted": highest_phase(result.flags, days)}


def _harder(case: Case, known: Known) -> dict[str, Any]:
    exercise = next((one for one in known["exercises"] if one.get("slug") == case.get("exercise")), None)
    if exercise is None:
        raise ExampleError(f'"exercises" has no "{case.get("exercise")}"')
    offered = may_offer_harder(
        _exercise(exercise),
        int(_number(case, "phase")),
        {SafetyFlag(flag) for flag in case.get("flags", [])},
        advised=case.get("advice") is True,
        outcome=_outcome("today", case.get("today")),
        gentle_track=case.get("gentleTrack") is not False,
        screening_flags=case.get("screeningFlags", []),
    )
    return {"outcome": offered}


def _exercise(data: Mapping[str, Any]) -> ExerciseFacts:
    """Return the facts of an exercise that decide about its harder version."""
    return ExerciseFacts(
        slug=data["slug"],
        focus=Focus(data["focusArea"]),
        mode=Mode(data["mode"]),
        sides=data["sides"],
        safety={SafetyFlag(flag): _safety(rule) for flag, rule in data["safety"].items()},
        harder_from_phase=data.get("harderFromPhase"),
        harder_never_with=frozenset(SafetyFlag(flag) for flag in data.get("harderNeverWith", [])),
        harder_not_with_hypermobility=data.get("harderNotWithHypermobility", False),
    )


def _safety(rule: Mapping[str, Any] | list[Any]) -> SafetyRule:
    """From an object with `action` and `swapTo`, or from the two of them."""
    action, swap_to = (rule["action"], rule["swapTo"]) if isinstance(rule, dict) else rule
    return SafetyRule(SafetyAction(action), swap_to)


RUNNERS: dict[str, Callable[[Case, Known], dict[str, Any]]] = {
    "checkin": _check_in,
    "carryOver": _carry_over,
    "correction": _correction,
    "doors": _door,
    "unlock": _unlock,
    "progression": _progression,
    "tolerance": _tolerance,
    "screening": _screening,
    "harder": _harder,
}
