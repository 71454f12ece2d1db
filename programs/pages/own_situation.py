"""What a library page says first to a signed-in member whose program is held, or whose body asks for a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from common.members import is_signed_in, signed_in_user
from programs.facts.journey import journey_of
from programs.facts.standing import Standing, standing_of
from programs.models import Enrollment
from programs.plan import PlannedExercise
from programs.rules.adaptation import may_offer_harder
from programs.rules.vocabulary import EnrollmentState, SafetyAction, SafetyFlag


@dataclass(frozen=True)
class OwnSituation:
    """A member's own situation beside an exercise that everybody may read.

    `flags` are the safety flags in force that swap or ease it. `offers_harder` says whether the harder version may be
    shown: for a member the same answer as in a session.
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
    """Return the situation of a signed-in member in the program; None for everybody else, for visitors without a query."""
    if not is_signed_in(request):
        return None
    enrollment = Enrollment.objects.open_of(signed_in_user(request)).first()
    if enrollment is None or enrollment.state not in (EnrollmentState.ACTIVE, EnrollmentState.PAUSED):
        return None
    standing = standing_of(journey_of(enrollment, now))
    return OwnSituation(
        is_emergency=standing.is_emergency,
        is_held=standing.hold is not None,
        rests=standing.rests_today,
        flags=_against(exercise, standing) if exercise else (),
        offers_harder=exercise is not None and _offers_harder(exercise, standing),
    )


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
