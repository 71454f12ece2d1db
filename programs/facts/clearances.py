"""What a clinician checked and agreed to, as she recorded it."""

from dataclasses import dataclass

from django.utils import timezone

from programs.models import Clearance
from programs.rules.schedule import CAPS, Released, days_since, highest_phase
from programs.rules.screening import cleared_symptoms
from programs.rules.vocabulary import ClearedSymptom

CAPPING = {cap.flag for cap in CAPS if cap.released_by}


@dataclass(frozen=True)
class Cleared:
    """`symptoms` she may exercise with, and what was `recorded` that opens a phase."""

    symptoms: frozenset[ClearedSymptom]
    recorded: frozenset[Released]


def cleared_of(enrollment):
    """What is cleared for her now (one query).

    A pelvic health check opens a phase only when it is not older than the screening in force: what a later
    screening finds asks for a new check. The evidence base is silent here; this is the more careful reading.
    """
    given = {row.code: row.given_on for row in Clearance.objects.filter(enrollment=enrollment)}
    recorded = {code for code in Released if code in given}
    screened_on = timezone.localdate(enrollment.screening.completed_at)
    if Released.PELVIC_CHECK in recorded and given[Released.PELVIC_CHECK] < screened_on:
        recorded.remove(Released.PELVIC_CHECK)
    symptoms = {code for code in ClearedSymptom if code in given}
    return Cleared(
        symptoms=cleared_symptoms(enrollment.screening.flags) | symptoms, recorded=frozenset(recorded)
    )


def recorded_of(enrollment):
    """What was recorded that opens a phase; asks the database only where a phase waits for something (one query)."""
    if CAPPING.isdisjoint(enrollment.screening.flags):
        return frozenset()
    return cleared_of(enrollment).recorded


def highest_phase_of(enrollment, recorded, today):
    """The highest phase open to her on the date `today`, 0 to 4."""
    return highest_phase(enrollment.screening.flags, days_since(enrollment.birth_date, today), recorded)
