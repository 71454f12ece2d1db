"""The way out of a safety hold: what the member confirmed, and what was reported since it began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from programs.models import SafetyHold, Screening, ScreeningScope
from programs.rules.history import History
from programs.rules.placing import after_lock
from programs.rules.red_flags import sign_free_hours
from programs.rules.unlock_rules import Requirement
from programs.rules.unlocking import UnlockFacts, still_required, symptom_settled
from programs.rules.vocabulary import CheckInKind, Disposition

MOOD_OF_ANSWER = {"no": "ok", "yes_supported": "thoughts_supported"}  # question 3 of the screening → mood


@dataclass(frozen=True)
class WayOut:
    """The requirements that end a hold: all that are `required`, and those still `missing`."""

    required: tuple[Requirement, ...]
    missing: tuple[Requirement, ...]

    @property
    def is_open(self) -> bool:
        """Whether the hold may end now."""
        return not self.missing


def opens_at(week: int, hold_rules: Sequence[str]) -> int:
    """Return the week in which a member in `week` goes on when a hold by these rules ends, but for a long break."""
    return after_lock(week, tuple(hold_rules)).week


def way_out(hold: SafetyHold, history: History, baseline_leak: int, now: datetime) -> WayOut:
    """Return the way out of `hold` at `now`, after the check-ins of `history` (one query)."""
    return _way_out(hold, _unlock_facts(hold, now, history, baseline_leak))


def way_out_before_enrolling(hold: SafetyHold, now: datetime) -> WayOut:
    """Return the way out of `hold` at `now` for a member without an enrollment (one query).

    Without check-ins, the answer to question 3 since then gives the mood.
    """
    facts = _unlock_facts(hold, now, history=[], baseline_leak=0)
    return _way_out(hold, replace(facts, latest_mood=MOOD_OF_ANSWER.get(facts.self_safety or "")))


def sign_free_on(hold: SafetyHold) -> date | None:
    """Return the first whole day on which the sign behind `hold` will have been gone long enough.

    None before the member said since which day it is gone. Like the hours, it counts from the end of that day.
    """
    day = hold.met.get("sign_gone_on")
    if not day:
        return None
    return date.fromisoformat(day) + timedelta(days=1, hours=sign_free_hours(hold.red_flags))


def _way_out(hold: SafetyHold, facts: UnlockFacts) -> WayOut:
    return WayOut(
        required=still_required(hold.rules_matched, UnlockFacts(), hold.red_flags),
        missing=still_required(hold.rules_matched, facts, hold.red_flags),
    )


def _unlock_facts(hold: SafetyHold, now: datetime, history: History, baseline_leak: int) -> UnlockFacts:
    met, since = hold.met, [past for past in history if past.at > hold.began_at]
    before = [past for past in since if past.kind == CheckInKind.BEFORE]
    report = now - hold.began_at
    return UnlockFacts(
        hours_since_report=report / timedelta(hours=1),
        days_since_report=report // timedelta(days=1),
        spoke_with=met.get("spoke_with"),
        safe_and_supported=bool(met.get("safe_and_supported")),
        latest_mood=before[-1].answers["mood"] if before else None,
        self_safety=met.get("self_safety"),
        unreal=met.get("unreal"),
        clinician_agreed=bool(met.get("clinician_agreed_on")),
        advice_says_ok=bool(met.get("advice_on")),
        sign_gone=bool(met.get("sign_gone_on")),
        hours_without_sign=_hours_since_day(met.get("sign_gone_on"), now),
        screened_again=_screened_since(hold),
        check_done=bool(met.get("check_done_on")),
        contacted_or_booked=bool(met.get("contacted_on")),
        symptom_settled=symptom_settled(hold.rules_matched, since, baseline_leak),
    )


def _screened_since(hold: SafetyHold) -> Disposition | None:
    """Return the disposition of the last whole screening finished since the hold began, None without one."""
    since = Screening.objects.filter(
        participant_id=hold.participant_id,
        scope=ScreeningScope.WHOLE,
        completed_at__gt=hold.began_at,
    )
    disposition = since.order_by("-completed_at").values_list("disposition", flat=True).first()
    return Disposition(disposition) if disposition else None


def _hours_since_day(day: str | None, now: datetime) -> float | None:
    """Return the hours since the end of `day` (an ISO date), the more careful reading; None without one."""
    if not day:
        return None
    next_day = date.fromisoformat(day) + timedelta(days=1)
    ended = timezone.make_aware(datetime.combine(next_day, time.min))
    return (now - ended).total_seconds() / 3600
