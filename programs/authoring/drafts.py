"""A part as it would be after saving, and what is wrong with it. Nothing is written."""

from dataclasses import dataclass, replace

from programs.authoring.content import rows_as_plan
from programs.plan import PlannedSession, Reader, Remark, plain, remarks
from programs.plan.checks import adapting
from programs.plan.checks.subject import Subject

IN_THE_MAKING = ("draft",)  # named as unread: the validator then leaves the long trying out


@dataclass(frozen=True)
class SessionDraft:
    """A session in the making: its minutes, those of its short form, and the remarks about it."""

    minutes: int
    short_minutes: int
    remarks: list[str]


def remarks_about(program, where):
    """What is wrong with one part as it is written now, in words (6 queries).

    Where the part is a session it is also tried on every mother; all sessions are when the program is published.
    """
    plan, found, unread = rows_as_plan(program)
    if plan is not None:
        found += _quick_remarks(plan, unread)
    found = [remark for remark in found if remark.where[: len(where)] == where]
    if not found and plan and not unread and where[0] == "sessions":
        found = _tried(plan, plan.sessions[where[1]])
    return [str(remark) for remark in found]


def session_draft(program, session, prescriptions):
    """The draft of `session` (a Session row) with `prescriptions` (plain data, as a plan has them)."""
    data = {
        name: getattr(session, name)
        for name in PlannedSession.__dataclass_fields__
        if name not in ("week", "prescriptions")
    }
    reader = Reader()
    data |= {"week": session.week and session.week.number, "prescriptions": prescriptions}
    part = reader.read(PlannedSession, data)
    where = ("sessions", session.key)
    if part is None or reader.problems:
        found = [Remark((*where, *problem.path), problem.reason) for problem in reader.problems]
        return SessionDraft(0, 0, [str(remark) for remark in found])
    return SessionDraft(part.minutes, part.short_form_minutes, _remarks_of(program, part))


def _remarks_of(program, part):
    """What the validator says of one session in the place of the written one."""
    plan, _found, unread = rows_as_plan(program)
    if plan is None:
        return []
    plan = replace(plan, sessions=plan.sessions | {part.key: part})
    found = [one for one in _quick_remarks(plan, unread) if one.where[:2] == ("sessions", part.key)]
    return [str(remark) for remark in found or _tried(plan, part)]


def _quick_remarks(plan, unread):
    """All remarks but those from trying every session on every mother, which takes long."""
    return remarks(plan, [*unread, IN_THE_MAKING])


def _tried(plan, session):
    """The remarks from trying this one session on every mother."""
    alone = replace(plan, sessions={session.key: session})
    return [Remark(*one) for one in adapting.check(Subject(alone, frozenset()))]


def prescription_data(row):
    """One row of the session's form as a plan has it; `row` maps the names of Prescription's fields to values."""
    tempo = {name: row.get(f"{name}_seconds") or 0 for name in ("lift", "hold", "lower", "relax")}
    dose = {name: row.get(name) for name in ("sets", "reps", "seconds")}
    dose |= {"rest_seconds": row.get("rest_seconds") or 0, "tempo": tempo if row.get("reps") else None}
    return {
        "exercise": row["exercise"].slug,
        "dose": dose,
        "sides": row.get("sides") or 1,
        "in_short_form": bool(row.get("in_short_form")),
    }


def parts_as_file(parts):
    """Parts by name as plain data for one file; photographs and videos do not travel in it."""
    parts = with_media_of(parts, {})
    return [{"where": list(where), "part": plain(part, whole=True)} for where, part in parts.items()]


def with_media_of(parts, written):
    """`parts` by name, each exercise with the photograph and video it has among the `written`, or none."""
    return {
        where: replace(part, photo=_media(written, where, "photo"), video=_media(written, where, "video"))
        if where[0] == "exercises"
        else part
        for where, part in parts.items()
    }


def _media(written, where, name):
    return getattr(written.get(where), name, None)
