"""The whole plan, with its lookups by week, phase, key and slug."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from common.unchanging import Unchanging
from programs.rules.prescribing import ExerciseFacts
from programs.rules.vocabulary import SessionKind

from .parts import About, PlannedExercise, PlannedPhase, PlannedSession, PlannedWeek
from .reading import Reader, Unreadable
from .writing import plain


class UnknownSession(LookupError):
    """The plan has no session with this key."""


@dataclass(frozen=True)
class Plan(Unchanging):
    """A program with everything needed to follow it. Phases and weeks are in order."""

    about: About
    phases: tuple[PlannedPhase, ...]
    weeks: tuple[PlannedWeek, ...]
    sessions: Mapping[str, PlannedSession]
    exercises: Mapping[str, PlannedExercise]

    @classmethod
    def from_json(cls, data: object) -> Plan:
        """Return the plan that `to_json` wrote, by older code too. Raise Unreadable if it is none."""
        reader = Reader()
        plan: Plan = reader.read(cls, data)
        if reader.problems:
            raise Unreadable(reader.problems)
        return plan

    def to_json(self) -> dict[str, Any]:
        """Return the plan as plain data for JSON; fields at their default are omitted."""
        data: dict[str, Any] = plain(self)
        return data

    @property
    def total_weeks(self) -> int:
        """Return the number of weeks."""
        return len(self.weeks)

    def week(self, number: int) -> PlannedWeek:
        """Return week `number`, from 1. Raise LookupError if there is none."""
        return self._weeks[number]

    def has_week(self, number: int) -> bool:
        """Return whether there is a week `number`."""
        return number in self._weeks

    def phase(self, number: int) -> PlannedPhase:
        """Return phase `number`, from 1. Raise LookupError if there is none."""
        return self._phases[number]

    def phase_of(self, week: int) -> PlannedPhase:
        """Return the phase of week `week`. Raise LookupError if there is none."""
        return self.phase(self.week(week).phase)

    def weeks_of_phase(self, phase: int) -> tuple[PlannedWeek, ...]:
        """Return the weeks of phase number `phase`, in order."""
        return tuple(week for week in self.weeks if week.phase == phase)

    def session(self, key: str) -> PlannedSession:
        """Return the session with this key. Raise UnknownSession if there is none."""
        try:
            return self.sessions[key]
        except KeyError as error:
            raise UnknownSession(key) from error

    def sessions_of_week(self, week: int) -> tuple[PlannedSession, ...]:
        """Return the sessions of a week in order A, B, C, without the daily practice."""
        return self._by_week.get((week, SessionKind.SESSION), ())

    def daily_of_week(self, week: int) -> PlannedSession:
        """Return the daily practice of a week. Raise UnknownSession if there is none."""
        return self._first(week, SessionKind.DAILY)

    @property
    def rest(self) -> PlannedSession:
        """Return the practice for a day of rest and breathing only."""
        return self._first(None, SessionKind.REST)

    @property
    def early(self) -> PlannedSession:
        """Return the practice for the first 14 days after birth."""
        return self._first(None, SessionKind.EARLY)

    @property
    def relaxation(self) -> PlannedSession:
        """Return the let-go practice: the daily practice with pelvic floor tension."""
        return self._first(None, SessionKind.RELAXATION)

    def exercise(self, slug: str) -> PlannedExercise:
        """Return the exercise with this slug. Raise KeyError if there is none."""
        return self.exercises[slug]

    @cached_property
    def exercise_facts(self) -> Mapping[str, ExerciseFacts]:
        """Return what the rules need of every exercise, by slug."""
        return {slug: exercise.facts for slug, exercise in self.exercises.items()}

    @cached_property
    def without_baby(self) -> Plan:
        """Return a copy with the texts for a member whose baby is not with them."""
        return replace(
            self,
            about=self.about.without_baby,
            weeks=tuple(week.without_baby for week in self.weeks),
            exercises={slug: exercise.without_baby for slug, exercise in self.exercises.items()},
        )

    def volume_note_of(self, week: int) -> str:
        """Return the note on a lower amount of work in week `week`; "" unless its sessions are shorter than the week before."""
        if not self.has_week(week - 1) or self._seconds_of(week) >= self._seconds_of(week - 1):
            return ""
        return self.about.volume_note

    def _seconds_of(self, week: int) -> int:
        return sum(session.seconds for session in self.sessions_of_week(week))

    @cached_property
    def _weeks(self) -> Mapping[int, PlannedWeek]:
        return {week.number: week for week in self.weeks}

    @cached_property
    def _phases(self) -> Mapping[int, PlannedPhase]:
        return {phase.number: phase for phase in self.phases}

    @cached_property
    def _by_week(self) -> Mapping[tuple[int | None, SessionKind], tuple[PlannedSession, ...]]:
        found: dict[tuple[int | None, SessionKind], tuple[PlannedSession, ...]] = {}
        for session in sorted(self.sessions.values(), key=lambda one: one.key):
            place = (session.week, session.kind)
            found[place] = (*found.get(place, ()), session)
        return found

    def _first(self, week: int | None, kind: SessionKind) -> PlannedSession:
        found = self._by_week.get((week, kind))
        if not found:
            raise UnknownSession(f"{kind} of week {week}" if week else str(kind))
        return found[0]
