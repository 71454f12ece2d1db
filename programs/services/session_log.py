"""The verb that keeps a session as done."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from programs.models import Enrollment, SessionLog
from programs.rules.timeline import exercise_number, is_work

SHORT_FORM_EXERCISES = 4  # evidence base, section E: the 4-exercise short form counts as the day's session


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

    Returns the SessionLog. A later message for the same session, from this or another device, joins the steps.
    """
    Enrollment.objects.select_for_update().only("pk").get(pk=enrollment.pk)
    log = SessionLog.objects.filter(enrollment=enrollment, client_id=done.client_id).first() or SessionLog(
        enrollment=enrollment,
        client_id=done.client_id,
        session_key=session.key,
        kind=session.kind,
        week=enrollment.week,
        started_at=done.started_at,
        finished_at=done.finished_at,
        exercises_planned=done.exercises_planned,
        outcome=outcome,
        recorded_at=now,
    )
    steps = log.steps_done | {s: max(t, log.steps_done.get(s, 0)) for s, t in done.steps.items()}
    log.steps_done = steps
    log.seconds_done = sum(steps.values())
    log.exercises_done = len({exercise_number(step) for step in steps if is_work(step)})
    log.counts = log.exercises_done >= min(SHORT_FORM_EXERCISES, log.exercises_planned)
    log.started_at = min(log.started_at, done.started_at)
    log.finished_at = max(log.finished_at, done.finished_at)
    log.save()
    return log
