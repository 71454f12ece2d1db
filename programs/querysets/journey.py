"""Querysets of a member's rows. Access is a lookup: a page only ever queries the rows of the signed-in member."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import FilteredRelation, Q

from common.members import User
from programs.rules.vocabulary import EnrollmentState, SessionKind

OPEN = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED]


class EnrollmentQuerySet(models.QuerySet):
    """Enrollments, reached through their owner."""

    def open_of(self, user: User | int) -> Self:
        """Filter to the member's enrollment that is not over (at most one), with the rows every page needs joined."""
        return self.of(user).filter(state__in=OPEN)

    def of(self, user: User | int) -> Self:
        """Filter to the member's enrollments, newest first."""
        return self.filter(participant__user=user).select_related("participant__country", "screening")

    def to_remind(self) -> Self:
        """Filter to those whose member may be reminded: active, and no hold in force."""
        in_force = FilteredRelation("participant__holds", condition=Q(participant__holds__ended_at=None))
        return self.alias(hold=in_force).filter(state=EnrollmentState.ACTIVE, hold=None)


class SessionLogQuerySet(models.QuerySet):
    """Completed sessions."""

    def counting(self) -> Self:
        """Filter to the week's sessions that count as done."""
        return self.filter(kind=SessionKind.SESSION, counts_as_done=True)

    def lean(self) -> Self:
        """Defer the steps, which counting does not need."""
        return self.defer("steps_done")


class CheckInQuerySet(models.QuerySet):
    """Check-ins."""

    def standing(self) -> Self:
        """Filter to those that no correction has replaced."""
        return self.filter(replaced_at=None)

    def lean(self) -> Self:
        """Defer what pages of many rows do not need: decrypting a column takes time for each row."""
        return self.defer(
            "context", "red_flags", "contact_within", "rules_version", "recorded_at", "replaced_at"
        )
