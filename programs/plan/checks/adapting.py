"""Check that adapting a session to any combination of safety flags leaves enough exercises."""

from __future__ import annotations

from operator import itemgetter

from django.utils.translation import gettext as _

from programs.rules.adaptation import Exercises, swapped
from programs.rules.vocabulary import SafetyFlag, SessionKind

from ..parts import PlannedSession
from .exercises import FLAG_SETS
from .subject import Found, Subject, names_of

Replacements = dict[
    frozenset[SafetyFlag], str | None
]  # safety flags → slug; None where the exercise is left out

MIN_EXERCISES_LEFT = (
    6  # evidence base, section E: at least 6 exercises remain with every combination of flags
)


def check(subject: Subject) -> Found:
    """Yield a remark for every session with too few exercises left, naming its worst combination of flags."""
    exercises = subject.plan.exercise_facts
    replacements = {slug: _replacements(slug, exercises) for slug in exercises}
    for key, session in subject.plan.sessions.items():
        if session.kind != SessionKind.SESSION:
            continue
        left = {flags: _count_left(session, replacements, flags) for flags in FLAG_SETS}
        flags, count = min(left.items(), key=itemgetter(1))
        if count < MIN_EXERCISES_LEFT:
            reason = _("with %(flags)s only %(count)d different exercises are left; it needs %(least)d")
            names = names_of(flags) or _("no safety flags")
            yield ("sessions", key), reason % {"flags": names, "count": count, "least": MIN_EXERCISES_LEFT}


def _replacements(slug: str, exercises: Exercises) -> Replacements:
    """Return what replaces an exercise, by flags. Computed once for sets with the same flags that could matter."""
    relevant = _swapping_flags(slug, exercises)
    found: Replacements = {}
    for flags in FLAG_SETS:
        if flags & relevant not in found:
            found[flags & relevant] = swapped(slug, exercises, flags)
    return {flags: found[flags & relevant] for flags in FLAG_SETS}


def _swapping_flags(slug: str, exercises: Exercises) -> frozenset[SafetyFlag]:
    """Return the flags that swap the exercise or any exercise its swaps may lead to."""
    flags: set[SafetyFlag] = set()
    reached, waiting = {slug}, [slug]
    while waiting:
        swaps = {flag: rule.swap_to for flag, rule in exercises[waiting.pop()].safety.items() if rule.swap_to}
        flags |= swaps.keys()
        waiting += set(swaps.values()) - reached
        reached |= set(swaps.values())
    return frozenset(flags)


def _count_left(
    session: PlannedSession, replacements: dict[str, Replacements], flags: frozenset[SafetyFlag]
) -> int:
    return len({replacements[one.exercise][flags] for one in session.prescriptions} - {None})
