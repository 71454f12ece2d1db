"""The verb that keeps a check-in, and with it, in one transaction, all that the rules make of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from programs.facts.check_in_context import reported_by
from programs.models import CheckIn, SessionLog
from programs.rules import RULES_VERSION
from programs.rules.check_in import (
    CheckInResult,
    carry_over,
    emergency_so_far,
    evaluate_after,
    evaluate_before,
    evaluate_next_morning,
)
from programs.rules.concerns import check_in_concerns
from programs.rules.history import PastCheckIn, carried
from programs.rules.unlocking import locking_rules
from programs.rules.vocabulary import Advice, CheckInKind, Outcome
from programs.services.concern import open_concerns
from programs.services.decision import decide
from programs.services.flags import keep_flags
from programs.services.hold import begin_hold, end_hold_if_met
from programs.services.locking import locked


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
    reported = reported_by(enrollment, made.made_at)
    log = _log_of(enrollment, made)
    result, context = _judge(reported, made, log)
    row = _keep(enrollment, made, log, result, context, _mode(reported, made, log, result), now)
    keep_flags(enrollment, reported.safety_flags(_as_past(reported, row)))
    _follow(enrollment, row, result, reported.hold, now)
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
    _follow(enrollment, row, result, None, now)
    return row


def _judge(reported, made, log) -> tuple[CheckInResult, dict]:
    """What the rules make of it, and the context they saw."""
    if made.kind == CheckInKind.NEXT_MORNING:
        streak = reported.next_morning_streak(made.answers)
        return evaluate_next_morning(made.answers, streak), {"worseStillStreak": streak}
    if made.kind == CheckInKind.AFTER:
        context = reported.after_context(made.answers, Outcome(log.outcome) if log else Outcome.GO)
        return evaluate_after(made.answers, context), context.codes()
    context = reported.before_context(made.answers)
    return evaluate_before(made.answers, context), context.codes()


def _mode(reported, made, log, result):
    """How the session is done: of one to come with what the last one left behind, of one done as it was."""
    if made.kind == CheckInKind.AFTER:
        return Outcome(log.outcome) if log else Outcome.GO
    last = carried(reported.history, reported.unlocked_at)
    if last is None:
        return result.outcome
    hours = (reported.at - last.at).total_seconds() / 3600
    return carry_over(last.outcome, last.advice, hours, result.outcome)


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


def _follow(enrollment, row, result, hold, now):
    """The hold, the concerns and the decision that a check-in brings about; `hold` is the one in force before."""
    open_concerns(enrollment.participant_id, check_in_concerns(result), row.made_at, check_in=row)
    if locks := locking_rules(result.rules):
        begin_hold(enrollment, locks, result.outcome, row.made_at, result.red_flags, check_in=row)
        if row.kind == CheckInKind.AFTER and row.is_complete:
            decide(enrollment, row.made_at)
    elif hold:
        end_hold_if_met(enrollment, now, hold)


def _log_of(enrollment, made):
    """The session an after-check is about: the last one of that key done until then."""
    if made.kind == CheckInKind.BEFORE:
        return None
    logs = SessionLog.objects.filter(enrollment=enrollment, started_at__lte=made.made_at)
    if made.session_key:
        logs = logs.filter(session_key=made.session_key)
    return logs.order_by("-finished_at").first()


def _as_past(reported, row):
    return PastCheckIn(
        kind=CheckInKind(row.kind),
        at=reported.at,
        answers=row.answers,
        outcome=Outcome(row.outcome),
        advice=tuple(Advice(code) for code in row.advice),
        session_mode=Outcome(row.mode),
    )
