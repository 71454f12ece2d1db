"""The page of the day."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.addresses import address_of
from common.members import MemberRequest, member_page
from programs.facts.adapted_session import daily_session, session_for
from programs.facts.journey import Journey, journey_of
from programs.facts.standing import Standing, plan_for, standing_of
from programs.facts.week import WeekFacts, rest_until, week_facts, week_timing
from programs.models import Enrollment, ScreeningScope
from programs.pages.figures import remember_woman, shown_to
from programs.pages.help import help_for
from programs.pages.hold_reasons import hold_context
from programs.pages.resting import rest_words
from programs.pages.session_figure import figure_of_session
from programs.pages.session_lengths import SHORT, shorter_forms
from programs.plan import Plan
from programs.rules.vocabulary import EnrollmentState, SafetyFlag, Situation
from programs.wording.check_in import NEXT_MORNING_WORDS

SHORTER = 2  # more lengths would push the button below the fold; the session's own page has them all


@member_page
@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """Show the next session and its duration, the week's theme, the daily practice, and what comes next."""
    now = timezone.now()
    enrollment = Enrollment.objects.newest_of(request.user)
    if enrollment is None or enrollment.state == EnrollmentState.WITHDRAWN:
        return redirect("start")
    plan = plan_for(enrollment)
    journey = journey_of(enrollment, now)
    standing, is_offered = standing_of(journey), week_timing(journey).is_offered
    if enrollment.state == EnrollmentState.COMPLETED and not standing.hold:
        return redirect("keep_strong")
    rests_until = rest_until(journey, plan.about.hours_between_sessions)
    facts = week_facts(enrollment, journey.logs, plan, journey.today)
    context: dict[str, Any] = {
        "enrollment": enrollment,
        "standing": standing,
        "facts": facts,
        "phase": plan.phase_of(enrollment.week),
        "weeks": plan.total_weeks,
        "coming": plan.week(enrollment.week + 1) if enrollment.week < plan.total_weeks else None,
        "about": plan.about,
        "volume_note": plan.volume_note_of(enrollment.week),
        "after_cesarean": SafetyFlag.CESAREAN_LT_8W in standing.flags,
        "rest_until": rests_until,
        "rests": rests_until is not None,
        "rounds": facts.rounds_today,
        "week_is_offered": is_offered,
        "resting": rest_words(standing.rest),
        "short": ScreeningScope.SHORT,
        "figures": shown_to(enrollment.participant),
    }
    context |= _to_do(plan, enrollment, standing, facts)
    context["goes_on"] = _is_begun_today(journey, facts)
    if not context["check_in_due"]:  # the check-in before a session asks it, too
        context |= _morning_question(standing)
    if standing.hold:
        context["loss"] = Situation.LOSS
        context["help"] = help_for(enrollment.participant.country)
        context |= hold_context(standing.hold, context["help"])
    page = render(request, "programs/today.html", context)
    return remember_woman(request, page, enrollment.participant.figure_woman)


def _to_do(plan: Plan, enrollment: Enrollment, standing: Standing, facts: WeekFacts) -> dict[str, Any]:
    """Return the sessions and practices of the day, adapted."""
    return _next_session(plan, standing, facts) | {
        "daily": session_for(plan, daily_session(plan, enrollment.week, standing.flags).key, standing),
        "rest": session_for(plan, plan.rest.key, standing),
        "early": session_for(plan, plan.early.key, standing),
    }


def _next_session(plan: Plan, standing: Standing, facts: WeekFacts) -> dict[str, Any]:
    """Return the next session of the week with the figure that stands for it, its shorter forms, and where it starts."""
    session = facts.next_session
    if session is None:
        return {"next": None, "check_in_due": False}
    todo, check_in_due = session_for(plan, session.key, standing), standing.check_in_due(session)
    return {
        "next": todo,
        "next_figure": figure_of_session(todo),
        "lengths": [form for form in shorter_forms(todo) if form.name != SHORT][:SHORTER],
        "check_in_due": check_in_due,
        "start_url": address_of("check_in_before" if check_in_due else "session", session.key),
    }


def _is_begun_today(journey: Journey, facts: WeekFacts) -> bool:
    """Whether part of the next session was done today: its page then goes on where it was left."""
    key = facts.next_session.key if facts.next_session else ""
    return any(
        log.session_key == key and timezone.localdate(log.finished_at) == journey.today
        for log in journey.logs
    )


def _morning_question(standing: Standing) -> dict[str, Any]:
    """Return the question of the next morning if it is open, with an idempotency key for its form."""
    if not standing.asks_how_the_morning_was:
        return {}
    return {"morning": NEXT_MORNING_WORDS["lastResponse"], "morning_id": uuid4()}
