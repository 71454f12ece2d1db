"""Worked examples: a clinician writes what should follow, this says where the rules differ.

A document is one JSON object, already read. Any of the lists `checkin`, `carryOver`, `progression` and
`screening` may be in it, each either a list of cases or an object with `cases`; a list `cases` at the top
holds check-in or screening cases. Cases have the shapes of the clinical data; what a case leaves out is
the baseline (all well), the document's own where it has one. Source of the baselines: check-in data,
baselineBefore, baselineAfter, contextDefaults, progression.baseline; screening data, baselineAnswers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .check_in import carry_over, evaluate_after, evaluate_before
from .check_in_rules import AfterContext, BeforeContext
from .progression import ProgressFacts, decide
from .schedule import highest_phase
from .screening import evaluate
from .vocabulary import AnswerError

BASELINES: dict[str, dict[str, Any]] = {
    "baselineBefore": {
        "redFlags": [], "mood": "ok", "pain": 1, "heaviness": 0, "leak": 0, "bowelLeak": False,
        "bleeding": "none", "scar": "na", "energy": 0, "sleep": "gt6", "lastResponse": "same_or_better",
    },
    "baselineAfter": {
        "redFlags": [], "painMax": 1, "heaviness": 0, "leak": 0, "bowelLeak": False, "doming": "none",
        "pfRelease": "yes", "effort": 5, "bleeding": "none", "scar": "na",
    },
    "contextDefaults": {
        "baselineLeak": 0, "daysSinceLast": 2, "weeksPostpartum": 12, "bleedingMoreStreak": 0,
        "heavyStreak": 0, "worseStillStreak": 0, "moodLowIn4": 0, "painBefore": 0, "pfNoStreak": 0,
        "domingKeptStreak": 0, "easyStreak": 0, "clearedSymptoms": [],
    },
    "progression": {
        "week": 2, "sessionsDoneThisWeek": 3, "sessionsDoneThisPhase": 6, "last3": ["go", "go", "go"],
        "worseStillInLast3": 0, "daysSinceLast": 2, "stepBacksInPhase": 0, "holdWeeksInRow": 0,
        "milestonesMet": True, "nextPhaseAllowed": True,
    },
    "baselineAnswers": {
        "now": ["none"], "today": ["none"], "self_safety": "no", "unreal": "no",
        "time_since_birth": "ge_84d", "birth_mode": "vaginal", "tear": "none", "clearance": "ok",
        "bleeding": "none", "bladder": "fine", "bowel": "fine", "heaviness": "none", "tension": "none",
        "pain": "p0_3", "belly": "no", "wound": "na", "health": "none", "mood": "rarely",
    },
}  # fmt: skip


class ExampleError(ValueError):
    """A document or a case that is not in a shape we can run; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One case as run: `problems` is empty when it passed."""

    kind: str
    case: str
    problems: tuple[str, ...]


def run_examples(document: object) -> list[Verdict]:
    """Run all cases of a document. Raises ExampleError when there is none or the document has no such shape."""
    if not isinstance(document, dict):
        raise ExampleError("the file must hold one JSON object")
    cases = list(_cases(document))
    if not cases:
        lists = ", ".join(f'"{name}"' for name in _RUNNERS)
        raise ExampleError(f'no worked examples in it: it needs "cases" or any of the lists {lists}')
    baselines = _baselines(document)
    return [_run(kind, number, case, baselines) for kind, number, case in cases]


def _cases(document: Mapping[str, Any]) -> Iterable[tuple[str, int, object]]:
    """Every case with its kind and its number within its list, from 1."""
    for kind in _RUNNERS:
        listed = document.get(kind, [])
        if isinstance(listed, dict):
            listed = listed.get("cases", [])
        if not isinstance(listed, list):
            raise ExampleError(f'"{kind}" must be a list of cases')
        yield from ((kind, number, case) for number, case in enumerate(listed, start=1))
    listed = document.get("cases", [])
    if not isinstance(listed, list):
        raise ExampleError('"cases" must be a list of cases')
    for number, case in enumerate(listed, start=1):
        screening = isinstance(case, dict) and "answersChangedFromBaseline" in case
        yield ("screening" if screening else "checkin", number, case)


def _baselines(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Ours, replaced by those that the document brings."""
    progression = document.get("progression")
    own = {name: document[name] for name in BASELINES if name in document and name != "progression"}
    if isinstance(progression, dict) and "baseline" in progression:
        own["progression"] = progression["baseline"]
    for name, baseline in own.items():
        if not isinstance(baseline, dict):
            raise ExampleError(f'the baseline "{name}" must be an object')
    return BASELINES | own


def _run(kind: str, number: int, case: object, baselines: Mapping[str, dict[str, Any]]) -> Verdict:
    name = f"case {number}"
    try:
        if not isinstance(case, dict):
            raise ExampleError("a case must be an object")
        name = " ".join(str(case[part]) for part in ("id", "title") if part in case) or name
        if "expected" not in case:
            raise ExampleError('it has no "expected"')
        problems = tuple(_compare(case["expected"], lambda: _RUNNERS[kind](case, baselines)))
    except ExampleError as error:
        problems = (str(error),)
    return Verdict(kind, name, problems)


def _compare(expected: object, run: Callable[[], dict[str, Any]]) -> Iterable[str]:
    """What differs. `expected` may hold `error`: the name of the answer that cannot be judged, or true."""
    if not isinstance(expected, dict):
        expected = {"outcome": expected}
    try:
        got = run()
    except AnswerError as error:
        if expected.get("error") not in (True, error.field):
            value = "" if error.value is None else f" ({error.value!r})"
            yield f'the answer "{error.field}" is {error.problem}{value}'
        return
    if not expected:
        yield '"expected" says nothing'
    for name, wanted in expected.items():
        if name == "error":
            yield f"expected that it cannot be judged, got {_words(next(iter(got.values())))}"
        elif name not in got:
            yield f'"{name}" is nothing that the rules give here'
        elif name.endswith(("Include", "Includes")):
            if not isinstance(wanted, list):
                raise ExampleError(f'"{name}" must be a list')
            missing = [one for one in wanted if one not in got[name]]
            if missing:
                yield f"{name}: expected {_words(missing)}, got {_words(got[name])}"
        elif wanted != got[name]:
            yield f"{name}: expected {_words(wanted)}, got {_words(got[name])}"


def _check_in(case: Mapping[str, Any], baselines: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    kinds = {"pre": ("baselineBefore", BeforeContext, evaluate_before),
             "post": ("baselineAfter", AfterContext, evaluate_after)}  # fmt: skip
    if case.get("kind") not in kinds:
        raise ExampleError('"kind" must be "pre" or "post"')
    baseline, context_class, evaluate_check_in = kinds[case["kind"]]
    context = baselines["contextDefaults"] | _object(case, "context")
    known = {field.name for field in (*BeforeContext.FIELDS, *AfterContext.FIELDS)}
    for name in context:
        if name not in known:
            raise AnswerError(name, "unknown")
    own = {field.name for field in context_class.FIELDS}
    facts = context_class.from_codes({name: value for name, value in context.items() if name in own})
    result = evaluate_check_in(baselines[baseline] | _object(case, "changes"), facts)
    return {
        "outcome": result.outcome,
        "contactWithin": result.contact_within,
        "adviceIncludes": result.advice,
        "rulesInclude": result.rules,
    }


def _carry_over(case: Mapping[str, Any], _: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    for name in ("lastAfterOutcome", "beforeOutcome"):
        if name not in case:
            raise ExampleError(f'it has no "{name}"')
    advice = case.get("lastAdvice", [])
    if not isinstance(advice, list):
        raise ExampleError('"lastAdvice" must be a list')
    last, before = case["lastAfterOutcome"], case["beforeOutcome"]
    return {"outcome": carry_over(last, advice, case.get("hoursSince"), before)}


def _progression(case: Mapping[str, Any], baselines: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    decision = decide(ProgressFacts.from_codes(baselines["progression"] | _object(case, "changes")))
    return {"outcome": decision.outcome, "adviceIncludes": decision.advice, "rule": decision.rule}


def _screening(case: Mapping[str, Any], baselines: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    changes = _object(case, "answersChangedFromBaseline")
    result = evaluate(baselines["baselineAnswers"] | changes)
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


_RUNNERS = {
    "checkin": _check_in,
    "carryOver": _carry_over,
    "progression": _progression,
    "screening": _screening,
}


def _object(case: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = case.get(name, {})
    if not isinstance(part, dict):
        raise ExampleError(f'"{name}" must be an object')
    return part


def _words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "nothing"
    return str(value).lower() if isinstance(value, bool) else str(value)
