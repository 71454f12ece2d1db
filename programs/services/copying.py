"""Copy sessions and weeks, so that a new one begins from one that works."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.members import User
from programs.authoring.content import unit_of
from programs.models import Phase, Prescription, Program, Session, Week
from programs.plan import Where
from programs.rules.vocabulary import SessionKind
from programs.services.versions import store_version


class Taken(Exception):
    """A session or week of this name exists already."""


def key_of(week: int, letter: str) -> str:
    """Return the key of a session by its week and letter; a week's daily practice has no letter."""
    return f"w{week:02}-{letter.lower() or 'daily'}"


@transaction.atomic
def copy_session(session: Session, week: Week, letter: str, by: User, now: datetime) -> Session:
    """Copy `session` with its exercises into `week` under `letter`. Raise Taken."""
    _lock_program(session.program_id)
    copy = _copy(session, week, letter)
    _store_first_version(copy, ("sessions", copy.key), by, now)
    return copy


@transaction.atomic
def copy_week(week: Week, number: int, phase: Phase, by: User, now: datetime) -> Week:
    """Copy `week` with all its sessions as week `number` of `phase`. Raise Taken."""
    _lock_program(phase.program_id)
    if Week.objects.filter(phase__program=phase.program, number=number).exists():
        raise Taken
    sessions = list(week.sessions.all())
    week.pk, week._state.adding = None, True
    week.number, week.phase, week.loaded_digest = number, phase, ""
    week.save()
    for session in sessions:
        copy = _copy(session, week, session.letter)
        _store_first_version(copy, ("sessions", copy.key), by, now)
    _store_first_version(sessions[0] if sessions else week, ("weeks", number), by, now)
    return week


def _lock_program(pk: int) -> None:
    """Let one copy be made at a time, so that none of two equal ones fails on the other's name."""
    Program.objects.select_for_update().get(pk=pk)


def _copy(session: Session, week: Week, letter: str) -> Session:
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


def _store_first_version(row: Session | Week, where: Where, by: User, now: datetime) -> None:
    """Store the first version of a copy."""
    program = row.program if isinstance(row, Session) else row.phase.program
    unit = unit_of(program, where)
    if unit and unit.part is not None:
        store_version(program, where, unit.part, by, now)
