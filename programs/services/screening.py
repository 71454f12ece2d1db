"""The screening: store answers, complete it, screen again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from common.members import User
from programs.models import Enrollment, Participant, Screening, ScreeningScope
from programs.rules import RULES_VERSION
from programs.rules.concerns import screening_concerns
from programs.rules.schedule import days_since, highest_phase
from programs.rules.screening import (
    SHORT_RESCREEN,
    ScreeningResult,
    evaluate_asked,
    evaluate_so_far,
    with_birth_facts,
)
from programs.rules.unlocking import screening_locks
from programs.services.concern import open_concerns
from programs.services.hold import begin_hold, begin_hold_of, end_hold_before_enrolling, hold_of
from programs.services.locking import locked
from programs.services.rescreening import apply_screening, outcome_of

SENT_TWICE = timedelta(seconds=30)  # within that, the same answers are a form sent once more
# Asked once; a whole screening asks everything else again.
BIRTH_QUESTIONS = ("time_since_birth", "birth_mode")


def unfinished_screening(user: User, now: datetime) -> Screening:
    """Return the unfinished screening of `user`; without one begin it at `now`, and the participant with it."""
    participant, _ = Participant.objects.get_or_create(user=user)
    screening, _ = Screening.objects.get_or_create(
        participant=participant, completed_at=None, defaults={"started_at": now}
    )
    screening.participant = participant  # so that nobody asks for it again
    return screening


@transaction.atomic
def store_step(
    user: User,
    answers: Mapping[str, Any],
    birth_date: date | None,
    withdrawn: Collection[str],
    now: datetime,
) -> Screening:
    """Add one part's answers to the unfinished screening of `user`, begun at `now` where there is none.

    `withdrawn` are ids of questions whose every tick was taken back.

    Return it. The last step sent twice finishes one screening: the second time this returns that one.
    """
    Participant.objects.get_or_create(user=user)
    participant = Participant.objects.select_for_update().get(user=user)
    same = participant.screenings.filter(completed_at__gt=now - SENT_TWICE).first()
    unfinished = participant.screenings.filter(completed_at=None)
    if same and answers and answers.items() <= same.answers.items() and not unfinished.exists():
        return same
    return store_answers(unfinished_screening(user, now), answers, birth_date, withdrawn)


@transaction.atomic
def store_answers(
    screening: Screening,
    answers: Mapping[str, Any],
    birth_date: date | None = None,
    withdrawn: Collection[str] = (),
) -> Screening:
    """Add `answers` (question id → option id or list of ids) to an unfinished screening; the last answer counts.

    `withdrawn` are ids of questions whose every tick was taken back.
    """
    rows = Screening.objects.select_for_update(of=["self"]).select_related("participant__country")
    screening = rows.get(pk=screening.pk, completed_at=None)
    kept = {name: answer for name, answer in screening.answers.items() if name not in withdrawn}
    screening.answers = {**kept, **answers}
    if birth_date:
        screening.birth_date = birth_date
    screening.save(update_fields=["answers", "birth_date"])
    return screening


@transaction.atomic
def complete_screening(screening: Screening, today: date, now: datetime) -> Screening:
    """Evaluate a screening with all answers that are asked for and store what follows. Idempotent.

    In the same transaction: the concern it opens and, for an enrolled member, what changes in the program.
    Raise AnswerError when an answer is missing or unknown.
    """
    Participant.objects.select_for_update().get(pk=screening.participant_id)
    screening = Screening.objects.select_related("participant").get(pk=screening.pk)
    if screening.completed_at:
        return screening
    days = days_since(screening.birth_date, today) if screening.birth_date else None
    if days is not None:
        screening.answers = with_birth_facts(screening.answers, days)
    result = evaluate_asked(screening.answers)
    screening.disposition, screening.urgency = result.disposition, result.urgency
    screening.flags = sorted(result.flags)
    screening.highest_phase = None if days is None else highest_phase(result.flags, days)
    screening.rules_version, screening.completed_at = RULES_VERSION, now
    screening.save()
    open_concerns(screening.participant_id, screening_concerns(result), now, screening=screening)
    enrollment = Enrollment.objects.open_of(screening.participant.user_id).first()
    if enrollment is None or not apply_screening(enrollment, screening, result, now):
        _hold_or_end(screening, result, now)
    return screening


def _hold_or_end(screening: Screening, result: ScreeningResult, now: datetime) -> None:
    """Set a hold by a screening of a member without an enrollment, or end one whose requirements are met."""
    hold = hold_of(screening.participant)
    if locks := screening_locks(result):
        begin_hold_of(screening.participant, locks, outcome_of(result), now, result.red_flags)
    elif hold:
        end_hold_before_enrolling(hold, now)


@transaction.atomic
def hold_at_once(screening: Screening, now: datetime) -> None:
    """Set a hold for an emergency or a right-away sign among the answers so far, before the rest is asked."""
    result = evaluate_so_far(screening.answers)
    if not result.needs_call_now:
        return
    participant = Participant.objects.select_for_update().get(pk=screening.participant_id)
    open_concerns(participant.pk, screening_concerns(result), now, screening=screening)
    locks, outcome = screening_locks(result), outcome_of(result)
    enrollment = Enrollment.objects.open_of(screening.participant.user_id).first()
    if enrollment:
        enrollment = locked(enrollment)
        hold = hold_of(enrollment.participant)
        begin_hold(enrollment, hold, locks, outcome, now, result.red_flags, check_in=None)
    else:
        begin_hold_of(participant, locks, outcome, now, result.red_flags)


@transaction.atomic
def screen_again(user: User, now: datetime, scope: ScreeningScope = ScreeningScope.SHORT) -> Screening:
    """Return the unfinished screening; without one begin it with the answers of the last one that still hold.

    A short one keeps what does not change between phases; a whole one only the birth facts. Questions about the
    present are always asked again. Source: screening data, meta.when.
    """
    screening = unfinished_screening(user, now)
    last = Screening.objects.filter(participant=screening.participant, completed_at__isnull=False).first()
    asked_before = bool(screening.answers) and screening.scope == scope
    if last and not asked_before:
        screening.answers = {name: answer for name, answer in last.answers.items() if _stays(name, scope)}
        screening.birth_date, screening.scope = last.birth_date, scope
        screening.save(update_fields=["answers", "birth_date", "scope"])
    return screening


def _stays(question_id: str, scope: str) -> bool:
    if scope == ScreeningScope.SHORT:
        return question_id not in SHORT_RESCREEN
    return question_id in BIRTH_QUESTIONS
