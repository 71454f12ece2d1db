"""Adapt the one program to a member: swaps and easier versions by safety flag, birth, week and today's outcome.

Source: evidence base, section E, "How a session is adapted" and "Special tracks" (program data,
adaptation and cesareanTrack).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

from .prescribing import AdaptedPrescription, Because, Dose, ExerciseFacts, OtherReason, Prescription
from .vocabulary import Focus, Outcome, SafetyAction, SafetyFlag, Variation

MAX_HOPS = 4  # adaptation.steps: a swap may lead to another swap, at most this often
CESAREAN_EASIER_WEEKS = (4, 5)  # cesareanTrack.startEasierWeeks
SHORT_FORM_SIZE = 4  # section E: the 4-exercise short form
HYPERMOBILITY = "hypermobility"  # a screening flag, not a safety flag (flagsWithoutSafetyFlag)

Exercises = Mapping[str, ExerciseFacts]
Practice = TypeVar("Practice")


@dataclass(frozen=True, slots=True)
class _Today:
    """What eases exercises today beside the safety flags."""

    outcome: Outcome
    core_easier: bool
    gentle_track: bool


def adapt_session(
    prescriptions: Iterable[Prescription],
    exercises: Exercises,
    active_flags: Collection[SafetyFlag],
    phase: int,
    outcome: Outcome,
    week: int | None = None,
    cesarean_start_easier: bool = False,
    gentle_track: bool = False,
) -> tuple[AdaptedPrescription, ...]:
    """Return the session as the member does it today, in order. Works for the daily practice and the tracks as well.

    `cesarean_start_easier` (see `safety_flags.cesarean_starts_easier`) eases core work in weeks 4 and 5, and
    `gentle_track` (see `past_decisions.is_gentle`) everything but breathing.
    On a day of breathing_only or worse only breathing and letting go remain. An exercise that no swap
    makes safe is left out; of an exercise that would appear twice the first stays.
    """
    core_easier = cesarean_start_easier and week in CESAREAN_EASIER_WEEKS
    today = _Today(outcome, core_easier, gentle_track)
    adapted: dict[str, AdaptedPrescription] = {}
    for prescription in prescriptions:
        one = _adapt(prescription, exercises, active_flags, phase, today)
        if one is None or (outcome.rank > Outcome.EASIER.rank and not _restful(one, exercises)):
            continue
        slug = one.prescription.exercise
        adapted[slug] = _keep_first(adapted[slug], one) if slug in adapted else one
    return tuple(adapted.values())


def swapped(slug: str, exercises: Exercises, active_flags: Collection[SafetyFlag]) -> str | None:
    """Return the slug of what replaces exercise `slug`: itself where it may stay, None where swaps never end."""
    exercise, _ = _swap(exercises[slug], exercises, active_flags)
    return exercise.slug if exercise else None


def daily_practice(
    practice: Practice, relaxation: Practice, active_flags: Collection[SafetyFlag]
) -> Practice:
    """Return the daily practice under these flags: with pelvic floor tension, the relaxation track instead."""
    return relaxation if SafetyFlag.PF_TENSION in active_flags else practice


def short_form(adapted: Sequence[AdaptedPrescription]) -> tuple[AdaptedPrescription, ...]:
    """Return the short form of an adapted session: its four marked exercises, in order.

    Where adapting left fewer of them, the next ones of the session fill the places.
    """
    marked = [one for one in adapted if one.prescription.in_short_form]
    others = [one for one in adapted if not one.prescription.in_short_form]
    chosen = (marked + others)[: max(SHORT_FORM_SIZE, len(marked))]
    return tuple(one for one in adapted if one in chosen)


def easier_dose(dose: Dose, focus: Focus) -> Dose:
    """Return the dose of the easier version; the seconds of a breathing exercise stay.

    Never more than the dose itself, even where the minimum figures of the rule would give more.
    """
    tempo = dose.tempo
    if tempo and tempo.hold > 2:
        tempo = replace(tempo, hold=tempo.hold - 2)
    seconds = dose.seconds
    if seconds and focus != Focus.BREATHING:
        seconds = min(seconds, max(8, seconds * 7 // 10))
    reps = dose.reps and min(dose.reps, max(3, dose.reps * 7 // 10))
    return replace(dose, sets=max(1, dose.sets - 1), reps=reps, seconds=seconds, tempo=tempo)


def may_offer_harder(
    exercise: ExerciseFacts,
    phase: int,
    active_flags: Collection[SafetyFlag],
    *,
    advised: bool,
    outcome: Outcome,
    gentle_track: bool = False,
    screening_flags: Collection[str] = (),
) -> bool:
    """Whether the harder version may be offered (program data, adaptation.harderUnlock); one exercise at a time.

    Only once MAY_USE_HARDER was `advised`, on a day of go, from its phase on, off the gentle track, and never
    against an active flag or, where that is marked, very bendy joints.
    """
    today = advised and outcome == Outcome.GO and not gentle_track
    open_ = exercise.harder_from_phase is not None and phase >= exercise.harder_from_phase
    fits = all(exercise.rule_for(flag).action == SafetyAction.OK for flag in active_flags)
    against = exercise.harder_never_with.intersection(active_flags)
    bendy = exercise.harder_not_with_hypermobility and HYPERMOBILITY in screening_flags
    return today and open_ and fits and not against and not bendy


def dose_for_phase(exercise: ExerciseFacts, phase: int) -> Dose:
    """Return the dose of the phase, else of the nearest lower phase, else of the lowest phase there is."""
    lower = [known for known in exercise.doses if known <= phase]
    return exercise.doses[max(lower) if lower else min(exercise.doses)]


def _adapt(
    prescription: Prescription,
    exercises: Exercises,
    active_flags: Collection[SafetyFlag],
    phase: int,
    today: _Today,
) -> AdaptedPrescription | None:
    """Adapt one prescription. Return None when no chain of swaps ends at an exercise that may stay."""
    exercise, swapped_by = _swap(exercises[prescription.exercise], exercises, active_flags)
    if exercise is None:
        return None
    if swapped_by:
        prescription_now = replace(
            prescription,
            exercise=exercise.slug,
            dose=dose_for_phase(exercise, phase),
            sides=exercise.sides,
        )
    else:
        prescription_now = prescription
    eased_by = _eased_by(exercise, active_flags, today)
    if eased_by:
        easier = easier_dose(prescription_now.dose, exercise.focus)
        prescription_now = replace(prescription_now, dose=easier)
    return AdaptedPrescription(
        prescription=prescription_now,
        variation=Variation.EASIER if eased_by else Variation.NORMAL,
        swapped_from=prescription.exercise if swapped_by else None,
        because=_in_order({*swapped_by, *eased_by}),
    )


def _swap(
    exercise: ExerciseFacts, exercises: Exercises, active_flags: Collection[SafetyFlag]
) -> tuple[ExerciseFacts | None, list[SafetyFlag]]:
    """Follow the swaps in the flags' priority: what to do (None: no end), and the flags that swapped."""
    swapped_by: list[SafetyFlag] = []
    while flag := _first_that_swaps(exercise, active_flags):
        swap_to = exercise.rule_for(flag).swap_to
        if len(swapped_by) == MAX_HOPS or swap_to is None:
            return None, swapped_by
        swapped_by.append(flag)
        exercise = exercises[swap_to]
    return exercise, swapped_by


def _first_that_swaps(exercise: ExerciseFacts, active_flags: Collection[SafetyFlag]) -> SafetyFlag | None:
    swapping = (
        flag
        for flag in SafetyFlag
        if flag in active_flags and exercise.rule_for(flag).action == SafetyAction.SWAP
    )
    return next(swapping, None)


def _eased_by(exercise: ExerciseFacts, active_flags: Collection[SafetyFlag], today: _Today) -> list[Because]:
    """What asks for the easier version of this exercise."""
    eased_by: list[Because] = [
        flag for flag in active_flags if exercise.rule_for(flag).action == SafetyAction.EASIER
    ]
    if today.core_easier and exercise.focus == Focus.CORE:
        eased_by.append("cesarean_weeks")
    if today.outcome == Outcome.EASIER and exercise.focus != Focus.BREATHING:
        eased_by.append("outcome")
    if today.gentle_track and exercise.focus != Focus.BREATHING:
        eased_by.append("gentle_track")
    return eased_by


def _in_order(reasons: Collection[Because]) -> tuple[Because, ...]:
    return tuple(reason for reason in (*SafetyFlag, *get_args(OtherReason)) if reason in reasons)


def _restful(adapted: AdaptedPrescription, exercises: Exercises) -> bool:
    """Whether it only breathes or lets go."""
    exercise = exercises[adapted.prescription.exercise]
    lets_go = exercise.focus == Focus.PELVIC_FLOOR and not exercise.squeezes
    return exercise.focus == Focus.BREATHING or lets_go


def _keep_first(first: AdaptedPrescription, again: AdaptedPrescription) -> AdaptedPrescription:
    """Keep the first of two; it takes over the place in the short form."""
    in_short_form = first.prescription.in_short_form or again.prescription.in_short_form
    return replace(first, prescription=replace(first.prescription, in_short_form=in_short_form))
