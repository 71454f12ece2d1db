"""The verb that keeps a session as done."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from programs.facts.journey import journey_of
from programs.facts.standing import plan_for, standing_of
from programs.models import Enrollment, SessionLog
from programs.rules.timeline import exercise_number, is_work

SHORT_FORM_EXERCISES = 4  # evidence base, section E: the 4-exercise short form counts as the day's session


class AnotherSession(ValueError):
    """The id of a session as done is already that of another session."""


@dataclass(frozen=True)
class SessionAsDone:
    """What the player or the form tells of one session; `steps` maps step ids to seconds."""

    client_id: UUID
    started_at: datetime
    finished_at: datetime
    exercises_planned: int
    steps: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def log_session(enrollment, session, done, outcome, now):
    """Keep what was done of `session` (of the plan); the same `client_id` again adds what is new and loses nothing.

    Returns the SessionLog. What another device tells of the same time joins the log that is there, for nobody
    does one session twice at once; its own id is then not kept. Raises AnotherSession.
    """
    Enrollment.objects.select_for_update().only("pk").get(pk=enrollment.pk)
    return _keep(enrollment, session, done, outcome, now)


@transaction.atomic
def log_session_of(user, key, done, now):
    """The same for the open enrollment of `user` and the session `key` of the plan she lives, as she stands now.

    Raises Enrollment.DoesNotExist, UnknownSession and AnotherSession.
    """
    enrollment = Enrollment.objects.open_of(user).select_for_update(of=["self"]).get()
    session = plan_for(enrollment).session(key)
    return _keep(enrollment, session, done, standing_of(journey_of(enrollment, now)).outcome, now)


def _keep(enrollment, session, done, outcome, now):
    log = _log_of(enrollment, session, done) or SessionLog(
        enrollment=enrollment,
        client_id=done.client_id,
        session_key=session.key,
        kind=session.kind,
        week=session.week or enrollment.week,
        started_at=done.started_at,
        finished_at=done.finished_at,
        exercises_planned=done.exercises_planned,
        outcome=outcome,
        recorded_at=now,
    )
    if log.session_key != session.key:
        raise AnotherSession
    _join(log, done)
    log.save()
    return log


def _log_of(enrollment, session, done):
    """The log with this id, else the first of the same session whose time meets this one's, else None."""
    meeting = Q(session_key=session.key, started_at__lt=done.finished_at, finished_at__gt=done.started_at)
    logs = SessionLog.objects.filter(Q(client_id=done.client_id) | meeting, enrollment=enrollment)
    return min(logs, key=lambda log: (log.client_id != done.client_id, log.started_at), default=None)


def _join(log, done):
    """Add the steps and times of `done`. Whatever counted once keeps counting."""
    log.steps_done |= {step: max(sec, log.steps_done.get(step, 0)) for step, sec in done.steps.items()}
    log.seconds_done = sum(log.steps_done.values())
    log.exercises_done = len({exercise_number(step) for step in log.steps_done if is_work(step)})
    enough = min(SHORT_FORM_EXERCISES, done.exercises_planned)
    log.counts_as_done = log.counts_as_done or log.exercises_done >= enough
    log.exercises_planned = max(log.exercises_planned, done.exercises_planned)
    log.started_at = min(log.started_at, done.started_at)
    log.finished_at = max(log.finished_at, done.finished_at)
