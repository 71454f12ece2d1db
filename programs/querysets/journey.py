"""Querysets of a member's rows. Access is a lookup: a page only ever queries the rows of the signed-in member."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import FilteredRelation, Q

from common.members import User
from programs.rules.vocabulary import EnrollmentState, SessionKind

# Bounds, so that no page grows with time: over two years of check-ins and sessions.
MAX_CHECK_INS = 400
MAX_LOGS = 300
MAX_HOLDS = 2  # at most one in force, and the last one that ended

OPEN = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED]


class EnrollmentQuerySet(models.QuerySet):
    """Enrollments, reached through their owner."""

    def open_of(self, user: User | int) -> Self:
        """Filter to the member's enrollment that is not over (at most one), with the rows every page needs joined."""
        return self.of(user).filter(state__in=OPEN)

    def practising_of(self, user: User | int) -> Self:
        """Filter to the member's enrollments whose sessions may be done, newest first: the open one, and completed ones."""
        return self.of(user).filter(state__in=[*OPEN, EnrollmentState.COMPLETED])

    def of(self, user: User | int) -> Self:
        """Filter to the member's enrollments, newest first."""
        return self.filter(participant__user=user).select_related("participant__country", "screening")

    def to_remind(self) -> Self:
        """Filter to those whose member may be reminded: active, and no hold in force."""
        in_force = FilteredRelation("participant__holds", condition=Q(participant__holds__ended_at=None))
        return self.alias(hold=in_force).filter(state=EnrollmentState.ACTIVE, hold=None)


class SessionLogQuerySet(models.QuerySet):
    """Completed sessions."""

    def latest_of(self, enrollment: models.Model) -> list[Any]:
        """Load the newest sessions as done, newest first, without their steps.

        One query; a second one where they are so many that none of them is a session that counts: the last such
        session then comes after them, however long ago it was.
        """
        rows = self.filter(enrollment=enrollment).lean()
        newest: list[Any] = list(rows[:MAX_LOGS])
        if len(newest) == MAX_LOGS and not any(log.counts_as_session for log in newest):
            newest += rows.counting()[:1]
        return newest

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

    def latest_of(self, enrollment: models.Model, most: int = MAX_CHECK_INS) -> list[Any]:
        """Load the newest complete check-ins that no correction replaced, oldest first (one query)."""
        rows = self.filter(enrollment=enrollment, is_complete=True).standing().lean()
        return list(rows.order_by("-made_at", "-pk")[:most])[::-1]

    def lean(self) -> Self:
        """Defer what pages of many rows do not need: decrypting a column takes time for each row."""
        return self.defer(
            "context", "red_flags", "contact_within", "rules_version", "recorded_at", "replaced_at"
        )


class SafetyHoldQuerySet(models.QuerySet):
    """Safety holds."""

    def latest_of(self, participant_id: int) -> list[Any]:
        """Load the newest holds of a participant, newest first (one query)."""
        return list(self.filter(participant=participant_id)[:MAX_HOLDS])
