"""Nobody is stuck in silence: a held member knows why and how on, and somebody at the desk knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from programs.forms.hold import HoldForm
from programs.models import CareAction, Concern, Decision, SafetyHold
from programs.pages.hold_reasons import hold_context
from programs.rules.unlock_rules import THERAPIST, Requirement
from programs.rules.vocabulary import Advice, EnrollmentState
from programs.simulation.care import out_of
from programs.simulation.life import DAY, MINUTE, Life
from programs.wording.unlocking import how_words, requirement_words

BY_OTHER_MEANS = {
    Requirement.A_DAY_PASSED,  # passes by itself
    Requirement.MOOD_NOT_UNSAFE, Requirement.SYMPTOM_SETTLED,  # a check-in
    Requirement.SCREENED_AGAIN,  # the questions from the start
    Requirement.THERAPIST_AGREES,
}  # fmt: skip
LOOKED_AT = {"THERAPIST", "UNLOCKED"}  # decisions after which the next one tells
SETTLED_FOR = 28 * DAY  # as long as the therapist's answer to a routine concern stands
LONG_IN_A_WEEK, SESSIONS_MEANWHILE = 42 * DAY, 12  # two sessions a week, as the weekly decision asks for
CLOCKS = 5 * MINUTE


def of_hold(life: Life, hold: SafetyHold) -> Iterator[str]:
    """What is missing for a member in `hold`."""
    out, name = out_of(life, hold), f"a hold by {hold.rules_matched}"
    if life.answered_hold and not out.missing:
        yield f"{name} asks for nothing more and does not end"
    told = hold_context(hold)
    if not (told["reasons"] or told["by_therapist"] or told["situation"]):
        yield f"{name} does not say why"
    a_day_later = timezone.localtime(hold.began_at + DAY)
    about: dict[str, Any] = {
        "latest": life.today,
        "began": timezone.localdate(hold.began_at),
        "country": None,
    }
    asked = " ".join(HoldForm(hold, out.missing, 1, **about).fields)
    for one in out.required:
        if not (requirement_words(one) and how_words(one, a_day_later)):
            yield f"{name} does not say what would end it: {one}"
    if not asked and not BY_OTHER_MEANS.issuperset(out.missing):
        yield f"{name} gives no way to meet {', '.join(out.missing)}"
    if not _is_known(life, hold):
        yield f"nobody at the desk knows of {name} since {hold.began_at:%d %b %H:%M}"


def _is_known(life: Life, hold: SafetyHold) -> bool:
    """Whether the last report behind a hold is in a concern, or the therapist's own doing."""
    since = hold.began_at - CLOCKS
    if any(last_report(concern) >= since for concern in _concerns(life)):
        return True
    mine = CareAction.objects.filter(participant=life.participant, kind=CareAction.Kind.HOLD, at__gte=since)
    return THERAPIST in hold.rules_matched and mine.exists()


def of_week(life: Life) -> Iterator[str]:
    """What is missing for a member whom decisions keep in a week, and for one who goes on and gets nowhere."""
    enrollment = life.enrollment
    if enrollment is None or enrollment.state != EnrollmentState.ACTIVE or life.hold:
        return
    decisions = [one for one in _decisions(life) if one.enrollment_id == enrollment.pk]
    newest = decisions[-1] if decisions else None
    waits = newest and newest.rule == "PR-10" and newest.reasons.get("waits_for")
    if (
        newest
        and (waits or Advice.SEE_PELVIC_PT in newest.advice)
        and not _somebody_looks(life, newest.made_at)
    ):
        yield f"{newest.rule} asks for a look in week {enrollment.week}, and nobody at the desk knows"
    if newest is None or newest.to_week != newest.from_week or newest.rule in LOOKED_AT:
        return
    began = enrollment.started_at
    for one in decisions:
        began = one.made_at if one.to_week != one.from_week else began
    length, since = newest.made_at - began, newest.made_at - LONG_IN_A_WEEK
    done = {done.finished for done in life.diary.values() if since <= done.finished <= newest.made_at}
    is_long = length >= LONG_IN_A_WEEK and len(done) >= SESSIONS_MEANWHILE
    if is_long and not _somebody_looks(life, newest.made_at):
        yield (
            f"kept in week {enrollment.week} after {length // DAY} days with {len(done)} sessions of late, "
            "and nobody at the desk knows"
        )


def _somebody_looks(life: Life, since: datetime | None = None) -> bool:
    """Whether a concern is open, or was settled or found again not long ago, or `since`."""
    since = min(since or life.now, life.now - SETTLED_FOR)
    return any(
        one.resolved_at is None or max(one.resolved_at, last_report(one)) >= since for one in _concerns(life)
    )


def last_report(concern: Concern) -> datetime:
    """Return when a concern was last reported."""
    return max([concern.opened_at, *map(datetime.fromisoformat, concern.facts.get("again", ()))])


def _concerns(life: Life) -> list[Concern]:
    rows = Concern.objects.filter(participant=life.participant)
    return life.memory.recall("concerns", [Concern], lambda: list(rows))


def _decisions(life: Life) -> list[Decision]:
    rows = Decision.objects.filter(enrollment__participant=life.participant).order_by("made_at", "pk")
    return life.memory.recall("every decision", [Decision], lambda: list(rows))
