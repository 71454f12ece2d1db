"""From what a member reports to what follows today: the check before a session, after it, the next morning.

Source: evidence base, section F, "How to evaluate". What stays in force afterwards is in `carry_over`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .after_rules import AFTER_FIELDS, AFTER_RULES
from .answers import Number, read_answers
from .before_rules import BEFORE_FIELDS, BEFORE_RULES, NEXT_MORNING_FIELDS, NEXT_MORNING_RULES
from .check_in_rules import AfterContext, BeforeContext, Rule, by_id
from .red_flags import SIGNS
from .vocabulary import Advice, CheckInKind, ContactWithin, Outcome

RULES: dict[str, Rule] = by_id((*BEFORE_RULES, *AFTER_RULES))

_TABLES = {
    CheckInKind.BEFORE: (BEFORE_FIELDS, BEFORE_RULES),
    CheckInKind.AFTER: (AFTER_FIELDS, AFTER_RULES),
    CheckInKind.NEXT_MORNING: (NEXT_MORNING_FIELDS, NEXT_MORNING_RULES),
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


def evaluate_before(answers: Mapping[str, object], context: BeforeContext) -> CheckInResult:
    """Judge the check before a session. `answers` has exactly the names of `BEFORE_FIELDS`.

    Raises AnswerError for any answer missing or unknown.
    """
    return _evaluate(BEFORE_RULES, read_answers(BEFORE_FIELDS, answers) | context.codes())


def evaluate_after(answers: Mapping[str, object], context: AfterContext) -> CheckInResult:
    """Judge the check after a session. `answers` has exactly the names of `AFTER_FIELDS`.

    Raises AnswerError for any answer missing or unknown.
    """
    facts = read_answers(AFTER_FIELDS, answers) | context.codes()
    return _evaluate(AFTER_RULES, facts | {"painDelta": facts["painMax"] - facts["painBefore"]})


def evaluate_next_morning(answers: Mapping[str, object], worse_still_streak: int) -> CheckInResult:
    """Judge the morning after by its one answer, `lastResponse`, with the rows of the before-check.

    `worse_still_streak` counts answers "worse_still" in a row, this one included. Raises AnswerError.
    """
    streak = Number("worseStillStreak", 0).read(worse_still_streak)
    facts = read_answers(NEXT_MORNING_FIELDS, answers) | {"worseStillStreak": streak}
    return _evaluate(NEXT_MORNING_RULES, facts)


def emergency_so_far(kind: CheckInKind, answers: Mapping[str, object]) -> CheckInResult | None:
    """An emergency among the answers given until now, so that help shows before the rest is asked.

    None says nothing: never read it as "go". Raises AnswerError for an answer given that is unknown.
    """
    fields, rules = _TABLES[kind]
    known = {name: answer for name, answer in answers.items() if answer is not None}
    given = read_answers([field for field in fields if field.name in known], known)
    asked = [rule for rule in rules if rule.outcome == Outcome.EMERGENCY and rule.when.first_name in given]
    result = _evaluate(asked, given)
    return result if result.rules else None


def symptoms_of(rule_ids: Iterable[str]) -> tuple[str, ...]:
    """What the rules that changed an outcome are about ("pain", "heaviness", "leak" …), each once.

    So a page can say which symptoms kept a week gentle. Advice-only rules are left out.
    """
    return tuple(dict.fromkeys(RULES[rule_id].about for rule_id in rule_ids if RULES[rule_id].outcome))


def symptom_outcome(rule_ids: Iterable[str]) -> Outcome:
    """The outcome of a check-in for moving on: of the rules that held, only those about symptoms count."""
    return _outcome(rule for rule in map(RULES.__getitem__, rule_ids) if rule.is_symptom)[0]


def _outcome(rules: Iterable[Rule]) -> tuple[Outcome, bool]:
    """The most careful outcome of the rules that held, and whether small things together made it rest."""
    matched = list(rules)
    outcome = Outcome.worst(rule.outcome for rule in matched if rule.outcome)
    groups = {rule.group for rule in matched if rule.outcome == Outcome.EASIER}
    stacked = outcome == Outcome.EASIER and len(groups) >= STACK_GROUPS
    return Outcome.BREATHING_ONLY if stacked else outcome, stacked


def _evaluate(rules: Iterable[Rule], facts: Mapping[str, Any]) -> CheckInResult:
    matched = [rule for rule in rules if rule.when(facts)]
    outcome, stacked = _outcome(matched)
    advice = [code for rule in matched for code in rule.advice] + [Advice.REST_IS_OK] * stacked
    return CheckInResult(
        outcome=outcome,
        contact_within=ContactWithin.soonest(rule.contact for rule in matched),
        advice=tuple(dict.fromkeys(advice)),
        rules=tuple(rule.id for rule in matched),
        red_flags=_red_flags(matched, facts),
    )


def _red_flags(matched: Iterable[Rule], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the red flags of the signs chosen and of the rows that matched, each once."""
    signs = [SIGNS[code].red_flag for code in facts.get("redFlags", ())]
    return tuple(dict.fromkeys(signs + [rule.red_flag for rule in matched if rule.red_flag]))
