"""After the last week: the plan that keeps what the program has built, and the year on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.members import MemberRequest, member_page
from programs.facts.adapted_session import daily_session, session_for
from programs.facts.journey import journey_of
from programs.facts.standing import plan_for, standing_of
from programs.models import CheckIn, Enrollment
from programs.pages.figures import remember_woman, shown_to
from programs.pages.history import logs_of
from programs.pages.keep_strong import all_sessions, grown, strength_days, year_of
from programs.pages.resting import rest_words
from programs.rules.vocabulary import Advice
from programs.views.access import enrollment_of
from programs.wording.advice import advice_words
from programs.wording.impact import IMPACT_TRIES


@member_page
@require_safe
def keep_strong(request: MemberRequest) -> HttpResponse:
    """Show two strength days a week, a daily round, any session again, and what running and jumping ask for."""
    enrollment = enrollment_of(request.user)
    plan, journey = plan_for(enrollment), journey_of(enrollment, timezone.now())
    standing, logs = standing_of(journey), logs_of(enrollment)
    if standing.hold or enrollment.week < plan.total_weeks:
        return redirect("today")
    context = {
        "standing": standing,
        "resting": rest_words(standing.rest),
        "rest": session_for(plan, plan.rest.key, standing),
        "grown": grown(logs, journey.check_ins),
        "last_week": plan.week(plan.total_weeks),
        "weeks": plan.total_weeks,
        "days": strength_days(plan, logs, standing),
        "daily": session_for(plan, daily_session(plan, enrollment.week, standing.flags).key, standing),
        "phases": all_sessions(plan),
        "what_next": advice_words(Advice.WHAT_NEXT),
        "impact_tries": IMPACT_TRIES,
        "figures": shown_to(enrollment.participant),
    }
    page = render(request, "programs/keep_strong.html", context)
    return remember_woman(request, page, enrollment.participant.figure_woman)


@member_page
@require_safe
def year(request: MemberRequest) -> HttpResponse:
    """Show the last twelve months on one page, to print and keep."""
    enrollment = Enrollment.objects.newest_of(request.user)
    if enrollment is None:
        return redirect("start")
    plan, logs = plan_for(enrollment), logs_of(enrollment)
    check_ins, today = CheckIn.objects.latest_of(enrollment), timezone.localdate()
    context = {"year": year_of(enrollment, plan, logs, check_ins, today), "today": today}
    return render(request, "programs/year.html", context)
