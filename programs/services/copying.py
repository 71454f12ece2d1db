"""The verbs that copy what is written, so that a new session or week begins from one that works."""

from django.db import transaction

from programs.authoring.content import unit_of
from programs.models import Prescription, Session, Week
from programs.rules.vocabulary import SessionKind
from programs.services.versions import keep_version


class Taken(Exception):
    """There is a session or week of this name already."""


def key_of(week, letter):
    """The key of a session by its week and letter; a week's daily practice has no letter."""
    return f"w{week:02}-{letter.lower() or 'daily'}"


@transaction.atomic
def copy_session(session, week, letter, by, now):
    """A copy of `session` in `week` (a Week row) under `letter`, with its exercises. Raises Taken."""
    copy = _copy(session, week, letter)
    _keep(copy, ("sessions", copy.key), by, now)
    return copy


@transaction.atomic
def copy_week(week, number, phase, by, now):
    """A copy of `week` as week `number` of `phase`, with all its sessions. Raises Taken."""
    if Week.objects.filter(phase__program=phase.program, number=number).exists():
        raise Taken
    sessions = list(week.sessions.all())
    week.pk, week._state.adding = None, True
    week.number, week.phase, week.loaded_digest = number, phase, ""
    week.save()
    for session in sessions:
        copy = _copy(session, week, session.letter)
        _keep(copy, ("sessions", copy.key), by, now)
    _keep(sessions[0] if sessions else week, ("weeks", number), by, now)
    return week


def _copy(session, week, letter):
    lines = list(session.prescriptions.all())
    key = key_of(week.number, "" if session.kind == SessionKind.DAILY else letter)
    if Session.objects.filter(program=session.program, key=key).exists():
        raise Taken
    session.pk, session._state.adding = None, True
    session.key, session.week, session.loaded_digest = key, week, ""
    session.letter = "" if session.kind == SessionKind.DAILY else letter.upper()
    session.save()
    for line in lines:
        line.pk, line.session = None, session
    Prescription.objects.bulk_create(lines)
    return session


def _keep(row, where, by, now):
    """The first state of what is new."""
    program = row.program if isinstance(row, Session) else row.phase.program
    unit = unit_of(program, where)
    if unit and unit.part is not None:
        keep_version(program, where, unit.part, by, now)
