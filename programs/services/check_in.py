"""Store a check-in and, in the same transaction, everything that follows from it by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from programs.facts.check_in_context import after_context, before_context, safety_flags
from programs.facts.journey import Journey, journey_of, past_check_in
from programs.models import CheckIn, Enrollment, SessionLog
from programs.rules import RULES_VERSION
from programs.rules.carry_over import carry_over, in_force
from programs.rules.check_in import (
    CheckInResult,
    emergency_so_far,
    evaluate_after,
    evaluate_before,
    evaluate_next_morning,
)
from programs.rules.concerns import check_in_concerns
from programs.rules.contexts import next_morning_streak
from programs.rules.unlocking import locking_rules
from programs.rules.vocabulary import CheckInKind, Outcome
from programs.services.concern import open_concerns
from programs.services.decision import decide_at_once
from programs.services.flags import store_flags
from programs.services.hold import begin_hold, end_hold_if_met
from programs.services.locking import locked
from programs.services.session_log import count_again


@dataclass(frozen=True)
class CheckInAsMade:
    """A report of a member: all `answers` under the clinical names, and the session it belongs to."""

    client_id: UUID
    kind: CheckInKind
    answers: dict[str, Any]
    made_at: datetime
    session_key: str = ""


@transaction.atomic
def record_check_in(enrollment: Enrollment, made: CheckInAsMade, now: datetime) -> CheckIn:
    """Store a check-in and evaluate it. Idempotent by `client_id`. Return the CheckIn.

    In the same transaction: the hold it sets or ends, the concerns it opens, the safety flags it begins or
    ends, and the decision to pause. Raise AnswerError for an answer missing or unknown; nothing is stored then.
    """
    enrollment = locked(enrollment)
    known = CheckIn.objects.filter(enrollment=enrollment, client_id=made.client_id).first()
    if known:
        return known
    journey = journey_of(enrollment, made.made_at)
    log = _log_of(enrollment, made)
    result, context = _evaluate(journey, made, log)
    row = _store(enrollment, made, log, result, context, _mode(journey, made, log, result), now)
    store_flags(enrollment, safety_flags(journey, past_check_in(row)))
    _follow(journey.with_check_in(row), row, result, now)
    if row.kind == CheckInKind.BEFORE and row.made_at < now:
        count_again(enrollment, row.made_at, now)
    return row


@transaction.atomic
def record_emergency(enrollment: Enrollment, made: CheckInAsMade, now: datetime) -> CheckIn | None:
    """Store a check-in that an emergency cuts short, with the answers given until then. Idempotent by `client_id`.

    The member sees help at once and no further question. Return the CheckIn, or None where no answer given is an
    emergency. Raise AnswerError for an answer that is unknown.
    """
    result = emergency_so_far(made.kind, made.answers)
    if result is None:
        return None
    enrollment = locked(enrollment)
    known = CheckIn.objects.filter(enrollment=enrollment, client_id=made.client_id).first()
    if known:
        return known
    log = _log_of(enrollment, made)
    row = _store(enrollment, made, log, result, {}, result.outcome, now, is_complete=False)
    _follow(journey_of(enrollment, made.made_at), row, result, now)
    return row


def _evaluate(
    journey: Journey, made: CheckInAsMade, log: SessionLog | None
) -> tuple[CheckInResult, dict[str, Any]]:
    """Return the result of the rules and the context it was evaluated in."""
    if made.kind == CheckInKind.NEXT_MORNING:
        streak = next_morning_streak(journey.history_before, made.answers, journey.now)
        return evaluate_next_morning(made.answers, streak), {"worseStillStreak": streak}
    if made.kind == CheckInKind.AFTER:
        after = after_context(journey, made.answers, Outcome(log.outcome) if log else Outcome.GO)
        return evaluate_after(made.answers, after), after.codes()
    before = before_context(journey, made.answers)
    return evaluate_before(made.answers, before), before.codes()


def _mode(journey: Journey, made: CheckInAsMade, log: SessionLog | None, result: CheckInResult) -> Outcome:
    """Return how the session is done: a coming one with what is in force from before, a finished one as it was."""
    if made.kind == CheckInKind.AFTER:
        return Outcome(log.outcome) if log else Outcome.GO
    before = in_force(journey.history_before, journey.now, journey.last_finished, journey.unlocked_at)
    return carry_over(before, result.outcome)


def _store(
    enrollment: Enrollment,
    made: CheckInAsMade,
    log: SessionLog | None,
    result: CheckInResult,
    context: Mapping[str, Any],
    mode: Outcome,
    now: datetime,
    is_complete: bool = True,
) -> CheckIn:
    return CheckIn.objects.create(
        enrollment=enrollment,
        client_id=made.client_id,
        kind=made.kind,
        session_key=made.session_key,
        log=log,
        week=enrollment.week,
        made_at=made.made_at,
        recorded_at=now,
        is_complete=is_complete,
        answers=made.answers,
        context=context,
        outcome=result.outcome,
        mode=mode,
        contact_within=result.contact_within or "",
        advice=list(result.advice),
        rules_matched=list(result.rules),
        red_flags=list(result.red_flags),
        rules_version=RULES_VERSION,
    )


def _follow(journey: Journey, row: CheckIn, result: CheckInResult, now: datetime) -> None:
    """Apply the hold, the concerns and the decision that follow from a check-in."""
    open_concerns(row.enrollment.participant_id, check_in_concerns(result), row.made_at, check_in=row)
    if locks := locking_rules(result.rules):
        begin_hold(journey, locks, result.outcome, result.red_flags, check_in=row)
        if row.kind == CheckInKind.AFTER and row.is_complete:
            decide_at_once(journey)
    elif row.is_complete:
        end_hold_if_met(journey.at(now))


def _log_of(enrollment: Enrollment, made: CheckInAsMade) -> SessionLog | None:
    """Return the session that an after-check is about: the last one of that key until then."""
    if made.kind == CheckInKind.BEFORE:
        return None
    logs = SessionLog.objects.filter(enrollment=enrollment, started_at__lte=made.made_at)
    if made.session_key:
        logs = logs.filter(session_key=made.session_key)
    return logs.order_by("-finished_at").first()
