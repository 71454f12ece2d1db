"""Actions of the therapist for one member: each stored with who, when and why, and readable by the member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.members import User
from programs.facts.clearances import MILD_SYMPTOMS, symptoms_behind
from programs.facts.decisions import load_decisions
from programs.facts.journey import whole_journey_of
from programs.models import CareAction, Concern, Enrollment, Participant
from programs.rules.placing import by_therapist
from programs.rules.unlock_rules import THERAPIST
from programs.rules.vocabulary import Outcome
from programs.services.concern import reports_of, settle_concern
from programs.services.decision import place
from programs.services.hold import begin_hold, hold_of, place_after_hold
from programs.services.life_changes import last_answer, record_clearance
from programs.services.locking import locked

Kind = CareAction.Kind
MILD_LEAK = 2  # PRE-Z3, POST-Z4; 3 asks for a clinician


class NothingToDo(Exception):
    """The action `kind` does not fit the member's present state."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


class DoneSince(Exception):
    """Something was done for the member that the therapist had not seen when she chose what to do."""


class ReportedSince(Exception):
    """The member has reported something that the therapist had not seen when she chose what to do."""


# What may only be done with everything in view that the member has reported.
NEEDS_ALL_SEEN = {Kind.RESOLVE, Kind.UNLOCK, Kind.AGREE, Kind.CLEAR}


@dataclass(frozen=True)
class Care:
    """What the therapist `by` does: `kinds` in this order, the `note` that says why, and the concern, if any.

    `seen` is `reports_of` the member as it was when the page with the form was made, `newest` her `newest_action_of`;
    None where there was no page.
    """

    client_id: UUID
    kinds: tuple[Kind, ...]
    note: str
    by: User
    concern: Concern | None = None
    seen: int | None = None
    newest: int | None = None


def newest_action_of(participant_id: int) -> int:
    """Return the number of the newest action for a member, 0 without any; it only ever grows (one query)."""
    found = CareAction.objects.filter(participant_id=participant_id).aggregate(newest=Max("pk"))
    return found["newest"] or 0


@transaction.atomic
def care_for(participant: Participant, care: Care, now: datetime) -> list[CareAction]:
    """Carry out and store all actions of `care`. Idempotent by `client_id`. Return the new CareActions.

    Raise NothingToDo, with nothing done, where one of its kinds does not fit, and, where it has changed since the page
    was made, DoneSince for what was done for the member and ReportedSince for what she reported.
    """
    participant = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    # Locked, so that no report comes in between.
    Enrollment.objects.open_of(participant.user_id).select_for_update(of=("self",)).first()
    # Another note makes it another form: sent from a page that the browser went back to.
    before = CareAction.objects.filter(client_id=care.client_id)
    known = {action.kind for action in before if action.note == care.note}
    new = [kind for kind in care.kinds if kind not in known]
    if new and care.newest not in (None, newest_action_of(participant.pk)):
        raise DoneSince
    is_stale = care.seen is not None and care.seen != reports_of(participant.pk)
    if is_stale and not NEEDS_ALL_SEEN.isdisjoint(new):
        raise ReportedSince
    for kind in new:
        if kind in _ACTIONS:
            _ACTIONS[kind](participant, care, now)
    return CareAction.objects.bulk_create(
        CareAction(
            client_id=care.client_id,
            participant=participant,
            concern=care.concern,
            kind=kind,
            by=care.by,
            by_name=str(care.by),
            at=now,
            note=care.note,
        )
        for kind in new
    )


def _resolve(participant: Participant, care: Care, now: datetime) -> None:
    if care.concern is None or care.concern.participant_id != participant.pk:
        raise NothingToDo(Kind.RESOLVE)
    settle_concern(care.concern, care.by, care.note, now)


def _step_back(participant: Participant, care: Care, now: datetime) -> None:
    enrollment = _locked(participant, Kind.STEP_BACK)
    week = enrollment.week
    if week == 1:
        raise NothingToDo(Kind.STEP_BACK)
    journey, decisions = whole_journey_of(enrollment, now), load_decisions(enrollment)
    place(journey, decisions, by_therapist(week), {"week": week})


def _hold(participant: Participant, care: Care, now: datetime) -> None:
    enrollment = _locked(participant, Kind.HOLD)
    begin_hold(enrollment, hold_of(participant), (THERAPIST,), Outcome.PAUSE_CLINICIAN, now)


def _unlock(participant: Participant, care: Care, now: datetime) -> None:
    """End the hold by the therapist's decision, whatever is still missing; the rules place the member."""
    found = Enrollment.objects.open_of(participant.user_id).first()
    enrollment = locked(found) if found else None
    hold = hold_of(participant)
    if hold is None:
        raise NothingToDo(Kind.UNLOCK)
    hold.ended_at = now
    hold.met = hold.met | {"therapist_agreed": True}
    hold.save(update_fields=["ended_at", "met"])
    if enrollment:
        place_after_hold(whole_journey_of(enrollment, now), hold)


def _agree(participant: Participant, care: Care, now: datetime) -> None:
    """Record the symptoms behind the hold as cleared by the therapist, and end it."""
    enrollment, hold = _locked(participant, Kind.AGREE), hold_of(participant)
    symptoms = symptoms_behind(hold, enrollment.screening) if hold else ()
    if not symptoms:
        raise NothingToDo(Kind.AGREE)
    for symptom in symptoms:
        record_clearance(enrollment, symptom, timezone.localdate(now), now)
    _unlock(participant, care, now)


def _clear(participant: Participant, care: Care, now: datetime) -> None:
    """Record that the therapist has looked at mild, steady symptoms and agrees to go on (symptomCleared).

    A leak that began after the start of the phase is usual from now on, as far as it is mild: else nothing that the
    therapist does would open the next week (progression.tolerance, "leak at most baselineLeak").
    """
    enrollment = _locked(participant, Kind.CLEAR)
    record_clearance(enrollment, MILD_SYMPTOMS, timezone.localdate(now), now)
    leak = last_answer(enrollment, "leak", enrollment.baseline_leak)
    if enrollment.baseline_leak < leak <= MILD_LEAK:
        enrollment.baseline_leak = leak
        enrollment.save(update_fields=["baseline_leak"])


_ACTIONS: dict[Kind, Callable[[Participant, Care, datetime], None]] = {
    Kind.RESOLVE: _resolve,
    Kind.STEP_BACK: _step_back,
    Kind.HOLD: _hold,
    Kind.UNLOCK: _unlock,
    Kind.AGREE: _agree,
    Kind.CLEAR: _clear,
}


def _locked(participant: Participant, kind: Kind) -> Enrollment:
    """Return the participant's open enrollment, locked. Raise NothingToDo without one."""
    found = Enrollment.objects.open_of(participant.user_id).first()
    if found is None:
        raise NothingToDo(kind)
    return locked(found)
