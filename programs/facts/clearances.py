"""What a clinician checked and agreed to, as the member recorded it."""

from dataclasses import dataclass

from django.utils import timezone

from programs.rules.schedule import CAPS, Released, highest_phase
from programs.rules.screening import cleared_symptoms
from programs.rules.vocabulary import ClearedSymptom

CAPPING = {cap.flag for cap in CAPS if cap.released_by}


@dataclass(frozen=True)
class Cleared:
    """`symptoms` the member may exercise with, and what was `recorded` that opens a phase."""

    symptoms: frozenset[ClearedSymptom]
    recorded: frozenset[Released]


def cleared_of(journey):
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


def recorded_of(journey):
    """Return what was recorded that opens a phase; asks only where a phase waits for something (one query)."""
    if CAPPING.isdisjoint(journey.enrollment.screening.flags):
        return frozenset()
    return cleared_of(journey).recorded


def highest_phase_of(journey, recorded):
    """Return the highest phase open today, 0 to 4."""
    return highest_phase(journey.enrollment.screening.flags, journey.days_since_birth, recorded)
