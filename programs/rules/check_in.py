"""From what a member reports to what follows today: the check before a session, after it, the next morning.

Source: evidence base, section F, "How to evaluate". What stays in force afterwards is in `carry_over`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .after_rules import AFTER_FIELDS, AFTER_RULES
from .answers import Field, Number, read_answers
from .before_rules import BEFORE_FIELDS, BEFORE_RULES, NEXT_MORNING_FIELDS, NEXT_MORNING_RULES
from .check_in_rules import AfterContext, BeforeContext, Rule, by_id
from .conditions import OneFact
from .red_flags import SIGNS
from .vocabulary import Advice, CheckInKind, ContactWithin, Outcome

RULES: dict[str, Rule] = by_id((*BEFORE_RULES, *AFTER_RULES))
IS_SYMPTOM = {rule.id: rule.is_symptom for rule in RULES.values()}
ABOUT = {rule.id: rule.about for rule in RULES.values()}

# By kind of check-in: the questions, the facts of its context, and the rules.
_TABLES: dict[CheckInKind, tuple[Sequence[Field], Sequence[Field], Sequence[Rule]]] = {
    CheckInKind.BEFORE: (BEFORE_FIELDS, BeforeContext.FIELDS, BEFORE_RULES),
    CheckInKind.AFTER: (AFTER_FIELDS, AfterContext.FIELDS, AFTER_RULES),
    CheckInKind.NEXT_MORNING: (NEXT_MORNING_FIELDS, (Number("worseStillStreak", 0),), NEXT_MORNING_RULES),
}

STACK_GROUPS = 3  # "easier" from this many groups becomes breathing_only (before.stack, after.stack)


@dataclass(frozen=True, slots=True)
class CheckInResult:
    """What a check-in leads to, and why.

    `rules` are the ids of all rows that held, in table order. `advice` has no repeats. `red_flags` are ids of
    `RED_FLAGS`.
    """

    outcome: Outcome
    contact_within: ContactWithin | None
    advice: tuple[Advice, ...]
    rules: tuple[str, ...]
    red_flags: tuple[str, ...]


def judge(kind: CheckInKind, answers: Mapping[str, object], context: Mapping[str, object]) -> CheckInResult:
    """Judge a check-in by its answers and its context, both under their clinical names.

    `answers` are exactly the questions of its kind, `context` what BeforeContext or AfterContext has as `codes()`; the
    morning after is judged by one answer, with the rows of the before-check, and its context is `worseStillStreak`
    alone. Raise AnswerError for anything missing, unknown or surplus.
    """
    fields, context_fields, rules = _TABLES[kind]
    facts = read_answers(fields, answers) | read_answers(context_fields, context)
    if kind == CheckInKind.AFTER:
        facts["painDelta"] = facts["painMax"] - facts["painBefore"]
    return _evaluate(rules, facts)


def emergency_so_far(kind: CheckInKind, answers: Mapping[str, object]) -> CheckInResult | None:
    """An emergency among the answers given until now, so that help shows before the rest is asked.

    None says nothing: never read it as "go". Raises AnswerError for an answer given that is unknown.
    """
    fields, _context, rules = _TABLES[kind]
    known = {name: answer for name, answer in answers.items() if answer is not None}
    given = read_answers([field for field in fields if field.name in known], known)
    asked = [rule for rule in rules if rule.outcome == Outcome.EMERGENCY and rule.when.first_name in given]
    result = _evaluate(asked, given)
    return result if result.rules else None


def advice_so_far(kind: CheckInKind, answers: Mapping[str, object]) -> tuple[Advice, ...]:
    """The advice of all answers given until now that ask for a contact by themselves, whatever the rest will be.

    None says nothing: never read it as "go". Raises AnswerError for an answer given that is unknown.
    """
    fields, _context, rules = _TABLES[kind]
    given = read_answers([field for field in fields if field.name in answers], answers)
    alone = [rule for rule in rules if rule.contact and isinstance(rule.when, OneFact)]
    return _evaluate([rule for rule in alone if rule.when.first_name in given], given).advice


def symptoms_of(rule_ids: Iterable[str]) -> tuple[str, ...]:
    """What the rules that changed an outcome are about ("pain", "heaviness", "leak" …), each once.

    So a page can say which symptoms kept a week gentle. Advice-only rules are left out.
    """
    return tuple(dict.fromkeys(ABOUT[rule_id] for rule_id in rule_ids if RULES[rule_id].outcome))


def symptom_outcome(rule_ids: Iterable[str]) -> Outcome:
    """The outcome of a check-in for moving on: of the rules that held, only those about symptoms count."""
    return _outcome([RULES[rule_id] for rule_id in rule_ids if IS_SYMPTOM[rule_id]])[0]


def _outcome(matched: Sequence[Rule]) -> tuple[Outcome, bool]:
    """The most careful outcome of the rules that held, and whether small things together made it rest."""
    groups = {rule.group for rule in matched if rule.outcome == Outcome.EASIER}
    outcome = Outcome.worst([rule.outcome for rule in matched if rule.outcome])
    stacked = outcome == Outcome.EASIER and len(groups) >= STACK_GROUPS
    return Outcome.BREATHING_ONLY if stacked else outcome, stacked


def _evaluate(rules: Iterable[Rule], facts: Mapping[str, Any]) -> CheckInResult:
    matched = [rule for rule in rules if rule.when(facts)]
    advice = [code for rule in matched for code in rule.advice]
    contacts, ids = [rule.contact for rule in matched], [rule.id for rule in matched]
    red_flags = _red_flags(matched, facts)
    outcome, stacked = _outcome(matched)
    return CheckInResult(
        outcome=outcome,
        contact_within=ContactWithin.soonest(contacts),
        advice=tuple(dict.fromkeys(advice + [Advice.REST_IS_OK] * stacked)),
        rules=tuple(ids),
        red_flags=red_flags,
    )


def _red_flags(matched: Iterable[Rule], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the red flags of the signs chosen and of the rows that matched, each once."""
    signs = [SIGNS[code].red_flag for code in facts.get("redFlags", ())]
    return tuple(dict.fromkeys(signs + [rule.red_flag for rule in matched if rule.red_flag]))
