"""Clearances: what a clinician checked and agreed to, as the member recorded it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from programs.facts.journey import Journey
from programs.rules.check_in_rules import Baseline
from programs.rules.schedule import CAPS, Released, has_later_gates, highest_phase
from programs.rules.screening import cleared_symptoms
from programs.rules.vocabulary import ClearedSymptom

CAPPING = {cap.flag for cap in CAPS if cap.released_by}
MILD_SYMPTOMS = "mild_symptoms"  # the code of a Clearance: somebody has looked at mild, steady symptoms


@dataclass(frozen=True)
class Cleared:
    """`symptoms` the member may exercise with, and what was `recorded` that opens a phase."""

    symptoms: frozenset[ClearedSymptom]
    recorded: frozenset[Released]


def cleared_of(journey: Journey) -> Cleared:
    """Return what is cleared now (one query).

    A pelvic health check opens a phase only when it is not older than the screening in force: what a later
    screening finds asks for a new check. The evidence base is silent here; this is the more careful reading.
    """
    screening = journey.enrollment.screening
    given = {row.code: row.given_on for row in journey.clearances}
    recorded = {code for code in Released if code in given}
    screened_on = timezone.localdate(screening.completed_at)
    if Released.PELVIC_CHECK in recorded and given[Released.PELVIC_CHECK] < screened_on:
        recorded.remove(Released.PELVIC_CHECK)
    symptoms = {code for code in ClearedSymptom if code in given}
    return Cleared(symptoms=cleared_symptoms(screening.flags) | symptoms, recorded=frozenset(recorded))


def recorded_of(journey: Journey) -> frozenset[Released]:
    """Return what was recorded that opens a phase; asks only where a phase waits for something (one query)."""
    flags = journey.enrollment.screening.flags
    if CAPPING.isdisjoint(flags) and not has_later_gates(flags):
        return frozenset()
    return cleared_of(journey).recorded


def highest_phase_of(journey: Journey, recorded: Collection[Released]) -> int:
    """Return the highest phase open today, 0 to 4."""
    return highest_phase(journey.enrollment.screening.flags, journey.days_since_birth, recorded)


def baseline_of(journey: Journey) -> Baseline:
    """Return what is usual for the member: the levels, and what a clinician agreed to (one query)."""
    enrollment = journey.enrollment
    cleared = tuple(sorted(cleared_of(journey).symptoms))
    return Baseline(enrollment.baseline_leak, enrollment.baseline_heaviness, cleared)


def looked_at(journey: Journey) -> datetime | None:
    """Return when somebody last looked at mild, steady symptoms; None if nobody has (one query).

    A day that the member recorded counts to its end, but not beyond the moment of recording.
    """
    found = next((row for row in journey.clearances if row.code == MILD_SYMPTOMS), None)
    if found is None:
        return None
    day_after = found.given_on + timedelta(days=1)
    return min(
        timezone.make_aware(datetime.combine(day_after, time.min)), timezone.localtime(found.recorded_at)
    )
