"""The clinical rules as one page for a clinician to read and sign: every rule, its source, its cases, what is new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from programs.rules import RULES_VERSION
from programs.rules.check_in import RULES
from programs.rules.example_runs import RUNNERS
from programs.rules.progression import MORE_ADVICE, PROGRESS_RULES
from programs.rules.red_flags import RED_FLAGS, SIGN_GROUPS
from programs.rules.schedule import LATER_GATES, PHASES, VAGINAL_GATES
from programs.rules.screening import QUESTIONS
from programs.rules.unlock_rules import UNLOCKS
from programs.rules.worked_examples import BASELINES

NEW_IN_2 = frozenset(
    [
        "PRE-U5",
        "PRE-C7",
        "PRE-C8",
        "PRE-B6",
        "PRE-Z10",
        "PRE-A5",
        "PRE-A6",
        "POST-U3",
        "POST-U4",
        "POST-U5",
        "POST-C5",
        "POST-C6",
        "POST-B5",
        "POST-Z11",
        "PR-2a",
        "PR-14",
        "PR-15",
        "PR-16",
        "RF25",
        "RF26",
        "RF27",
        "RF28",
    ]
)
CHANGED_IN_2 = {
    "PRE-E1": "the honest answer of someone in care is an answer of its own (PRE-A6)",
    "PRE-C5": "not with a bulge that a clinician has cleared",
    "PRE-B1": "a call today, the first time too",
    "POST-B1": "a call today, the first time too",
    "PRE-B2": "a cleared bulge compares with her own level",
    "POST-B2": "a cleared bulge compares with her own level",
    "PRE-B4": "tiredness no longer counts as a symptom for moving on",
    "PR-1": "looks at the last three days, not at the last three sessions",
    "PR-2": "comes after PR-3, so that a longer break is never milder",
    "PR-3": "comes first of the steps back, and covers a break of 28 days",
    "PR-5": "refers in week 1, and at a second step back",
    "PR-6": "refers in week 1, and at a second step back",
    "PR-7": "mild, steady symptoms that settle overnight no longer hold from the third hold on, or once looked at",
    "RF09": "a call right away, not only today",
    "RF10": "also ill all over without fever",
    "RF19": "one way out for the check-in and the screening: a day later, with someone spoken to",
    "RF21": "also dizzy today, and dizzy often",
}


def clinical_page(documents: Iterable[Mapping[str, Any]]) -> str:
    """The page in Markdown; `documents` are files of worked examples, already read."""
    cases = _cases_by_rule(documents)
    parts = [
        _head(),
        *_check_ins(cases),
        *_weeks(cases),
        _unlocks(),
        _gates(),
        _signs(),
        _questions(),
        _red_flags(),
    ]
    return "\n\n".join(parts) + "\n"


def _head() -> str:
    return (
        f"# The clinical rules, version {RULES_VERSION}\n\n"
        "Written by `script/manage clinical_page`; do not edit by hand. Draft content: a registered pelvic health "
        "physiotherapist signs it, and a physician or midwife the parts on mood and warning signs, before real "
        "mothers use it.\n\n"
        "Signed by: ______________________  Date: ______________"
    )


def _cases_by_rule(documents: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Rule id → ids of the worked examples in which it holds or decides."""
    found: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        for case in document.get("cases", []):
            if "kind" in case:
                for rule in RUNNERS["checkin"](case, BASELINES)["rulesInclude"]:
                    found[rule].append(str(case["id"]))
        progression = document.get("progression", {})
        for case in progression.get("cases", []) if isinstance(progression, dict) else []:
            found[RUNNERS["progression"](case, BASELINES)["rule"]].append(str(case["id"]))
    return found


def _check_ins(cases: Mapping[str, list[str]]) -> list[str]:
    tables = []
    for name, prefix in (("before a session", "PRE"), ("after a session", "POST")):
        rows = [
            (
                rule.id,
                rule.says,
                rule.outcome or "advice only",
                rule.contact or "",
                ", ".join(rule.advice),
                rule.source,
                _cases(cases, rule.id),
                _news(rule.id),
            )
            for rule in RULES.values()
            if rule.id.startswith(prefix + "-")
        ]
        head = ("Rule", "When", "Outcome", "Contact", "Advice", "Source", "Cases", "Since version 1")
        tables.append(_table(f"The check {name}", head, rows))
    return tables


def _weeks(cases: Mapping[str, list[str]]) -> list[str]:
    rows = [
        (
            rule.id,
            rule.says,
            rule.outcome,
            ", ".join(rule.advice),
            rule.source,
            _cases(cases, rule.id),
            _news(rule.id),
        )
        for rule in PROGRESS_RULES
    ]
    head = ("Rule", "When, and none above", "Outcome", "Advice", "Source", "Cases", "Since version 1")
    more = [(", ".join(sorted(row.rules)), row.advice) for row in MORE_ADVICE]
    return [
        _table("What follows after a week", head, rows),
        _table("Advice added in some of these", ("Rules", "Advice"), more),
    ]


def _unlocks() -> str:
    rows = [
        (", ".join(sorted(one.rules)), ", ".join(one.requires), one.restart, one.source) for one in UNLOCKS
    ]
    return _table("How a hold ends", ("Set by", "Ends with all of", "Goes on", "Source"), rows)


def _gates() -> str:
    rows = [(phase, VAGINAL_GATES[phase], LATER_GATES[phase]) for phase in PHASES]
    return _table("When a phase may open, in days since the birth", ("Phase", "Usual", "Later dates"), rows)


def _signs() -> str:
    rows = [(group.code, sign.code, sign.set, sign.red_flag) for group in SIGN_GROUPS for sign in group.signs]
    return _table("Signs of the check-in", ("Group", "Sign", "Asks for", "Red flag"), rows)


def _questions() -> str:
    rows = [
        (
            question.number,
            option.id,
            option.disposition,
            option.urgency,
            ", ".join(option.flags),
            question.source,
        )
        for question in QUESTIONS
        for option in question.options
    ]
    head = ("Question", "Answer", "Disposition", "Urgency", "Flags", "Source")
    return _table("The screening", head, rows)


def _red_flags() -> str:
    rows = [
        (flag.id, flag.name, flag.urgency, flag.lock_ends, ", ".join(flag.sources), _news(flag.id))
        for flag in RED_FLAGS.values()
    ]
    head = ("Red flag", "Name (team only)", "Urgency", "Ends when", "Sources", "Since version 1")
    return _table("Red flags", head, rows)


def _cases(cases: Mapping[str, list[str]], rule: str) -> str:
    return ", ".join(cases.get(rule, ()))


def _news(code: str) -> str:
    return "new" if code in NEW_IN_2 else CHANGED_IN_2.get(code, "")


def _table(title: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [f"## {title}", ""]
    titles = list(head)
    lines += ["| " + " | ".join(titles) + " |", "|" + " --- |" * len(titles)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
