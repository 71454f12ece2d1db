"""Store a self-check along the midline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programs.models import Enrollment, SelfCheck
from programs.rules import RULES_VERSION
from programs.rules.concerns import self_check_concerns
from programs.rules.schedule import days_since
from programs.rules.self_check import evaluate_self_check, self_check_opens_in
from programs.rules.unlock_rules import SCREEN_EMERGENCY, SCREEN_WAIT
from programs.rules.vocabulary import Disposition, Outcome
from programs.services.concern import open_concerns
from programs.services.flags import mark_flags
from programs.services.hold import begin_hold, hold_of
from programs.services.locking import locked

HOLDS = {
    Disposition.URGENT_NOW: ((SCREEN_EMERGENCY,), Outcome.EMERGENCY),
    Disposition.WAIT_CLINICIAN: ((SCREEN_WAIT,), Outcome.PAUSE_CLINICIAN),
}


class TooSoon(Exception):
    """It is too soon after the birth, or within three weeks of the last self-check."""


@transaction.atomic
def record_self_check(
    enrollment: Enrollment, client_id: UUID, answers: Mapping[str, Any], now: datetime
) -> SelfCheck:
    """Store a self-check and evaluate it, with its safety flag, hold and concern. Idempotent by `client_id`.

    Return the SelfCheck. Raise AnswerError, TooSoon.
    """
    enrollment = locked(enrollment)
    known = SelfCheck.objects.filter(enrollment=enrollment, client_id=client_id).first()
    if known:
        return known
    today = timezone.localdate(now)
    days = days_since(enrollment.birth_date, today)
    if opens_in(enrollment, today):
        raise TooSoon
    result = evaluate_self_check(answers, days)
    row = SelfCheck.objects.create(
        enrollment=enrollment,
        client_id=client_id,
        made_at=now,
        answers=answers,
        disposition=result.disposition,
        urgency=result.urgency,
        flags=sorted(result.flags),
        advice=list(result.advice),
        rules_version=RULES_VERSION,
    )
    mark_flags(enrollment, result.flags, now)
    open_concerns(enrollment.participant_id, self_check_concerns(result), now, self_check=row)
    if result.disposition in HOLDS:
        locks, outcome = HOLDS[result.disposition]
        begin_hold(enrollment, hold_of(enrollment.participant), locks, outcome, now)
    return row


def opens_in(enrollment: Enrollment, today: date) -> int:
    """Return the days from `today` until the self-check may be done, 0 when it may be done now (one query)."""
    last = SelfCheck.objects.filter(enrollment=enrollment).values_list("made_at", flat=True).first()
    since = None if last is None else (today - timezone.localdate(last)).days
    days = days_since(enrollment.birth_date, today)
    return self_check_opens_in(enrollment.birth_type, days, since)
