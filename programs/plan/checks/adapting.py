"""What is left of each session for every mother it may be adapted to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programs.rules.adaptation import Exercises, swapped
from programs.rules.vocabulary import SafetyFlag, SessionKind

from ..parts import PlannedSession
from .exercises import FLAG_SETS
from .subject import Found, Subject

Instead = dict[frozenset[SafetyFlag], str | None]

LEAST_LEFT = 6  # evidence base, section E: at least 6 exercises remain with every combination of flags


def check(subject: Subject) -> Found:
    """Whether enough exercises are left of every session. One combination of flags is named for each."""
    exercises = subject.plan.exercise_facts
    instead = {slug: _instead(slug, exercises) for slug in exercises}
    for key, session in subject.plan.sessions.items():
        if session.kind != SessionKind.SESSION:
            continue
        left = {flags: _left(session, instead, flags) for flags in FLAG_SETS}
        flags = min(left, key=left.get)
        if left[flags] < LEAST_LEFT:
            reason = _("with %(flags)s only %(count)d different exercises are left; it needs %(least)d")
            names = " + ".join(flag for flag in SafetyFlag if flag in flags) or _("no safety flags")
            yield ("sessions", key), reason % {"flags": names, "count": left[flags], "least": LEAST_LEFT}


def _instead(slug: str, exercises: Exercises) -> Instead:
    """What comes in place of an exercise; asked once where combinations have the same flags that swap on its way."""
    asked = _that_swap(slug, exercises)
    found: Instead = {}
    for flags in FLAG_SETS:
        if flags & asked not in found:
            found[flags & asked] = swapped(slug, exercises, flags)
    return {flags: found[flags & asked] for flags in FLAG_SETS}


def _that_swap(slug: str, exercises: Exercises) -> frozenset[SafetyFlag]:
    """The flags that swap the exercise or any that its swaps may lead to."""
    flags: set[SafetyFlag] = set()
    reached, waiting = {slug}, [slug]
    while waiting:
        swaps = {flag: rule.swap_to for flag, rule in exercises[waiting.pop()].safety.items() if rule.swap_to}
        flags |= swaps.keys()
        waiting += set(swaps.values()) - reached
        reached |= set(swaps.values())
    return frozenset(flags)


def _left(session: PlannedSession, instead: dict[str, Instead], flags: frozenset[SafetyFlag]) -> int:
    return len({instead[one.exercise][flags] for one in session.prescriptions} - {None})
