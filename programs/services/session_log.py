"""Store session logs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from common.members import User
from common.prepared import Parameter, PreparedInsert, PreparedQuery
from common.transactions import prepared_transaction
from programs.facts.journey import Journey, as_it_was, at_moment, journey_of
from programs.facts.standing import closed_because, outcome_of, plan_for, standing_of
from programs.models import CheckIn, Enrollment, SessionLog
from programs.plan import PlannedSession
from programs.rules.carry_over import CHECK_GOOD_FOR
from programs.rules.timeline import exercise_number, is_work
from programs.rules.vocabulary import CheckInKind, Outcome, SessionKind
from programs.services.locking import locked

# A check-in may be this much later by one clock than the session by another.
CLOCKS_DIFFER = timedelta(minutes=5)
SHORT_FORM_EXERCISES = 4  # evidence base, section E: the 4-exercise short form counts as the day's session


_insert = PreparedInsert(SessionLog)


class AnotherSession(ValueError):
    """The id of the log belongs to another session already."""


@dataclass(frozen=True)
class SessionAsDone:
    """A session as the player or the form reports it; `steps` maps step ids to seconds.

    Of a ticked one (`is_ticked`) only the end is known; its beginning is computed from its planned length.
    `check_in_client_id` names the check-in that opened it, None where the player does not tell.
    """

    client_id: UUID
    started_at: datetime
    finished_at: datetime
    exercises_planned: int
    steps: dict[str, int] = field(default_factory=dict)
    is_ticked: bool = False
    check_in_client_id: UUID | None = None


@prepared_transaction
def log_session(
    enrollment: Enrollment, session: PlannedSession, done: SessionAsDone, outcome: Outcome, now: datetime
) -> SessionLog:
    """Store what was done of `session` (of the plan). The same `client_id` again adds what is new and loses nothing.

    Return the SessionLog. A report of another device about the same time is merged into the existing log, because
    nobody does one session twice at once; its own id is then not stored. Raise AnotherSession.
    """
    enrollment = locked(enrollment)
    return _store(journey_of(enrollment, now), session, done, outcome)


@prepared_transaction
def log_session_of(user: User, key: str, done: SessionAsDone, now: datetime) -> SessionLog:
    """Store what was done of session `key` for the newest enrollment of `user`, with the outcome of now.

    Raise Enrollment.DoesNotExist, UnknownSession and AnotherSession.
    """
    enrollment = Enrollment.objects.lock_practising_of(user)
    if enrollment is None:
        raise Enrollment.DoesNotExist
    session = plan_for(enrollment).session(key)
    journey = journey_of(enrollment, now)
    return _store(journey, session, done, outcome_of(journey))


def _store(journey: Journey, session: PlannedSession, done: SessionAsDone, outcome: Outcome) -> SessionLog:
    enrollment, done = journey.enrollment, _after_its_check_in(journey, done)
    log = _log_of(enrollment, session, done) or SessionLog(
        enrollment=enrollment,
        client_id=done.client_id,
        check_in_client_id=done.check_in_client_id,
        session_key=session.key,
        kind=session.kind,
        week=session.week or enrollment.week,
        started_at=done.started_at,
        finished_at=done.finished_at,
        exercises_planned=done.exercises_planned,
        outcome=outcome,
        recorded_at=journey.now,
    )
    if log.session_key != session.key:
        raise AnotherSession
    _join(log, done)
    if not log.counts_as_done:
        at = log.finished_at if done.is_ticked else log.started_at + CLOCKS_DIFFER
        log.counts_as_done = is_enough(log) and was_open(journey, session, log, at)
    if log.pk:
        log.save()
    else:
        _insert(log)
    return log


def was_open(journey: Journey, session: PlannedSession, log: SessionLog, at: datetime) -> bool:
    """Whether `session` was open `at` the moment the one in `log` began: only then it counts as done.

    The log of a closed session is stored all the same.
    """
    if session.kind != SessionKind.SESSION:
        return True
    then = as_it_was(journey, log, at)
    if then.today < journey.enrollment.birth_date:
        return False  # by a clock far off: nothing is open before the birth
    standing = standing_of(then)
    if closed_because(standing, session, journey.enrollment.week):
        return False
    return not any(_used(standing.check_in, other, log) for other in journey.sessions if other.pk != log.pk)


def _used(check_in: CheckIn | None, other: SessionLog, log: SessionLog) -> bool:
    """Whether another session has used up the check-in, or the time, of this one: nobody does two at once."""
    since = min(check_in.made_at, log.started_at) if check_in else log.started_at
    return other.finished_at > since and other.started_at < log.finished_at


def waiting_for(check_in: CheckIn, logs: Iterable[SessionLog], now: datetime) -> list[SessionLog]:
    """Return those of `logs` that do not count yet and may do so by `check_in`: they name it, or soon follow it."""
    return [log for log in logs if not log.counts_as_done and _may_count_by(check_in, log, now)]


@transaction.atomic
def count_again(
    enrollment: Enrollment, check_in: CheckIn, waiting: Sequence[SessionLog], now: datetime
) -> None:
    """Count those of `waiting` that did not count because the check-in before them, `check_in`, arrived late."""
    for log in waiting:
        if log.check_in_client_id == check_in.client_id:
            log.started_at, log.finished_at = _times_after(check_in, log, now)
            log.save(update_fields=["started_at", "finished_at"])
    journey, plan = journey_of(enrollment, now), plan_for(enrollment)
    for log in reversed(journey.logs):
        at = log.started_at + CLOCKS_DIFFER
        if log not in waiting or not is_enough(log):
            continue
        if was_open(journey, plan.session(log.session_key), log, at):
            log.counts_as_done = True
            log.save(update_fields=["counts_as_done"])
            journey = at_moment(journey, now)  # the first of them has used the check-in up


def _may_count_by(check_in: CheckIn, log: SessionLog, now: datetime) -> bool:
    began = log.started_at + CLOCKS_DIFFER
    follows = check_in.made_at < now and check_in.made_at <= began <= check_in.made_at + CHECK_GOOD_FOR
    return follows or log.check_in_client_id == check_in.client_id


def _after_its_check_in(journey: Journey, done: SessionAsDone) -> SessionAsDone:
    """Return `done` with times after those of the check-in it names, where that has arrived.

    Only one of the same enrollment is found, and it opens no more than it would without being named.
    """
    if done.check_in_client_id is None:
        return done
    named = (row for row in journey.check_ins if row.client_id == done.check_in_client_id)
    check_in = next((row for row in named if row.kind == CheckInKind.BEFORE), None)
    if check_in is None:
        return done
    began, ended = _times_after(check_in, done, journey.now)
    return replace(done, started_at=began, finished_at=ended)


def _times_after(
    check_in: CheckIn, session: SessionAsDone | SessionLog, now: datetime
) -> tuple[datetime, datetime]:
    """Return when a session began and ended that `check_in` opened.

    Where it began before that, the phone's clock was set back between the two: the session then begins with the
    check-in, and ends after it, or it would not have used it up.
    """
    began, ended = session.started_at, session.finished_at
    if began + CLOCKS_DIFFER >= check_in.made_at:
        return began, ended
    end = min(check_in.made_at + (ended - began), now)
    return check_in.made_at, max(end, check_in.made_at + timedelta.resolution)


def _logs_that_may_be_meant() -> QuerySet[SessionLog]:
    meets = Q(
        session_key=Parameter("session_key"),
        started_at__lt=Parameter("finished_at"),
        finished_at__gt=Parameter("started_at"),
    )
    has_id = Q(client_id=Parameter("client_id"))
    return SessionLog.objects.filter(has_id | meets, enrollment=Parameter("enrollment"))


_MEETING = PreparedQuery(_logs_that_may_be_meant)


def _log_of(enrollment: Enrollment, session: PlannedSession, done: SessionAsDone) -> SessionLog | None:
    """Return the log with this id, else the first of the same session that overlaps in time, else None."""
    logs = _MEETING(
        enrollment=enrollment.pk,
        client_id=done.client_id,
        session_key=session.key,
        started_at=done.started_at,
        finished_at=done.finished_at,
    )
    return min(logs, key=lambda log: (log.client_id != done.client_id, log.started_at), default=None)


def _join(log: SessionLog, done: SessionAsDone) -> None:
    """Merge the steps and times of `done` into `log`."""
    log.steps_done |= {step: max(sec, log.steps_done.get(step, 0)) for step, sec in done.steps.items()}
    log.seconds_done = sum(log.steps_done.values())
    log.exercises_done = len({exercise_number(step) for step in log.steps_done if is_work(step)})
    log.exercises_planned = max(log.exercises_planned, done.exercises_planned)
    log.started_at = min(log.started_at, done.started_at)
    log.finished_at = max(log.finished_at, done.finished_at)


def is_enough(log: SessionLog) -> bool:
    """Whether the week's session is done: everything, or at least as much as the short form."""
    return log.exercises_done >= exercises_needed(log)


def exercises_needed(log: SessionLog) -> int:
    """Return from how many exercises on the session counts for the week."""
    return min(SHORT_FORM_EXERCISES, log.exercises_planned)
