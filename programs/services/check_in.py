"""Store a check-in and, in the same transaction, everything that follows from it by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from common.prepared import PreparedInsert
from common.transactions import prepared_transaction
from programs.facts.check_in_context import Judged, judge_check_in, session_of
from programs.facts.clearances import Cleared, load_cleared
from programs.facts.decisions import load_decisions
from programs.facts.journey import (
    WholeJourney,
    at_moment,
    whole_journey_of,
    with_check_in,
)
from programs.models import CheckIn, Enrollment, SessionLog
from programs.rules import RULES_VERSION
from programs.rules.check_in import CheckInResult, emergency_so_far
from programs.rules.concerns import check_in_concerns
from programs.rules.unlocking import locking_rules
from programs.rules.vocabulary import CheckInKind, Outcome
from programs.services.concern import open_concerns
from programs.services.decision import decide_at_once
from programs.services.flags import store_flags
from programs.services.hold import begin_hold, end_hold_if_met, hold_of
from programs.services.locking import locked
from programs.services.session_log import count_again, waiting_for

_insert = PreparedInsert(CheckIn)


@dataclass(frozen=True)
class CheckInAsMade:
    """A report of a member: all `answers` under the clinical names, and the session it belongs to.

    A correction `replaces` the check-in that was a tap on the wrong answer; see `services.correction`.
    """

    client_id: UUID
    kind: CheckInKind
    answers: dict[str, Any]
    made_at: datetime
    session_key: str = ""
    replaces: CheckIn | None = None


@prepared_transaction
def record_check_in(enrollment: Enrollment, made: CheckInAsMade, now: datetime) -> CheckIn:
    """Store a check-in and evaluate it. Idempotent by `client_id`. Return the CheckIn.

    In the same transaction: the hold it sets or ends, the concerns it opens, the safety flags it begins or
    ends, and the decision to pause. Raise AnswerError for an answer missing or unknown; nothing is stored then.
    """
    enrollment = locked(enrollment)
    known = CheckIn.objects.find(enrollment, made.client_id)
    if known:
        return known
    journey, cleared = whole_journey_of(enrollment, made.made_at), load_cleared(enrollment)
    judged = judge_check_in(journey, cleared, made.kind, made.answers, made.session_key)
    mode = judged.past.session_mode
    row = _store(enrollment, made, judged.log, judged.result, judged.context, mode, now)
    store_flags(enrollment, judged.flags)
    _follow(journey, cleared, row, judged, now)
    if row.kind == CheckInKind.BEFORE and (waiting := waiting_for(row, journey.logs, now)):
        count_again(enrollment, row, waiting, now)
    return row


@prepared_transaction
def record_emergency(enrollment: Enrollment, made: CheckInAsMade, now: datetime) -> CheckIn | None:
    """Store a check-in that an emergency cuts short, with the answers given until then. Idempotent by `client_id`.

    The member sees help at once and no further question. Return the CheckIn, or None where no answer given is an
    emergency. Raise AnswerError for an answer that is unknown.
    """
    result = emergency_so_far(made.kind, made.answers)
    if result is None:
        return None
    enrollment = locked(enrollment)
    known = CheckIn.objects.find(enrollment, made.client_id)
    if known:
        return known
    logs = SessionLog.objects.latest_of(enrollment)
    log = session_of(logs, made.kind, made.session_key, made.made_at)
    row = _store(enrollment, made, log, result, {}, result.outcome, now, is_complete=False)
    open_concerns(enrollment.participant_id, check_in_concerns(result.rules), row.made_at, check_in=row)
    hold, locks = hold_of(enrollment.participant), locking_rules(result.rules)
    begin_hold(enrollment, hold, locks, result.outcome, row.made_at, result.red_flags, check_in=row)
    return row


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
    row = CheckIn(
        enrollment=enrollment,
        client_id=made.client_id,
        kind=made.kind,
        session_key=made.session_key,
        log=log,
        week=made.replaces.week if made.replaces else enrollment.week,
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
        replaces=made.replaces,
    )
    _insert(row)
    return row


def _follow(journey: WholeJourney, cleared: Cleared, row: CheckIn, judged: Judged, now: datetime) -> None:
    """Apply the concerns, the hold and the decision that follow from a complete check-in."""
    enrollment, result, at = journey.enrollment, judged.result, row.made_at
    open_concerns(enrollment.participant_id, check_in_concerns(result.rules), at, check_in=row)
    locks = locking_rules(result.rules)
    if locks:
        begin_hold(enrollment, journey.hold, locks, result.outcome, at, result.red_flags, check_in=row)
    if not locks and journey.hold:
        end_hold_if_met(at_moment(with_check_in(journey, row, judged.past), now))
    elif locks and row.kind == CheckInKind.AFTER:
        journey = with_check_in(journey, row, judged.past)
        decide_at_once(journey, load_decisions(enrollment), cleared)
