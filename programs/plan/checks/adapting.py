"""What is left of each session for every mother it may be adapted to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programs.rules.adaptation import swapped
from programs.rules.vocabulary import SafetyFlag, SessionKind

from ..parts import PlannedSession
from ..whole import Plan
from .exercises import FLAG_SETS
from .subject import Found, Subject

LEAST_LEFT = 6  # evidence base, section E: at least 6 exercises remain with every combination of flags


def check(subject: Subject) -> Found:
    """Whether enough exercises are left of every session. One combination of flags is named for each."""
    instead = {flags: _instead(subject.plan, flags) for flags in FLAG_SETS}
    for key, session in subject.plan.sessions.items():
        if session.kind != SessionKind.SESSION:
            continue
        left = {flags: _left(session, instead[flags]) for flags in FLAG_SETS}
        flags = min(left, key=left.get)
        if left[flags] < LEAST_LEFT:
            reason = _("with %(flags)s only %(count)d different exercises are left; it needs %(least)d")
            names = " + ".join(flag for flag in SafetyFlag if flag in flags) or _("no safety flags")
            yield ("sessions", key), reason % {"flags": names, "count": left[flags], "least": LEAST_LEFT}


def _instead(plan: Plan, flags: frozenset[SafetyFlag]) -> dict[str, str | None]:
    """What comes in place of each exercise; asked once for all sessions, which share most of them."""
    return {slug: swapped(slug, plan.exercise_facts, flags) for slug in plan.exercise_facts}


def _left(session: PlannedSession, instead: dict[str, str | None]) -> int:
    return len({instead[one.exercise] for one in session.prescriptions} - {None})
