"""From what she reports to what follows today: the check before a session, after it, and the next morning.

Source: evidence base, section F, "How to evaluate" and "From one session to the next".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .after_rules import AFTER_FIELDS, AFTER_RULES
from .answers import Number, read_answers
from .before_rules import BEFORE_FIELDS, BEFORE_RULES, NEXT_MORNING_FIELDS, NEXT_MORNING_RULES
from .check_in_rules import AfterContext, BeforeContext, Rule, by_id
from .red_flags import SIGNS
from .vocabulary import Advice, AnswerError, CheckInKind, ContactWithin, Outcome, SafetyFlag

RULES: dict[str, Rule] = by_id((*BEFORE_RULES, *AFTER_RULES))

_TABLES = {
    CheckInKind.BEFORE: (BEFORE_FIELDS, BEFORE_RULES),
    CheckInKind.AFTER: (AFTER_FIELDS, AFTER_RULES),
    CheckInKind.NEXT_MORNING: (NEXT_MORNING_FIELDS, NEXT_MORNING_RULES),
}

STACK_GROUPS = 3  # "easier" from this many groups becomes breathing_only (before.stack, after.stack)
REST_HOURS = 24  # breathing_only stays this long (carryOver.rule) ...
BLEEDING_REST_HOURS = 48  # ... and this long with REST_48H_BLEEDING

FLAG_OF_ADVICE = {
    Advice.ADD_DOMING_FLAG: SafetyFlag.DOMING,
    Advice.PF_RELAX_TRACK: SafetyFlag.PF_TENSION,
}


@dataclass(frozen=True, slots=True)
class CheckInResult:
    """What a check-in leads to, and why.

    `rules` are the ids of all rows that held, in table order; `deciding` those that gave the outcome
    (several when `stacked`: small things that together mean rest). `advice` has no repeats. `red_flags`
    are ids of `RED_FLAGS`. `flags_to_add` are the safety flags the advice sets at once; those that
    begin by repetition come from `safety_flags.active_flags`.
    """

    outcome: Outcome
    contact_within: ContactWithin | None
    advice: tuple[Advice, ...]
    rules: tuple[str, ...]
    deciding: tuple[str, ...]
    stacked: bool
    red_flags: tuple[str, ...]
    flags_to_add: frozenset[SafetyFlag]


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


def carry_over(
    last_after_outcome: Outcome | None,
    last_advice: Collection[Advice],
    hours_since: float | None,
    before_outcome: Outcome,
) -> Outcome:
    """How today's session is done: the more careful of what the last one left behind and today's check.

    Give None for outcome and hours when no session has an after-check yet. A pause or an emergency comes
    back until its lock is ended; leave out what lies before an unlock. Raises AnswerError.
    """
    today = _outcome("beforeOutcome", before_outcome)
    if last_after_outcome is None:
        return today
    last = _outcome("lastAfterOutcome", last_after_outcome)
    if last != Outcome.BREATHING_ONLY:
        return Outcome.worst((last, today))
    if hours_since is None:
        raise AnswerError("hoursSince", "missing")
    if isinstance(hours_since, bool) or not isinstance(hours_since, int | float) or not hours_since >= 0:
        raise AnswerError("hoursSince", "unknown", hours_since)
    rest = BLEEDING_REST_HOURS if Advice.REST_48H_BLEEDING in last_advice else REST_HOURS
    carried = Outcome.BREATHING_ONLY if hours_since < rest else Outcome.EASIER
    return Outcome.worst((carried, today))


def symptoms_of(rule_ids: Iterable[str]) -> tuple[str, ...]:
    """What the rules that changed an outcome are about ("pain", "heaviness", "leak" …), each once.

    So a page can say which symptoms kept a week gentle. Advice-only rules are left out.
    """
    return tuple(dict.fromkeys(RULES[rule_id].about for rule_id in rule_ids if RULES[rule_id].outcome))


def _outcome(name: str, code: str) -> Outcome:
    try:
        return Outcome(code)
    except ValueError as error:
        raise AnswerError(name, "unknown", code) from error


def _evaluate(rules: Iterable[Rule], facts: Mapping[str, Any]) -> CheckInResult:
    matched = [rule for rule in rules if rule.when(facts)]
    outcome = Outcome.worst(rule.outcome for rule in matched if rule.outcome)
    deciding = tuple(rule.id for rule in matched if rule.outcome == outcome)
    groups = {rule.group for rule in matched if rule.outcome == Outcome.EASIER}
    stacked = outcome == Outcome.EASIER and len(groups) >= STACK_GROUPS
    advice = [code for rule in matched for code in rule.advice] + [Advice.REST_IS_OK] * stacked
    return CheckInResult(
        outcome=Outcome.BREATHING_ONLY if stacked else outcome,
        contact_within=ContactWithin.soonest(rule.contact for rule in matched),
        advice=tuple(dict.fromkeys(advice)),
        rules=tuple(rule.id for rule in matched),
        deciding=deciding,
        stacked=stacked,
        red_flags=_red_flags(matched, facts),
        flags_to_add=frozenset(FLAG_OF_ADVICE[code] for code in advice if code in FLAG_OF_ADVICE),
    )


def _red_flags(matched: Iterable[Rule], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Of the signs she chose and of the rows that held, each once."""
    signs = [SIGNS[code].red_flag for code in facts.get("redFlags", ())]
    return tuple(dict.fromkeys(signs + [rule.red_flag for rule in matched if rule.red_flag]))
