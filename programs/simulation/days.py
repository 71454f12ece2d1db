"""One day of a virtual member: the morning, the hold, the questions, a session, the week, the phone."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from programs.facts.adapted_session import session_for
from programs.facts.clearances import load_cleared
from programs.facts.decisions import load_decisions
from programs.facts.journey import WholeJourney
from programs.facts.standing import Standing, closed_because, plan_for, standing_of
from programs.facts.week import week_facts, week_timing
from programs.facts.weekly import weekly_of
from programs.models import Enrollment, Screening
from programs.pages.offline_sessions import offline_sessions
from programs.plan import Plan, PlannedSession
from programs.rules.vocabulary import CheckInKind, EnrollmentState
from programs.services.decision import NotNow, decide_week
from programs.services.enrollment import enroll, may_enroll
from programs.services.life_changes import record_clearance, tick_milestones
from programs.services.pause import come_back
from programs.services.screening import complete_screening, hold_at_once, store_answers, unfinished_screening
from programs.simulation.care import confirm_hold, screen_anew, therapist_looks
from programs.simulation.events import meet_events
from programs.simulation.life import DAY, HOUR, MINUTE, Life, PhoneCopy

REST_BETWEEN = 40 * HOUR  # how long most members wait between two sessions
PHONE_KEEPS = timedelta(hours=24)  # the phone opens no session longer than this without contact
THERAPIST_EVERY = 3  # days
# What somebody says who wants the door to open.
MILDER: dict[str, Any] = {"pain": 0, "heaviness": 0, "leak": 0, "redFlags": [], "mood": "ok", "energy": 0}
SLIP = 0.02  # the chance that a thumb taps a worse answer than is meant
SLIPS: tuple[dict[str, Any], ...] = (
    {"pain": 6}, {"pain": 8}, {"heaviness": 2}, {"leak": 3}, {"mood": "not_safe"}, {"bleeding": "heavy"},
    {"redFlags": ["chest_pain"]}, {"redFlags": ["fever"]}, {"lastResponse": "worse_still"}, {"energy": 2},
)  # fmt: skip


def live(life: Life, day: int) -> None:
    """Live day `day`, 0 for the first."""
    life.now = life.began + day * DAY + life.rng.randint(5, 20) * HOUR
    life.answered_hold = False
    with timezone.override(ZoneInfo(life.zone)):
        life.body.wake()
        meet_events(life)
        if day % THERAPIST_EVERY == 0:
            therapist_looks(life)
        if life.now < life.away_until:
            return
        if life.now < life.offline_until:
            practise_offline(life)
        else:
            _have_a_day(life)


def _have_a_day(life: Life) -> None:
    for send in life.unsent:
        send()
    life.unsent.clear()
    enrollment = life.enrollment
    if enrollment is None:
        _join(life)
    elif enrollment.state != EnrollmentState.PAUSED:
        _be_a_member(life)
    elif life.rng.random() < 0.1:
        with life.acting():
            come_back(enrollment, life.now)


def _join(life: Life) -> None:
    """Answer the screening once, see to a hold of it, and enroll."""
    if Enrollment.objects.of(life.user).filter(state=EnrollmentState.COMPLETED).exists():
        return
    done = Screening.objects.filter(participant=life.participant, completed_at__isnull=False)
    if not done.exists():
        with life.acting():
            screening = unfinished_screening(life.user, life.now)
            screening = store_answers(screening, life.mother.answers, life.birth_date)
            hold_at_once(screening, life.now)
            complete_screening(screening, life.today, life.now)
        life.pass_time(3)
    confirm_hold(life)
    newest = done.order_by("-completed_at").first()
    if newest and may_enroll(newest):
        with life.acting():
            enroll(life.user, "I agree.", life.now)


def _be_a_member(life: Life) -> None:
    confirm_hold(life)
    if (enrollment := life.enrollment) and enrollment.screening_due and life.rng.random() < 0.8:
        screen_anew(life, whole=enrollment.screening_due == "whole")
    _look_at_week(life)
    standing = _standing(life)
    if standing and standing.asks_how_the_morning_was and life.rng.random() < life.mother.reports:
        life.check(CheckInKind.NEXT_MORNING)
    _practise(life)
    if life.rng.random() < 0.3:
        fetch(life)


def _standing(life: Life) -> Standing | None:
    journey = life.journey
    return standing_of(journey) if journey else None


def _practise(life: Life) -> None:
    """Check in before the next session, and do it or rest, as the outcome says; a pushy member does otherwise."""
    journey, rng = life.journey, life.rng
    last = max((done.finished for done in life.diary.values()), default=None)
    rested = last is None or life.now - last >= REST_BETWEEN
    wants = rng.random() < life.mother.diligence and (rested or life.mother.is_pushy)
    if journey is None or not wants:
        return
    enrollment, plan = journey.enrollment, plan_for(journey.enrollment)
    facts = week_facts(enrollment, journey.logs, plan, journey.today)
    session = facts.next_session or plan.daily_of_week(enrollment.week)
    if life.mother.is_pushy and rng.random() < 0.2:
        session = rng.choice(
            plan.sessions_of_week(min(plan.total_weeks, enrollment.week + rng.randint(0, 1)))
        )
    if rng.random() < 0.97:
        _check_before(life, session.key)
    life.pass_time(2)
    _practise_as_it_is(life, plan, session)


def _check_before(life: Life, key: str) -> None:
    """Check in before a session; correct a slip of the thumb, or, who is pushy, an honest answer."""
    rng, slips = life.rng, life.rng.random() < SLIP
    tapped = dict(rng.choice(SLIPS)) if slips else {}
    first = life.check(CheckInKind.BEFORE, key, **tapped)
    if first is None:
        return
    is_milder = not slips and life.mother.is_pushy and rng.random() < 0.3
    for _again in range(rng.choice((1, 1, 2)) if slips or is_milder else 0):
        life.pass_time(rng.randint(1, 7))
        life.correct(first, **(MILDER if is_milder else {}))


def _practise_as_it_is(life: Life, plan: Plan, session: PlannedSession) -> None:
    """Do the session where it is open; else rest, or say something milder and do it all the same."""
    enrollment, standing = life.enrollment, _standing(life)
    if enrollment is None or standing is None:
        return
    reason = closed_because(standing, session, enrollment.week)
    if reason is None:
        life.do(session_for(plan, session.key, standing), share=life.rng.choice((1, 1, 1, 0.7, 0.3)))
    elif life.mother.is_pushy:
        life.check(CheckInKind.BEFORE, session.key, **MILDER)
        life.pass_time(3)
        life.do(session_for(plan, session.key, _standing(life) or standing))
    elif closed_because(standing, plan.rest, enrollment.week) is None:
        life.do(session_for(plan, plan.rest.key, standing))
    life.pass_time(1)
    if life.rng.random() < life.mother.reports:
        life.check(CheckInKind.AFTER, session.key)


def _look_at_week(life: Life) -> None:
    """Tick milestones, record what a clinician agreed to, and ask for the decision of the week."""
    journey = life.journey
    if journey is None or journey.enrollment.state != EnrollmentState.ACTIVE:
        return
    is_pushy = life.mother.is_pushy and life.rng.random() < 0.2
    if not is_pushy and not (week_timing(journey).is_offered and life.rng.random() < 0.9):
        return
    _prepare_next_phase(life, journey)
    with life.acting(), suppress(NotNow):
        decide_week(journey.enrollment, journey.enrollment.week_started_at, life.now)
    life.pass_time(1)


def _prepare_next_phase(life: Life, journey: WholeJourney) -> None:
    enrollment = journey.enrollment
    gates = weekly_of(journey, load_decisions(enrollment), load_cleared(enrollment)).gates
    slugs = [one.slug for one in plan_for(enrollment).phase_of(enrollment.week).milestones]
    met = {slug for slug in slugs if life.rng.random() < 0.9 or slug in enrollment.milestones}
    with life.acting():
        tick_milestones(enrollment, met, slugs, life.now)
        if life.mother.help_after_days is not None and life.rng.random() < 0.5:
            for gate in gates:
                if gate.released_by:
                    record_clearance(enrollment, gate.released_by, life.today, life.now)


def fetch(life: Life) -> None:
    """Fetch what the phone keeps for days without a network."""
    journey = life.journey
    if journey:
        kept = offline_sessions(journey, plan_for(journey.enrollment), standing_of(journey))
        life.phone = PhoneCopy(life.now, tuple(kept))


def practise_offline(life: Life) -> None:
    """Check in on the phone and do what it keeps, within a day of its last contact; all is sent later."""
    sessions = life.phone.sessions if life.phone and life.now - life.phone.at <= PHONE_KEEPS else ()
    key = sessions[0].session.key if sessions else ""
    at, changed = life.now, life.answers(CheckInKind.BEFORE)
    life.unsent.append(lambda: life.check(CheckInKind.BEFORE, key, at=at, **changed))
    feels_well = not (life.body.bad_days or life.body.rare_days)
    if sessions and (feels_well or life.mother.is_pushy):
        todo, began = sessions[0], at + 2 * MINUTE
        life.unsent.append(lambda: life.do(todo, at=began) if life.enrollment else None)
