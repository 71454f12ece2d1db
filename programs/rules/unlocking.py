"""Whether a pause or an emergency may end, what is still missing, and where the member goes on.

Source: evidence base, section F, "Unlocking after a pause"; the rows are in `unlock_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from .check_in import RULES
from .conditions import AtMost, Condition, Is, MoreThan
from .history import History, PastCheckIn
from .red_flags import sign_free_hours
from .schedule import first_week_of, phase_of_week
from .screening import ScreeningResult, option_of, start_allowed
from .unlock_rules import (
    BREATHING_CLOSED,
    SCREEN_EMERGENCY,
    SCREEN_SAME_DAY,
    SCREEN_SELF_HARM,
    SCREEN_WAIT,
    UNLOCKS,
    Requirement,
    Restart,
    Unlock,
)
from .vocabulary import AnswerError, CheckInKind, Disposition, Outcome, Urgency

SETTLED_HOURS = 24  # unlock, PRE-C3 and on: two check-ins at least this far apart
SAFE_HOURS = 24  # unlock, PRE-E1, facts.minHours: not before a day after the report ...
NO_TAKEN_FROM_DAYS = 14  # ... and facts.noAcceptedFromDays: a "no" to question 3 not before this day
SPOKE_WITH = ("clinician", "crisis_line", "therapist")  # unlock, PRE-E1, facts.spokeWith


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockFacts:
    """Facts known since the lock began; an unknown one counts as missing.

    `hours_since_report` and `days_since_report` say how long ago thoughts of self-harm were reported and
    `spoke_with` with whom the member spoke since (one of `SPOKE_WITH`); `latest_mood` is the mood of the latest
    check-in since; `self_safety` and `unreal` are the answers since to screening questions 3 and 4; `screened_again`
    is the disposition of a whole screening since; `hours_without_sign` is how long the sign has been gone;
    `symptom_settled` comes from `symptom_settled()`. The others are what the member confirms: safe and supported;
    a clinician assessed them and agreed to gentle exercise; medical advice was received and says exercise is fine;
    the sign is gone; a pelvic health or medical check was done; a clinician was contacted or booked.
    """

    hours_since_report: float | None = None
    days_since_report: int | None = None
    safe_and_supported: bool = False
    spoke_with: str | None = None
    latest_mood: str | None = None
    self_safety: str | None = None
    unreal: str | None = None
    clinician_agreed: bool = False
    advice_says_ok: bool = False
    sign_gone: bool = False
    hours_without_sign: float | None = None
    screened_again: Disposition | None = None
    check_done: bool = False
    contacted_or_booked: bool = False
    symptom_settled: bool = False


# What "below the easier level" means for the symptom of each rule that ends by settling.
_BELOW_EASIER: Mapping[str, Condition] = {
    "PRE-C3": AtMost("pain", 3),
    "POST-C3": AtMost("pain", 3),
    "PRE-C4": AtMost("leak", 1),
    "POST-C4": AtMost("leak", 1),
    "PRE-C5": Is("heaviness", 0),
    "PRE-C6": Is("lastResponse", "same_or_better"),
}
_LEAK_RULES = frozenset({"PRE-C4", "POST-C4"})
_MORE_LEAK_THAN_USUAL = MoreThan("leak", "baselineLeak")

_SAFE_MOODS = frozenset({"ok", "low", "thoughts_supported"})


def locking_rules(rule_ids: Iterable[str]) -> tuple[str, ...]:
    """Of the rules that held at a check-in, those that set a lock: all that pause or are an emergency."""
    locking = (Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY)
    return tuple(rule_id for rule_id in rule_ids if RULES[rule_id].outcome in locking)


def screening_locks(result: ScreeningResult) -> tuple[str, ...]:
    """The locks that a screening sets; empty when sessions may start."""
    return tuple(dict.fromkeys(_lock_of(*stop) for stop in result.stops))


def unlocks_for(rule_ids: Iterable[str]) -> tuple[Unlock, ...]:
    """The rows that apply to a lock set by these rules. Raises AnswerError for a rule that sets none."""
    wanted = list(rule_ids)
    for rule_id in wanted:
        if not any(rule_id in unlock.rules for unlock in UNLOCKS):
            raise AnswerError("rule", "unknown", rule_id)
    return tuple(unlock for unlock in UNLOCKS if not unlock.rules.isdisjoint(wanted))


def still_required(
    rule_ids: Collection[str], facts: UnlockFacts, red_flags: Collection[str] = ()
) -> tuple[Requirement, ...]:
    """What is still missing before a lock set by these rules ends, each once; empty when it may end.

    `red_flags` are the findings behind the lock (`CheckInResult.red_flags`): some must have been gone for
    a day or two. A lock set by no rule at all does not exist: raises AnswerError for none or unknown ones.
    """
    if not rule_ids:
        raise AnswerError("rule", "missing")
    required = [requirement for unlock in unlocks_for(rule_ids) for requirement in unlock.requires]
    hours = sign_free_hours(red_flags)
    return tuple(one for one in dict.fromkeys(required) if not _is_met(one, facts, hours))


def breathing_open(rule_ids: Iterable[str]) -> bool:
    """Whether breathing sessions stay open under this lock.

    Always, but for emergencies of the body: there the page says to stop and call. With thoughts of
    self-harm breathing stays open the whole time.
    """
    return BREATHING_CLOSED.isdisjoint(rule_ids)


def symptom_settled(rule_ids: Iterable[str], since_lock: History, baseline_leak: int) -> bool:
    """Whether the symptoms that set the lock stayed below the "easier" level long enough.

    Looks at the before-checks in `since_lock` (oldest first): the newest ones in a row that are below it for
    every one of these rules must be at least two, the first and the last at least 24 hours apart.
    """
    rules = [rule_id for rule_id in rule_ids if rule_id in _BELOW_EASIER]
    if not rules:
        return False
    below: list[PastCheckIn] = []
    for past in since_lock:
        if past.kind == CheckInKind.BEFORE:
            below = [*below, past] if _is_below(rules, past, baseline_leak) else []
    return bool(below) and below[-1].at - below[0].at >= timedelta(hours=SETTLED_HOURS)


def restart_week(unlock: Unlock, week: int, advised_phase: int | None = None) -> int:
    """Return the program week to go on with; `advised_phase` where a clinician advised a lower phase."""
    if unlock.restart == Restart.ONE_WEEK_BACK:
        return max(1, week - 1)
    if unlock.restart == Restart.SAME_PHASE_OR_LOWER:
        phase = phase_of_week(week)
        return first_week_of(min(phase, advised_phase or phase))
    return week


def is_safe_again(facts: UnlockFacts) -> bool:
    """Whether the answers to questions 3 and 4 mean safety: "would rather not say" does not.

    For two weeks after the report a "no" is not accepted, because it contradicts the report; help in place is.
    """
    days = facts.days_since_report
    no_is_taken = days is not None and days >= NO_TAKEN_FROM_DAYS
    safe = facts.self_safety == "yes_supported" or (facts.self_safety == "no" and no_is_taken)
    return safe and facts.unreal == "no"


_CHECKS: Mapping[Requirement, Callable[[UnlockFacts], bool]] = {
    Requirement.SAFE_AND_SUPPORTED: lambda facts: facts.safe_and_supported,
    Requirement.SPOKE_WITH_SOMEONE: lambda facts: facts.spoke_with in SPOKE_WITH,
    Requirement.A_DAY_PASSED: lambda facts: (
        facts.hours_since_report is not None and facts.hours_since_report >= SAFE_HOURS
    ),
    Requirement.MOOD_NOT_UNSAFE: lambda facts: facts.latest_mood in _SAFE_MOODS,
    Requirement.SAFETY_QUESTIONS_AGAIN: is_safe_again,
    Requirement.CLINICIAN_AGREED: lambda facts: facts.clinician_agreed,
    Requirement.ADVICE_SAYS_OK: lambda facts: facts.advice_says_ok,
    Requirement.SIGN_GONE: lambda facts: facts.sign_gone,
    Requirement.SCREENED_AGAIN: lambda facts: (
        facts.screened_again is not None and start_allowed(facts.screened_again)
    ),
    Requirement.CHECK_DONE: lambda facts: facts.check_done,
    Requirement.CONTACTED_OR_BOOKED: lambda facts: facts.contacted_or_booked,
    Requirement.SYMPTOM_SETTLED: lambda facts: facts.symptom_settled,
    Requirement.THERAPIST_AGREES: lambda facts: False,  # ended at the desk only
}


def _lock_of(question_id: str, option_id: str) -> str:
    """The lock of one answer of a screening that asks for a clinician first."""
    if question_id == "self_safety":
        return SCREEN_SELF_HARM
    option = option_of(question_id, option_id)
    if option.disposition == Disposition.WAIT_CLINICIAN:
        return SCREEN_WAIT
    return SCREEN_EMERGENCY if option.urgency == Urgency.EMERGENCY else SCREEN_SAME_DAY


def _is_met(requirement: Requirement, facts: UnlockFacts, hours: int) -> bool:
    if requirement == Requirement.SIGN_GONE_LONG_ENOUGH:
        return hours == 0 or (facts.hours_without_sign is not None and facts.hours_without_sign >= hours)
    return _CHECKS[requirement](facts)


def _is_below(rules: Iterable[str], past: PastCheckIn, baseline_leak: int) -> bool:
    known = {**past.answers, "baselineLeak": baseline_leak}
    return all(
        _BELOW_EASIER[rule].first_name in known
        and _BELOW_EASIER[rule](known)
        and not (rule in _LEAK_RULES and _MORE_LEAK_THAN_USUAL(known))
        for rule in rules
    )
