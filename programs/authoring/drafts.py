"""Validate a part as it would be after saving. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from programs.authoring.content import KINDS, Data, Part, rows_as_plan
from programs.figures.files import undrawn
from programs.models import Exercise, Program, Session
from programs.plan import (
    Plan,
    PlannedExercise,
    PlannedSession,
    PlannedWeek,
    Reader,
    Remark,
    Where,
    advice,
    plain,
    remarks,
)
from programs.plan.checks import adapting
from programs.plan.checks.subject import Subject

DRAFT: Where = ("draft",)  # passed as an unread part, because the validator then skips its slow check


@dataclass(frozen=True)
class SessionDraft:
    """An unsaved session: its minutes, those of its short form, and the remarks about it."""

    minutes: int
    short_minutes: int
    remarks: list[Remark]


def remarks_about(program: Program, where: Where) -> tuple[list[Remark], list[Remark]]:
    """Return what is wrong with one part as it is saved now, and what could be better in it (6 queries).

    A session is also adapted to every combination of safety flags; publishing checks all sessions that way.
    """
    plan, found, unread = rows_as_plan(program)
    if plan is not None:
        found += _quick_remarks(plan, unread)
    found = _of_part(where, found)
    if not found and plan and not unread and where[0] == "sessions":
        found = _adapting_remarks(plan, plan.sessions[str(where[1])])
    return found, _of_part(where, advice(plan)) if plan else []


def _of_part(where: Where, found: Iterable[Remark]) -> list[Remark]:
    return [remark for remark in found if remark.where[: len(where)] == where]


def session_draft(program: Program, session: Session, prescriptions: list[Data]) -> SessionDraft:
    """Return the draft of `session` with `prescriptions` as plain data of a plan."""
    data: Data = {
        name: getattr(session, name)
        for name in PlannedSession.__dataclass_fields__
        if name not in ("week", "prescriptions")
    }
    reader = Reader()
    data |= {"week": session.week and session.week.number, "prescriptions": prescriptions}
    part: PlannedSession | None = reader.read(PlannedSession, data)
    where = ("sessions", session.key)
    if part is None or reader.problems:
        found = [Remark((*where, *problem.path), problem.reason) for problem in reader.problems]
        return SessionDraft(0, 0, found)
    return SessionDraft(part.minutes, part.short_form_minutes, _remarks_of(program, part))


def exercise_draft(exercise: Exercise) -> PlannedExercise | None:
    """Return an unsaved exercise as a part of a plan; None while it is no valid one."""
    kind, reader = KINDS["exercises"], Reader()
    for name in ("easier", "harder"):  # as the rows of this kind are annotated
        neighbor = getattr(exercise, f"{name}_variant")
        setattr(exercise, name, neighbor.slug if neighbor else None)
    part: PlannedExercise | None = reader.read(PlannedExercise, kind.data(exercise))
    return None if reader.problems else part


def _remarks_of(program: Program, part: PlannedSession) -> list[Remark]:
    """Return the remarks about one session in place of the saved one."""
    plan, _found, unread = rows_as_plan(program)
    if plan is None:
        return []
    plan = replace(plan, sessions={**plan.sessions, part.key: part})
    found = _of_part(("sessions", part.key), _quick_remarks(plan, unread))
    return found or _adapting_remarks(plan, part)


def _quick_remarks(plan: Plan, unread: Collection[Where]) -> list[Remark]:
    """Return all remarks but those from adapting every session, which is slow."""
    return remarks(plan, [*unread, DRAFT])


def _adapting_remarks(plan: Plan, session: PlannedSession) -> list[Remark]:
    """Return the remarks from adapting this one session to every combination of safety flags."""
    alone = replace(plan, sessions={session.key: session})
    return [Remark(*one) for one in adapting.check(Subject(alone, frozenset()))]


def prescription_data(row: Mapping[str, Any]) -> Data:
    """Return one row of the session's form as plain data of a plan; `row` maps fields of Prescription to values."""
    tempo = {name: row.get(f"{name}_seconds") or 0 for name in ("lift", "hold", "lower", "relax")}
    dose = {name: row.get(name) for name in ("sets", "reps", "seconds")}
    dose |= {"rest_seconds": row.get("rest_seconds") or 0, "tempo": tempo if row.get("reps") else None}
    return {
        "exercise": row["exercise"].slug,
        "dose": dose,
        "sides": row.get("sides") or 1,
        "in_short_form": bool(row.get("in_short_form")),
    }


def parts_as_file(parts: Mapping[Where, Part]) -> list[Data]:
    """Return parts (by path) as plain data for one file, without photographs, videos, recordings and stored drawings."""
    parts = with_media_of(parts, {})
    return [{"where": list(where), "part": plain(part, whole=True)} for where, part in parts.items()]


def with_media_of(parts: Mapping[Where, Part], source: Mapping[Where, Part]) -> dict[Where, Part]:
    """Return `parts` (by path), each with the photograph, video and recordings it has in `source`, or none.

    A figure keeps its stored drawings where it is the one in `source`.
    """
    return {where: _with_media(part, source.get(where)) for where, part in parts.items()}


def _with_media(part: Part, source: Part | None) -> Part:
    if isinstance(part, PlannedSession):
        spoken = source if isinstance(source, PlannedSession) else None
        opening, closing = (spoken.opening_voice, spoken.closing_voice) if spoken else (None, None)
        return replace(part, opening_voice=opening, closing_voice=closing)
    if isinstance(part, PlannedWeek):
        return replace(part, video=source.video if isinstance(source, PlannedWeek) else None)
    if not isinstance(part, PlannedExercise):
        return part
    own = source if isinstance(source, PlannedExercise) else None
    figure = undrawn(part.figure)
    if own and undrawn(own.figure) == figure:
        figure = dict(own.figure)
    own_files: dict[str, Any] = {name: getattr(own, name, None) for name in ("photo", "video", "voice")}
    return replace(part, figure=figure, **own_files)
