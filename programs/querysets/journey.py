"""The words in which a mother's rows are asked for. Every one of them starts from the person who asks."""

from django.db import models

from programs.rules.vocabulary import EnrollmentState, SessionKind


class EnrollmentQuerySet(models.QuerySet):
    """Enrollments, reached through their owner."""

    def open_of(self, user):
        """Her enrollment that is not over, if any (at most one), with what every page of hers needs."""
        return self.filter(
            participant__user=user, state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED]
        ).select_related("participant__country", "screening")

    def of(self, user):
        """All her enrollments, the newest first."""
        return self.filter(participant__user=user).select_related("participant__country", "screening")


class SessionLogQuerySet(models.QuerySet):
    """Sessions as done."""

    def of_week(self, enrollment):
        """Logs of the week she is in now, since she came to it this time."""
        return self.filter(
            enrollment=enrollment, week=enrollment.week, finished_at__gte=enrollment.week_started_at
        )

    def counting(self):
        """Week sessions that count as done."""
        return self.filter(kind=SessionKind.SESSION, counts=True)
