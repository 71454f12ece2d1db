"""Worked examples: a clinician writes what should follow, this says where the rules differ.

A document is one JSON object, already read. Any of the lists in `_LISTS` may be in it, each either a list of cases
or an object with `cases`; a list `cases` at the top holds check-in or screening cases. Cases have the shapes of the
clinical data; what a case leaves out is the baseline (all well), the document's own where it has one. Source of the
baselines: check-in data, baselineBefore, baselineAfter, contextDefaults, progression.baseline; screening data,
baselineAnswers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .example_runs import RUNNERS, ExampleError
from .vocabulary import AnswerError

__all__ = ["BASELINES", "ExampleError", "Verdict", "run_examples"]

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
        "baselineLeak": 0, "baselineHeaviness": 0, "daysSinceLast": 2, "weeksPostpartum": 12,
        "bleedingMoreStreak": 0, "heavyStreak": 0, "worseStillStreak": 0, "moodLowIn4": 0, "restDaysInRow": 0,
        "painBefore": 0, "pfNoStreak": 0, "domingKeptStreak": 0, "easyStreak": 0, "clearedSymptoms": [],
    },
    "progression": {
        "week": 2, "sessionsDoneThisWeek": 3, "sessionsDoneThisPhase": 6, "last3": ["go", "go", "go"],
        "worseStillInLast3": 0, "daysSinceLast": 2, "stepBacksInPhase": 0, "holdWeeksInRow": 0,
        "milestonesMet": True, "nextPhaseAllowed": True, "reportedThisWeek": 3, "daysInWeek": 7,
        "toleratedInLast3": 0, "symptomCleared": False,
    },
    "baselineAnswers": {
        "now": ["none"], "today": ["none"], "self_safety": "no", "unreal": "no",
        "time_since_birth": "ge_84d", "birth_mode": "vaginal", "tear": "none", "clearance": "ok",
        "bleeding": "none", "bladder": "fine", "bowel": "fine", "heaviness": "none", "tension": "none",
        "pain": "p0_3", "belly": "no", "wound": "na", "health": ["none"], "mood": "rarely",
    },
}  # fmt: skip


# By kind of case: the path to its list in a document.
_LISTS: dict[str, tuple[str, ...]] = {
    "checkin": ("checkin",),
    "carryOver": ("carryOver",),
    "correction": ("carryOver", "correction"),
    "doors": ("doors",),
    "unlock": ("unlock",),
    "progression": ("progression",),
    "tolerance": ("progression", "tolerance"),
    "screening": ("screening",),
    "harder": ("harderCases",),
}


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
        lists = ", ".join(f'"{".".join(path)}"' for path in _LISTS.values())
        raise ExampleError(f'no worked examples in it: it needs "cases" or any of the lists {lists}')
    known = _baselines(document) | {"exercises": document.get("exercises", [])}
    return [_run(kind, number, case, known) for kind, number, case in cases]


def _cases(document: Mapping[str, Any]) -> Iterable[tuple[str, int, object]]:
    """Every case with its kind and its number within its list, from 1."""
    for kind, path in _LISTS.items():
        yield from ((kind, number, case) for number, case in enumerate(_listed(document, path), start=1))
    listed = document.get("cases", [])
    if not isinstance(listed, list):
        raise ExampleError('"cases" must be a list of cases')
    for number, case in enumerate(listed, start=1):
        screening = isinstance(case, dict) and "answersChangedFromBaseline" in case
        yield ("screening" if screening else "checkin", number, case)


def _listed(document: Mapping[str, Any], path: tuple[str, ...]) -> list[object]:
    """The cases at this place; none where there is no such place."""
    found: Any = document
    for name in path:
        found = found.get(name, []) if isinstance(found, dict) else []
    if isinstance(found, dict):
        found = found.get("cases", [])
    if not isinstance(found, list):
        raise ExampleError(f'"{path[-1]}" must be a list of cases')
    return _of_rows(found) if path == ("unlock",) else found


def _of_rows(rows: list[Any]) -> list[object]:
    """The cases of the rows of unlocking, each with the rules of its row."""
    cases: list[object] = []
    for row in rows:
        if isinstance(row, dict) and "expected" not in row:
            listed = row.get("cases", [])
            if not isinstance(listed, list):
                raise ExampleError('"unlock" must be a list of rows with cases')
            cases += [
                {"rules": row.get("rules"), **case} if isinstance(case, dict) else case for case in listed
            ]
        else:
            cases.append(row)
    return cases


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


def _run(kind: str, number: int, case: object, known: Mapping[str, Any]) -> Verdict:
    name = f"case {number}"
    try:
        if not isinstance(case, dict):
            raise ExampleError("a case must be an object")
        name = " ".join(str(case[part]) for part in ("id", "title") if part in case) or name
        if "expected" not in case:
            raise ExampleError('it has no "expected"')
        problems = tuple(_compare(case["expected"], lambda: RUNNERS[kind](case, known)))
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


def _words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "nothing"
    return str(value).lower() if isinstance(value, bool) else str(value)
