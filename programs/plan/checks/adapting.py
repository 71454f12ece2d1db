"""What is left of each session for every mother it may be adapted to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programs.rules.adaptation import adapt_session
from programs.rules.vocabulary import Outcome, SafetyFlag, SessionKind

from ..parts import PlannedSession
from ..whole import Plan
from .exercises import FLAG_SETS
from .subject import Found, Subject

LEAST_LEFT = 6  # evidence base, section E: at least 6 exercises remain with every combination of flags


def check(subject: Subject) -> Found:
    """Whether enough exercises are left of every session. One combination of flags is named for each."""
    for key, session in subject.plan.sessions.items():
        if session.kind != SessionKind.SESSION:
            continue
        left = {flags: _left(subject.plan, session, flags) for flags in FLAG_SETS}
        flags = min(left, key=left.get)
        if left[flags] < LEAST_LEFT:
            reason = _("with %(flags)s only %(count)d different exercises are left; it needs %(least)d")
            names = " + ".join(flag for flag in SafetyFlag if flag in flags) or _("no safety flags")
            yield ("sessions", key), reason % {"flags": names, "count": left[flags], "least": LEAST_LEFT}


def _left(plan: Plan, session: PlannedSession, flags: frozenset[SafetyFlag]) -> int:
    phase = plan.phase_of(session.week).number
    return len(adapt_session(session.prescriptions, plan.exercise_facts, flags, phase, Outcome.GO))
