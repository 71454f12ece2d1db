"""What the library and the program say first to a signed-in member who is held, or whose body asks for a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from common.members import User, is_signed_in, signed_in_user
from programs.facts.journey import journey_of
from programs.facts.standing import Standing, standing_of
from programs.models import Enrollment, SafetyHold
from programs.plan import PlannedExercise
from programs.querysets.journey import OPEN
from programs.rules.adaptation import may_offer_harder
from programs.rules.vocabulary import Outcome, SafetyAction, SafetyFlag


@dataclass(frozen=True)
class OwnSituation:
    """A member's own situation beside an exercise, or the whole program, that everybody may read.

    `flags` are the safety flags in force that swap or ease it; beside the program all of them. `offers_harder` says
    whether the harder version may be shown: for a member the same answer as in a session.
    """

    is_emergency: bool
    is_held: bool
    rests: bool
    flags: tuple[SafetyFlag, ...]
    offers_harder: bool

    @property
    def comes_first(self) -> bool:
        """Whether there is something to say before the instructions."""
        return self.is_held or self.rests or bool(self.flags)


def own_situation(
    request: HttpRequest, now: datetime, exercise: PlannedExercise | None = None
) -> OwnSituation | None:
    """Return the situation of a signed-in member; None for everybody else, for visitors without a query."""
    if not is_signed_in(request):
        return None
    user = signed_in_user(request)
    enrollment = Enrollment.objects.open_of(user).first()
    if enrollment is None:
        return _before_enrolling(user)
    standing = standing_of(journey_of(enrollment, now))
    flags = _against(exercise, standing) if exercise else ()
    return _situation(standing, flags, exercise is not None and _offers_harder(exercise, standing))


def situation_in_program(enrollment: Enrollment, now: datetime) -> OwnSituation | None:
    """Return the situation of a member beside the sessions of the program; None once it is over (three queries)."""
    if enrollment.state not in OPEN:
        return None
    standing = standing_of(journey_of(enrollment, now))
    return _situation(standing, tuple(flag for flag in SafetyFlag if flag in standing.flags), False)


def _situation(standing: Standing, flags: tuple[SafetyFlag, ...], offers_harder: bool) -> OwnSituation:
    return OwnSituation(
        is_emergency=standing.is_emergency,
        is_held=standing.hold is not None,
        rests=standing.rests_today,
        flags=flags,
        offers_harder=offers_harder,
    )


def _before_enrolling(user: User) -> OwnSituation | None:
    """Return the situation of a member whose screening asks for a check first; None without a hold (one query)."""
    hold = SafetyHold.objects.filter(participant__user=user, ended_at=None).first()
    if hold is None:
        return None
    return OwnSituation(hold.outcome == Outcome.EMERGENCY, True, False, (), False)


def _against(exercise: PlannedExercise, standing: Standing) -> tuple[SafetyFlag, ...]:
    rules = {flag: exercise.facts.rule_for(flag) for flag in SafetyFlag if flag in standing.flags}
    return tuple(flag for flag, rule in rules.items() if rule.action != SafetyAction.OK)


def _offers_harder(exercise: PlannedExercise, standing: Standing) -> bool:
    return standing.hold is None and may_offer_harder(
        exercise.facts,
        standing.phase,
        standing.flags,
        advised=standing.may_use_harder,
        outcome=standing.outcome,
        gentle_track=standing.is_gentle,
        screening_flags=standing.screening_flags,
    )
