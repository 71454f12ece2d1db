"""The words in which a mother's rows are asked for. Every one of them starts from the person who asks."""

from django.db import models
from django.db.models import FilteredRelation, Q

from programs.rules.vocabulary import EnrollmentState, SessionKind

OPEN = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED]


class EnrollmentQuerySet(models.QuerySet):
    """Enrollments, reached through their owner."""

    def open_of(self, user):
        """Her enrollment that is not over, if any (at most one), with what every page of hers needs."""
        return self.of(user).filter(state__in=OPEN)

    def of(self, user):
        """All her enrollments, the newest first."""
        return self.filter(participant__user=user).select_related("participant__country", "screening")

    def to_remind(self):
        """Those whose owner may be reminded: active, and no hold in force."""
        in_force = FilteredRelation("holds", condition=Q(holds__ended_at=None))
        return self.alias(hold=in_force).filter(state=EnrollmentState.ACTIVE, hold=None)


class SessionLogQuerySet(models.QuerySet):
    """Sessions as done."""

    def counting(self):
        """Week sessions that count as done."""
        return self.filter(kind=SessionKind.SESSION, counts_as_done=True)

    def lean(self):
        """Without the steps, for counting."""
        return self.defer("steps_done")


class CheckInQuerySet(models.QuerySet):
    """Check-ins."""

    def lean(self):
        """Without what pages of many rows do not need; every encrypted column takes time to open."""
        return self.defer("context", "red_flags", "contact_within", "rules_version", "recorded_at")
