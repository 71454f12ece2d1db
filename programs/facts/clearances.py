"""Clearances: what a clinician checked and agreed to, as the member recorded it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from common.prepared import Parameter, PreparedQuery
from programs.facts.local_time import local_moment
from programs.models import Clearance, Enrollment, SafetyHold, Screening
from programs.rules.check_in_rules import Baseline
from programs.rules.schedule import CAPS, Released, has_later_gates
from programs.rules.screening import SYMPTOM_OF_ANSWER, cleared_symptoms, evaluate_asked
from programs.rules.unlock_rules import SCREEN_WAIT
from programs.rules.vocabulary import ClearedSymptom

CAPPING = {cap.flag for cap in CAPS if cap.released_by}
MILD_SYMPTOMS = "mild_symptoms"  # the code of a Clearance: somebody has looked at mild, steady symptoms


# Rules of the check-ins that pause until a check, and the symptom that a clinician may agree to exercise with.
SYMPTOM_OF_RULE = {
    "PRE-C1": ClearedSymptom.BULGE,
    "POST-C1": ClearedSymptom.BULGE,
    "PRE-C2": ClearedSymptom.BOWEL_LEAK,
    "POST-C2": ClearedSymptom.BOWEL_LEAK,
    "PRE-C7": ClearedSymptom.BLEEDING,
    "POST-C5": ClearedSymptom.BLEEDING,
}
# Those that pause until the symptom has settled: the therapist may know it and agree, too.
SYMPTOM_THAT_SETTLES = {
    "PRE-C3": ClearedSymptom.PAIN7,
    "POST-C3": ClearedSymptom.PAIN7,
    "PRE-C4": ClearedSymptom.LEAK3,
    "POST-C4": ClearedSymptom.LEAK3,
    "PRE-C5": ClearedSymptom.BULGE,
}


@dataclass(frozen=True)
class Cleared:
    """What is usual for the member, with the symptoms cleared, and what was `recorded` that opens a phase.

    `looked_at` is when somebody last looked at mild, steady symptoms; None if nobody has.
    """

    baseline: Baseline
    recorded: frozenset[Released]
    looked_at: datetime | None


_CLEARANCES = PreparedQuery(lambda: Clearance.objects.filter(enrollment=Parameter("enrollment")))


def load_clearances(enrollment: Enrollment) -> list[Clearance]:
    """Load the clearances of an enrollment, one of each code, the newest first (one query)."""
    return _CLEARANCES(enrollment=enrollment.pk)


def load_cleared(enrollment: Enrollment) -> Cleared:
    """Load what is cleared now (one query)."""
    return cleared_by(enrollment, load_clearances(enrollment))


def cleared_by(enrollment: Enrollment, rows: Sequence[Clearance]) -> Cleared:
    """Return what is cleared by the screening in force and these clearances.

    A pelvic health check opens a phase only when it is not older than the screening in force: what a later
    screening finds asks for a new check. The evidence base is silent here; this is the more careful reading.
    """
    given, screening = {row.code: row for row in rows}, enrollment.screening
    recorded = {code for code in Released if code in given}
    screened_on = timezone.localdate(screening.completed_at)
    if Released.PELVIC_CHECK in recorded and given[Released.PELVIC_CHECK].given_on < screened_on:
        recorded.remove(Released.PELVIC_CHECK)
    looked, agreed = given.get(MILD_SYMPTOMS), {code for code in ClearedSymptom if code in given}
    looked_at = _end_of_day(looked) if looked else None
    symptoms = tuple(sorted(agreed | cleared_symptoms(screening.flags)))
    usual = Baseline(enrollment.baseline_leak, enrollment.baseline_heaviness, symptoms)
    return Cleared(usual, frozenset(recorded), looked_at)


def symptoms_behind(hold: SafetyHold, screening: Screening) -> tuple[ClearedSymptom, ...]:
    """Return the symptoms behind `hold` that a clinician may clear; none where anything else is behind it, too.

    `screening` is the one in force: where that set the hold, it says which answers did.
    """
    found: list[ClearedSymptom | None] = []
    for rule in hold.rules_matched:
        if rule == SCREEN_WAIT:
            found += [SYMPTOM_OF_ANSWER.get(stop) for stop in evaluate_asked(screening.answers).stops] or [
                None
            ]
        else:
            found.append((SYMPTOM_OF_RULE | SYMPTOM_THAT_SETTLES).get(rule))
    known = [symptom for symptom in found if symptom]
    return tuple(dict.fromkeys(known)) if len(known) == len(found) else ()


def phase_waits_for_a_check(enrollment: Enrollment) -> bool:
    """Whether the screening in force keeps a phase closed that a recorded check may open."""
    flags = enrollment.screening.flags
    return has_later_gates(flags) or not CAPPING.isdisjoint(flags)


def _end_of_day(row: Clearance) -> datetime:
    """Return the end of the day that the member recorded, but not later than the moment of recording."""
    day_after = row.given_on + timedelta(days=1)
    return min(timezone.make_aware(datetime.combine(day_after, time.min)), local_moment(row.recorded_at))
