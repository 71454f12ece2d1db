"""Whether a tap on the wrong answer may still be corrected: within minutes, and once a day."""

from __future__ import annotations

from datetime import datetime

from common.prepared import Parameter, PreparedQuery
from programs.models import CheckIn
from programs.rules.carry_over import CORRECTION_DAY, CORRECTION_WITHIN, NotCorrected, why_not_corrected


def correction_refused(check_in: CheckIn, now: datetime) -> NotCorrected | None:
    """Return why `check_in` can be corrected no more; None where it can (one query within the time for it).

    The day is one of hours passed and the member's own, so that neither a time zone nor another enrollment makes a
    second one. The time runs from the moment the check-in was made, also where it waited on a phone.
    """
    if check_in.replaced_at:
        return NotCorrected.AGAIN
    ago = now - check_in.made_at
    earlier = _corrections_since(check_in, now - CORRECTION_DAY) if ago <= CORRECTION_WITHIN else 0
    return why_not_corrected(ago, earlier, check_in.answers.get("mood"))


def corrected_until(check_in: CheckIn | None, now: datetime) -> datetime | None:
    """Return until when `check_in` can be corrected; None where it cannot (one query within the time for it)."""
    if check_in is None or correction_refused(check_in, now):
        return None
    return check_in.made_at + CORRECTION_WITHIN


def _corrections_since(check_in: CheckIn, since: datetime) -> int:
    return len(_REPLACED(participant=check_in.enrollment.participant_id, since=since))


# A few rows, by their keys: a count needs none of Django's models, and so could not be prepared.
_REPLACED = PreparedQuery(
    lambda: CheckIn.objects.filter(
        enrollment__participant=Parameter("participant"), replaced_at__gt=Parameter("since")
    ).only("pk")
)
