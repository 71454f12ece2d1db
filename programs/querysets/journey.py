"""Querysets of a member's rows. Access is a lookup: a page only ever queries the rows of the signed-in member."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import FilteredRelation, Q

from common.members import User
from common.prepared import Parameter, PreparedQuery
from programs.rules.vocabulary import CheckInKind, EnrollmentState, SessionKind

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

    def practising_of(self, user: User | int | Parameter) -> Self:
        """Filter to the member's enrollments whose sessions may be done, newest first: the open one, and completed ones."""
        return self.of(user).filter(state__in=[*OPEN, EnrollmentState.COMPLETED])

    def newest_of(self, user: User) -> Any:
        """Load the newest of all enrollments of the member, None without one (one query)."""
        return next(iter(_newest_enrollment(self.model)(user=user.pk)), None)

    def newest_practising_of(self, user: User) -> Any:
        """Load the newest of all enrollments of the member whose sessions may be done, None without one (one query)."""
        return next(iter(_newest_practising(self.model)(user=user.pk)), None)

    def lock_practising_of(self, user: User) -> Any:
        """Load the same and lock it until the transaction ends, with what `lock` loads (one query)."""
        return next(iter(_locked_practising(self.model)(user=user.pk)), None)

    def lock(self, pk: int) -> Any:
        """Load an enrollment and lock it until the transaction ends, with its participant and screening (one query).

        The answers of the screening are left out: decrypting them takes time, and what they lead to is in its flags.
        None where there is no such enrollment any more.
        """
        return next(iter(_locked(self.model)(pk=pk)), None)

    def of(self, user: User | int | Parameter) -> Self:
        """Filter to the member's enrollments, newest first."""
        return self.filter(participant__user=user).select_related("participant__country", "screening")

    def to_remind(self) -> Self:
        """Filter to those whose member may be reminded: active, and no hold in force."""
        in_force = FilteredRelation("participant__holds", condition=Q(participant__holds__ended_at=None))
        return self.alias(hold=in_force).filter(state=EnrollmentState.ACTIVE, hold=None)


class SessionLogQuerySet(models.QuerySet):
    """Completed sessions."""

    def latest_of(self, enrollment: models.Model) -> list[Any]:
        """Load the newest sessions of an enrollment as done, newest first, without their steps.

        One query; a second one where they are so many that none of them is a session that counts: the last such
        session then comes after them, however long ago it was.
        """
        newest = self.newest_of(enrollment)
        if len(newest) == MAX_LOGS and not any(log.counts_as_session for log in newest):
            newest += self.filter(enrollment=enrollment).lean().counting()[:1]
        return newest

    def newest_of(self, enrollment: models.Model, most: int = MAX_LOGS) -> list[Any]:
        """Load the newest sessions of an enrollment as done, newest first, without their steps (one query)."""
        return _with_enrollment(_newest_logs(self.model, most), enrollment)

    def last_session_of(self, enrollment: models.Model, now: datetime, client_id: str = "") -> Any:
        """Load the session of a week that was finished last by `now`, None without one (one query).

        The one that names the check-in `client_id` is left out.
        """
        newest = _last_sessions(self.model)(enrollment=enrollment.pk, now=now)
        return next((log for log in newest if str(log.check_in_client_id) != client_id), None)

    def counting(self) -> Self:
        """Filter to the week's sessions that count as done."""
        return self.filter(kind=SessionKind.SESSION, counts_as_done=True)

    def lean(self) -> Self:
        """Defer the steps, the id and when it arrived, which counting does not need."""
        return self.defer("steps_done", "client_id", "recorded_at")


class CheckInQuerySet(models.QuerySet):
    """Check-ins."""

    def standing(self) -> Self:
        """Filter to those that no correction has replaced."""
        return self.filter(replaced_at=None)

    def find(self, enrollment: models.Model, client_id: UUID) -> Any:
        """Load the check-in of an enrollment with this id, None without one (one query)."""
        return _check_in_with_id(self.model).first(enrollment=enrollment.pk, client_id=client_id)

    def latest_of(self, enrollment: models.Model, most: int = MAX_CHECK_INS) -> list[Any]:
        """Load the newest complete check-ins of an enrollment that no correction replaced, oldest first (one query).

        All of them for the rules, which need no id of a check-in.
        """
        return _with_enrollment(_newest_check_ins(self.model, most), enrollment)[::-1]

    def latest_to_suggest_from(self, enrollment: models.Model, most: int) -> list[Any]:
        """Load the same with the context that each was judged in (one query)."""
        return _with_enrollment(_newest_with_context(self.model, most), enrollment)[::-1]

    def mornings_of(self, enrollment: models.Model, most: int) -> list[Any]:
        """Load those of the morning after a session among the same newest ones, oldest first (one query)."""
        return _with_enrollment(_newest_mornings(self.model, most), enrollment)[::-1]

    def lean(self) -> Self:
        """Defer what pages of many rows do not need: decrypting a column takes time for each row."""
        return self.defer("context", "red_flags", "contact_within", "rules_version", "recorded_at")


class SafetyHoldQuerySet(models.QuerySet):
    """Safety holds."""

    def latest_of(self, participant_id: int) -> list[Any]:
        """Load the newest holds of a participant, newest first (one query)."""
        return _newest_holds(self.model)(participant=participant_id)


def _with_enrollment(query: PreparedQuery[Any], enrollment: models.Model) -> list[Any]:
    """Return the rows of an enrollment, each with it, so that none looks it up."""
    rows = query(enrollment=enrollment.pk)
    for row in rows:  # of queries without joins, so that nothing else is kept with them
        row._state.fields_cache = {"enrollment": enrollment}
    return rows


# What every page of a member asks.


@cache
def _newest_enrollment(model: Any) -> PreparedQuery[Any]:
    return PreparedQuery(lambda: model.objects.of(Parameter("user"))[:1])


@cache
def _newest_practising(model: Any) -> PreparedQuery[Any]:
    return PreparedQuery(lambda: model.objects.practising_of(Parameter("user"))[:1])


@cache
def _locked_practising(model: Any) -> PreparedQuery[Any]:
    rows = model.objects.practising_of(Parameter("user")).select_related(None)
    return PreparedQuery(lambda: _to_lock(rows)[:1])


@cache
def _locked(model: Any) -> PreparedQuery[Any]:
    return PreparedQuery(lambda: _to_lock(model.objects.filter(pk=Parameter("pk"))).order_by())


def _to_lock(rows: Any) -> Any:
    joined = rows.select_related("participant", "screening").defer("screening__answers")
    return joined.select_for_update(of=["self"])


@cache
def _newest_logs(model: Any, most: int) -> PreparedQuery[Any]:
    return PreparedQuery(lambda: model.objects.filter(enrollment=Parameter("enrollment")).lean()[:most])


@cache
def _last_sessions(model: Any) -> PreparedQuery[Any]:
    rows = model.objects.filter(enrollment=Parameter("enrollment"), finished_at__lte=Parameter("now"))
    sessions = rows.filter(kind=SessionKind.SESSION).only("finished_at", "check_in_client_id")
    return PreparedQuery(lambda: sessions.order_by("-finished_at")[:2])


@cache
def _check_in_with_id(model: Any) -> PreparedQuery[Any]:
    rows = model.objects.filter(enrollment=Parameter("enrollment"), client_id=Parameter("client_id"))
    return PreparedQuery(lambda: rows[:1])


@cache
def _newest_check_ins(model: Any, most: int) -> PreparedQuery[Any]:
    rows = _complete_check_ins(model).lean()
    rows = rows.defer("client_id") if most == MAX_CHECK_INS else rows
    return PreparedQuery(lambda: rows[:most])


@cache
def _newest_with_context(model: Any, most: int) -> PreparedQuery[Any]:
    return PreparedQuery(lambda: _complete_check_ins(model).defer("red_flags", "contact_within")[:most])


@cache
def _newest_mornings(model: Any, most: int) -> PreparedQuery[Any]:
    newest = _complete_check_ins(model)[:most].values("pk")
    mornings = model.objects.filter(pk__in=newest, kind=CheckInKind.NEXT_MORNING).order_by("-made_at", "-pk")
    return PreparedQuery(lambda: mornings.only("kind", "made_at", "answers"))


def _complete_check_ins(model: Any) -> Any:
    rows = model.objects.filter(enrollment=Parameter("enrollment"), is_complete=True)
    return rows.standing().order_by("-made_at", "-pk")


@cache
def _newest_holds(model: Any) -> PreparedQuery[Any]:
    return PreparedQuery(lambda: model.objects.filter(participant=Parameter("participant"))[:MAX_HOLDS])
