"""The places where a copy of a session or a week may be published, and the parts that a copy is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from programs.plan import Plan, PlannedSession, PlannedWeek, Where, remarks
from programs.plan.checks.course import LETTERS, WEEKS
from programs.rules.vocabulary import SessionKind

Part = PlannedSession | PlannedWeek
Unread = Collection[Where]


@dataclass(frozen=True)
class CopyTarget:
    """A place for a copy: its path, the parts of the copy by path, and the part it would replace, if any."""

    where: Where
    parts: Mapping[Where, Part]
    replaces: Part | None

    @property
    def key(self) -> str:
        """Return a text that names the place: the key of a session, or the number of a week."""
        return str(self.where[1])


def session_targets(plan: Plan, key: str, unread: Unread = ()) -> list[CopyTarget]:
    """Return the places where a copy of this session may be published, in order.

    A week has a session for each letter and a daily practice, and any other session exists once.
    """
    session = plan.sessions.get(key)
    if session is None:
        return []
    targets = [_session_target(plan, copy) for copy in _copies(plan, session) if copy.key != key]
    return [target for target in targets if _may_be_published(plan, target, unread)]


def week_targets(plan: Plan, number: int, unread: Unread = ()) -> list[CopyTarget]:
    """Return the places where a copy of this week with its sessions may be published, in order."""
    if not plan.has_week(number):
        return []
    targets = (
        _week_target(plan, plan.week(number), other) for other in range(1, WEEKS + 1) if other != number
    )
    return [target for target in targets if _may_be_published(plan, target, unread)]


def session_key(week: int, letter: str) -> str:
    """Return the key of a session by its week and letter; a week's daily practice has no letter."""
    return f"w{week:02}-{letter.lower() or 'daily'}"


def _copies(plan: Plan, session: PlannedSession) -> Iterator[PlannedSession]:
    letters = {SessionKind.SESSION: LETTERS, SessionKind.DAILY: ("",)}.get(session.kind, ())
    for week in plan.weeks:
        for letter in letters:
            yield _copy(session, week.number, letter)


def _copy(session: PlannedSession, week: int, letter: str) -> PlannedSession:
    return replace(session, key=session_key(week, letter), week=week, letter=letter)


def _session_target(plan: Plan, copy: PlannedSession) -> CopyTarget:
    where: Where = ("sessions", copy.key)
    return CopyTarget(where, {where: copy}, plan.sessions.get(copy.key))


def _week_target(plan: Plan, week: PlannedWeek, number: int) -> CopyTarget:
    parts: dict[Where, Part] = {
        ("weeks", number): replace(week, number=number, phase=_phase_at(plan, number))
    }
    for session in plan.sessions.values():
        if session.week == week.number:
            copy = _copy(session, number, session.letter)
            parts["sessions", copy.key] = copy
    return CopyTarget(("weeks", number), parts, plan.week(number) if plan.has_week(number) else None)


def _phase_at(plan: Plan, number: int) -> int:
    """Return the phase of week `number`, or of the week before where it is missing."""
    before = [week.phase for week in plan.weeks if week.number <= number]
    return before[-1] if before else plan.phases[0].number


def _may_be_published(plan: Plan, target: CopyTarget, unread: Unread) -> bool:
    """Whether validation has nothing to say about the copy. What cannot be read is not replaced: no version keeps it."""
    if any(where in unread for where in target.parts):
        return False
    weeks = {week.number: week for week in plan.weeks}
    sessions = dict(plan.sessions)
    for part in target.parts.values():
        if isinstance(part, PlannedWeek):
            weeks[part.number] = part
        else:
            sessions[part.key] = part
    there = replace(plan, weeks=tuple(weeks[number] for number in sorted(weeks)), sessions=sessions)
    return not any(remark.where[:2] in target.parts for remark in remarks(there))
