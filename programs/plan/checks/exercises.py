"""Checks of each exercise by itself, and of its neighbours and swaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from django.utils.translation import gettext as _

from programs.rules.adaptation import MAX_HOPS
from programs.rules.prescribing import Dose
from programs.rules.vocabulary import Mode, SafetyAction, SafetyFlag

from ..parts import PlannedExercise
from .subject import Found, Subject, Where, misplaced, names_of, no_exercise

Swaps = tuple[tuple[SafetyFlag, str], ...]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FLAG_SETS = tuple(
    frozenset(some) for size in range(len(SafetyFlag) + 1) for some in combinations(SafetyFlag, size)
)


def _names(subject: Subject) -> Found:
    names = Counter(exercise.name for exercise in subject.plan.exercises.values())
    for slug, exercise in subject.plan.exercises.items():
        if not SLUG.fullmatch(slug):
            yield (
                ("exercises", slug),
                _("a name in addresses has small letters, numbers and single hyphens only"),
            )
        if names[exercise.name] > 1:
            yield ("exercises", slug, "name"), _("another exercise has this name too")
        if exercise.sides not in (1, 2):
            yield ("exercises", slug, "sides"), _("sides is 1, or 2 when each side has its turn")


def _neighbours(subject: Subject) -> Found:
    for slug, exercise in subject.plan.exercises.items():
        targets: dict[Where, str | None] = {
            ("easier_variant",): exercise.easier_variant,
            ("harder_variant",): exercise.harder_variant,
        } | {("safety", flag, "swap_to"): caution.swap_to for flag, caution in exercise.safety.items()}
        for place, target in targets.items():
            if target == slug:
                yield ("exercises", slug, *place), _("this is the exercise itself")
            elif target and subject.lacks_exercise(target):
                yield ("exercises", slug, *place), no_exercise(target)


def _harder(subject: Subject) -> Found:
    """Check that the harder variant is not offered before the exercise itself, nor before the exercise it links to."""
    for slug, exercise in subject.plan.exercises.items():
        phase = exercise.harder_from_phase
        linked = subject.plan.exercises.get(exercise.harder_variant or "")
        for one in filter(None, (exercise, linked)):
            if phase is not None and one.doses and phase < min(one.doses):
                reason = _("%(name)s begins in phase %(phase)d")
                values = {"name": one.name, "phase": min(one.doses)}
                yield ("exercises", slug, "harder_from_phase"), reason % values


def _cautions(subject: Subject) -> Found:
    for slug, exercise in subject.plan.exercises.items():
        for flag in SafetyFlag:
            if flag not in exercise.safety:
                yield (
                    ("exercises", slug, "safety"),
                    _("nothing is said about %(flag)s") % {"flag": names_of([flag])},
                )
        for flag, caution in exercise.safety.items():
            if caution.action != SafetyAction.OK and not caution.note:
                yield ("exercises", slug, "safety", flag), _("a note must tell her what to do instead")
        yield from misplaced(exercise, ("exercises", slug))


def _swaps(subject: Subject) -> Found:
    swaps = {slug: _swaps_of(exercise) for slug, exercise in subject.plan.exercises.items()}
    for slug in swaps:
        if not _may_exceed_hops(slug, swaps):
            continue
        chains = {flags: _chain(slug, swaps, flags) for flags in FLAG_SETS}
        flags, chain = max(chains.items(), key=lambda item: len(item[1]))
        if len(chain) > MAX_HOPS + 1:
            reason = _("with %(flags)s, swaps go round or past %(hops)d: %(way)s") % {
                "flags": names_of(flags),
                "hops": MAX_HOPS,
                "way": " → ".join(map(subject.called, chain)),
            }
            yield ("exercises", slug, "safety"), reason


def _swaps_of(exercise: PlannedExercise) -> Swaps:
    """Return (flag, slug of the replacement) for each flag that swaps the exercise, in the order of precedence."""
    cautions = ((flag, exercise.safety.get(flag)) for flag in SafetyFlag)
    return tuple((flag, caution.swap_to) for flag, caution in cautions if caution and caution.swap_to)


def _may_exceed_hops(slug: str, swaps: Mapping[str, Swaps]) -> bool:
    """Return whether a chain could be too long if each hop used any flag: a cheap upper bound for all sets of flags."""
    reached = {slug}
    for _hop in range(MAX_HOPS + 1):
        reached = {target for one in reached for _flag, target in swaps.get(one, ())}
    return bool(reached)


def _chain(slug: str, swaps: Mapping[str, Swaps], flags: frozenset[SafetyFlag]) -> list[str]:
    """Return the slugs visited by swapping, cut off one hop past MAX_HOPS."""
    chain = [slug]
    while len(chain) <= MAX_HOPS + 1:
        target = next((target for flag, target in swaps.get(chain[-1], ()) if flag in flags), None)
        if target is None:
            break
        chain.append(target)
    return chain


def _doses(subject: Subject) -> Found:
    phases = {phase.number for phase in subject.plan.phases}
    for slug, exercise in subject.plan.exercises.items():
        if not exercise.doses:
            yield ("exercises", slug), _("it has no dose for any phase")
        for phase, dose in exercise.doses.items():
            yield from fitting(exercise, dose, ("exercises", slug, "doses", phase))
            if phase not in phases and not subject.is_unread("about"):
                yield ("exercises", slug, "doses", phase), _("there is no phase %(phase)d") % {"phase": phase}


def fitting(exercise: PlannedExercise, dose: Dose, where: Where) -> Found:
    """Yield a remark if a counted exercise lacks repetitions or a timed one lacks seconds."""
    if exercise.mode == Mode.COUNTED and dose.reps is None:
        yield (*where, "seconds"), _("%(name)s is counted: give reps and a tempo") % {"name": exercise.name}
    if exercise.mode == Mode.TIMED and dose.seconds is None:
        yield (*where, "reps"), _("%(name)s is timed: give seconds") % {"name": exercise.name}


CHECKS = (_names, _neighbours, _harder, _cautions, _swaps, _doses)
