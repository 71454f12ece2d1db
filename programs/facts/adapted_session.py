"""A planned session as a member does it today: adapted, with texts and steps together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from common.unchanging import ByIdentity, Unchanging
from programs.facts.local_time import start_of_day
from programs.facts.standing import Standing
from programs.models import SessionLog
from programs.plan import Plan, PlannedExercise, PlannedSession
from programs.rules.adaptation import adapt_session, daily_practice, may_offer_harder, short_form
from programs.rules.prescribing import AdaptedPrescription, Dose
from programs.rules.timeline import Step, build_timeline, whole_minutes
from programs.rules.vocabulary import Outcome, SafetyAction, SafetyFlag, Variation


@dataclass(frozen=True)
class Item:
    """One exercise of today's session.

    `easier_exercise` is the neighbour to do in its place when it gets too much, None where only its own easier text helps.
    """

    number: int
    exercise: PlannedExercise
    adapted: AdaptedPrescription
    instead_of: PlannedExercise | None
    cautions: tuple[str, ...]
    seconds: int
    easier_exercise: PlannedExercise | None = None
    easier_cautions: tuple[str, ...] = ()
    may_try_harder: bool = False

    @property
    def dose(self) -> Dose:
        """The dose to do today."""
        return self.adapted.prescription.dose

    @property
    def sides(self) -> int:
        """1, or 2 when each side has its turn."""
        return self.adapted.prescription.sides

    @property
    def is_easier(self) -> bool:
        """Whether the easier version is shown."""
        return self.adapted.variation == Variation.EASIER


@dataclass(frozen=True)
class AdaptedSession(Unchanging):
    """Today's session: the plan's session with its items and the steps the player runs."""

    session: PlannedSession
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    is_short: bool

    @cached_property
    def minutes(self) -> int:
        """How long it takes, in whole minutes, rounded up."""
        return whole_minutes(sum(step.seconds for step in self.steps))

    @cached_property
    def changes(self) -> list[Item]:
        """The items that differ from the plan, for "what was changed and why"."""
        return [item for item in self.items if item.adapted.because]


@dataclass(frozen=True)
class Today:
    """The part of a Standing that adapts a session: safety flags, phase, outcome, and what eases or allows more."""

    flags: frozenset[SafetyFlag]
    phase: int
    outcome: Outcome
    core_easier: bool = False
    is_gentle: bool = False
    may_use_harder: bool = False
    screening_flags: tuple[str, ...] = ()

    @classmethod
    def of(cls, standing: Standing) -> Today:
        """Return the Today of a Standing."""
        return cls(
            flags=standing.flags,
            phase=standing.phase,
            outcome=standing.outcome,
            core_easier=standing.core_easier,
            is_gentle=standing.is_gentle,
            may_use_harder=standing.may_use_harder,
            screening_flags=standing.screening_flags,
        )


def adapted_session(plan: Plan, key: str, today: Today, short: bool = False) -> AdaptedSession:
    """Return the session `key` of `plan`, adapted to this Today.

    Raise UnknownSession (from programs.plan) for a key the plan does not have.
    """
    session = plan.session(key)
    adapted = adapt_session(
        session.prescriptions,
        plan.exercise_facts,
        today.flags,
        today.phase,
        today.outcome,
        week=session.week,
        cesarean_start_easier=today.core_easier,
        gentle_track=today.is_gentle,
    )
    if short:
        adapted = short_form(adapted)
    steps = build_timeline(adapted, session.setup_seconds)
    items = [_item(plan, number, one, today, steps) for number, one in enumerate(adapted, start=1)]
    return AdaptedSession(session=session, items=tuple(items), steps=steps, is_short=short)


def session_for(plan: Plan, key: str, standing: Standing) -> AdaptedSession:
    """Return the session `key` of `plan`, adapted to this Standing. Raise UnknownSession.

    Adapted once for all members who stand alike.
    """
    return _adapted_once(ByIdentity(plan), key, Today.of(standing))


@lru_cache(1024)
def _adapted_once(plan: ByIdentity[Plan], key: str, today: Today) -> AdaptedSession:
    return adapted_session(plan.it, key, today)


def daily_session(plan: Plan, week: int, flags: Collection[SafetyFlag]) -> PlannedSession:
    """Return the planned session of the daily practice of program week `week` under these safety flags."""
    return daily_practice(plan.daily_of_week(week), plan.relaxation, flags)


def _item(plan: Plan, number: int, adapted: AdaptedPrescription, today: Today, steps: Sequence[Step]) -> Item:
    exercise, flags = plan.exercise(adapted.prescription.exercise), today.flags
    easier = _easier_exercise(plan, exercise, flags)
    return Item(
        number=number,
        exercise=exercise,
        adapted=adapted,
        instead_of=plan.exercise(adapted.swapped_from) if adapted.swapped_from else None,
        cautions=_cautions(exercise, flags),
        seconds=sum(step.seconds for step in steps if step.exercise_index == number - 1),
        easier_exercise=easier,
        easier_cautions=_cautions(easier, flags) if easier else (),
        may_try_harder=bool(exercise.harder_text)
        and not adapted.because
        and _may_try_harder(exercise, today),
    )


def exercises_done(plan: Plan, logs: Iterable[SessionLog], today: date) -> frozenset[str]:
    """Return the slugs of the exercises of the sessions done before `today`, by their `logs`."""
    midnight = start_of_day(today)
    keys = {log.session_key for log in logs if log.finished_at < midnight}
    return frozenset(
        one.exercise for key in keys if key in plan.sessions for one in plan.session(key).prescriptions
    )


def _cautions(exercise: PlannedExercise, flags: Collection[SafetyFlag]) -> tuple[str, ...]:
    return tuple(note for flag in SafetyFlag if flag in flags and (note := exercise.caution(flag)))


def _easier_exercise(
    plan: Plan, exercise: PlannedExercise, flags: Collection[SafetyFlag]
) -> PlannedExercise | None:
    """Return the easier neighbour that can take the same dose, and that no safety flag in force swaps for another."""
    if not exercise.easier_variant:
        return None
    easier = plan.exercise(exercise.easier_variant)
    is_alike = (easier.mode, easier.sides, easier.focus) == (exercise.mode, exercise.sides, exercise.focus)
    swaps = any(easier.facts.rule_for(flag).action == SafetyAction.SWAP for flag in flags)
    return easier if is_alike and not swaps else None


def _may_try_harder(exercise: PlannedExercise, today: Today) -> bool:
    return may_offer_harder(
        exercise.facts,
        today.phase,
        today.flags,
        advised=today.may_use_harder,
        outcome=today.outcome,
        gentle_track=today.is_gentle,
        screening_flags=today.screening_flags,
    )
