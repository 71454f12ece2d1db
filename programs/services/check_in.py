"""The verb that keeps a check-in, and with it, in one transaction, all that the rules make of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from programs.facts.check_in_context import after_context, before_context, safety_flags
from programs.facts.journey import journey_of, past_check_in
from programs.models import CheckIn, SessionLog
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
from programs.services.flags import keep_flags
from programs.services.hold import begin_hold, end_hold_if_met
from programs.services.locking import locked
from programs.services.session_log import count_again


@dataclass(frozen=True)
class CheckInAsMade:
    """What she reports: `answers` under the clinical names, all of them, and the session it belongs to."""

    client_id: UUID
    kind: CheckInKind
    answers: dict
    made_at: datetime
    session_key: str = ""


@transaction.atomic
def record_check_in(enrollment, made, now):
    """Keep a check-in and judge it; the same `client_id` again changes nothing. Returns the CheckIn.

    In the same transaction: the hold it sets or ends, the concerns it opens, the safety flags it begins or
    ends, and the decision to pause. Raises AnswerError for an answer missing or unknown; nothing is kept then.
    """
    enrollment = locked(enrollment)
    known = CheckIn.objects.filter(enrollment=enrollment, client_id=made.client_id).first()
    if known:
        return known
    journey = journey_of(enrollment, made.made_at)
    log = _log_of(enrollment, made)
    result, context = _judge(journey, made, log)
    row = _keep(enrollment, made, log, result, context, _mode(journey, made, log, result), now)
    keep_flags(enrollment, safety_flags(journey, past_check_in(row)))
    _follow(journey.with_check_in(row), row, result, now)
    if row.kind == CheckInKind.BEFORE and row.made_at < now:
        count_again(enrollment, row.made_at, now)
    return row


@transaction.atomic
def record_emergency(enrollment, made, now):
    """Keep a check-in that an emergency cuts short, with the answers given until then; sent twice it is one.

    She is shown help at once and asked nothing more. Returns the CheckIn, or None where no answer given is an
    emergency. Raises AnswerError for an answer that is unknown.
    """
    result = emergency_so_far(made.kind, made.answers)
    if result is None:
        return None
    enrollment = locked(enrollment)
    known = CheckIn.objects.filter(enrollment=enrollment, client_id=made.client_id).first()
    if known:
        return known
    log = _log_of(enrollment, made)
    row = _keep(enrollment, made, log, result, {}, result.outcome, now, is_complete=False)
    _follow(journey_of(enrollment, made.made_at), row, result, now)
    return row


def _judge(journey, made, log) -> tuple[CheckInResult, dict]:
    """What the rules make of it, and the context they saw."""
    if made.kind == CheckInKind.NEXT_MORNING:
        streak = next_morning_streak(journey.history_before, made.answers, journey.now)
        return evaluate_next_morning(made.answers, streak), {"worseStillStreak": streak}
    if made.kind == CheckInKind.AFTER:
        context = after_context(journey, made.answers, Outcome(log.outcome) if log else Outcome.GO)
        return evaluate_after(made.answers, context), context.codes()
    context = before_context(journey, made.answers)
    return evaluate_before(made.answers, context), context.codes()


def _mode(journey, made, log, result):
    """How the session is done: of one to come with what the last one left behind, of one done as it was."""
    if made.kind == CheckInKind.AFTER:
        return Outcome(log.outcome) if log else Outcome.GO
    before = in_force(journey.history_before, journey.now, journey.last_finished, journey.unlocked_at)
    return carry_over(before, result.outcome)


def _keep(enrollment, made, log, result, context, mode, now, is_complete=True):
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


def _follow(journey, row, result, now):
    """The hold, the concerns and the decision that a check-in brings about."""
    open_concerns(row.enrollment.participant_id, check_in_concerns(result), row.made_at, check_in=row)
    if locks := locking_rules(result.rules):
        begin_hold(journey, locks, result.outcome, result.red_flags, check_in=row)
        if row.kind == CheckInKind.AFTER and row.is_complete:
            decide_at_once(journey)
    elif row.is_complete:
        end_hold_if_met(journey.at(now))


def _log_of(enrollment, made):
    """The session an after-check is about: the last one of that key done until then."""
    if made.kind == CheckInKind.BEFORE:
        return None
    logs = SessionLog.objects.filter(enrollment=enrollment, started_at__lte=made.made_at)
    if made.session_key:
        logs = logs.filter(session_key=made.session_key)
    return logs.order_by("-finished_at").first()
