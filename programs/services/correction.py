"""Correct a check-in in which a wrong answer was tapped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from programs.facts.check_in_context import flags_after
from programs.facts.correcting import correction_refused
from programs.facts.journey import past_check_in
from programs.models import CheckIn, Decision
from programs.rules.carry_over import NotCorrected
from programs.rules.check_in import emergency_so_far
from programs.rules.concerns import check_in_concerns
from programs.rules.vocabulary import DecisionOutcome
from programs.services.check_in import CheckInAsMade, record_check_in, record_emergency
from programs.services.concern import mark_corrected
from programs.services.flags import store_flags
from programs.services.hold import withdraw_hold
from programs.services.locking import locked


class CorrectionRefused(Exception):
    """The check-in stays as it was answered, because of `why`."""

    def __init__(self, why: NotCorrected) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def correct_check_in(first: CheckIn, made: CheckInAsMade, is_complete: bool, now: datetime) -> CheckIn | None:
    """Store `made` in the place of `first` and evaluate it as of that time. Idempotent by `client_id`.

    Both are kept. The hold and the pause that followed from the first are undone; a concern it opened stays and says
    that it was corrected. Without `is_complete` only an emergency is stored. Return the correction, None where the
    answers are neither complete nor an emergency. Raise CorrectionRefused, and AnswerError as `record_check_in` does.
    """
    enrollment = locked(first.enrollment)
    known = CheckIn.objects.filter(enrollment=enrollment, client_id=made.client_id).first()
    if known:
        return known
    if not is_complete and emergency_so_far(made.kind, made.answers) is None:
        return None
    # As it is under the lock: another correction may have come first.
    first = CheckIn.objects.select_related("enrollment__participant").get(pk=first.pk)
    if why := correction_refused(first, now):
        raise CorrectionRefused(why)
    _withdraw(first, now)
    history = [past_check_in(row) for row in CheckIn.objects.latest_of(enrollment)]
    store_flags(enrollment, flags_after(enrollment, history))
    record = record_check_in if is_complete else record_emergency
    return record(enrollment, replace(made, made_at=first.made_at, replaces=first), now)


def _withdraw(first: CheckIn, now: datetime) -> None:
    """Take `first` out of what the rules read, with the hold and the pause that followed from it."""
    first.replaced_at = now
    first.save(update_fields=["replaced_at"])
    withdraw_hold(first)
    Decision.objects.filter(
        enrollment=first.enrollment, made_at=first.made_at, outcome=DecisionOutcome.PAUSE_REFER
    ).update(withdrawn_at=now)
    concerned = [mark.code for mark in check_in_concerns(first.rules_matched)]
    mark_corrected(first.enrollment.participant_id, concerned, now)
