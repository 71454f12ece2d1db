"""The weekly decision: the conditions of the next step, the latest decision with reasons, and the history."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.members import MemberRequest, member_page
from programs.facts.decisions import load_decisions, phase_began, ticked_since
from programs.facts.journey import whole_journey_of
from programs.facts.standing import plan_for
from programs.facts.week import week_timing
from programs.facts.weekly import cleared_for_week, weekly_of
from programs.models import Enrollment, ScreeningScope
from programs.pages.care_notes import care_notes
from programs.pages.decisions import conditions, decision_lines, leads_on, week_done
from programs.rules.vocabulary import EnrollmentState
from programs.services.decision import NotNow, decide_week
from programs.services.life_changes import tick_milestones
from programs.views.access import enrollment_of, moment_of


@member_page
@require_http_methods(["GET", "POST"])
def decisions(request: MemberRequest) -> HttpResponse:
    """Show the conditions of the next step and the history of decisions, or ask for the decision of the week."""
    enrollment = Enrollment.objects.newest_of(request.user)
    if enrollment is None:
        return redirect("start")
    now = timezone.now()
    if request.method == "POST":
        return _decide(request, enrollment, now)
    journey, decisions = whole_journey_of(enrollment, now), load_decisions(enrollment)
    weekly = weekly_of(journey, decisions, cleared_for_week(journey))
    plan = plan_for(enrollment)
    lines = decision_lines(decisions)
    latest = lines[0] if lines else None
    context = {
        "enrollment": enrollment,
        "hold": journey.hold,
        "timing": week_timing(journey),
        "week": plan.week(enrollment.week),
        "is_active": enrollment.state == EnrollmentState.ACTIVE,
        "conditions": conditions(weekly, len(plan.phase_of(enrollment.week).milestones)),
        "notes": care_notes(enrollment.participant),
        "latest": latest,
        "week_done": week_done(latest, plan, enrollment, journey.logs),
        "leads_on": leads_on(latest, journey.logs),
        "earlier": lines[1:],
        "short": ScreeningScope.SHORT,
    }
    return render(request, "programs/decision/decisions.html", context)


def _decide(request: MemberRequest, enrollment: Enrollment, now: datetime) -> HttpResponse:
    """Ask for the decision about the week that the page showed."""
    week_began = moment_of(request.POST.get("week_began", ""))
    try:
        decide_week(enrollment, week_began, now)
    except NotNow:
        messages.info(request, _("It isn’t time for that yet. Below is what the next step asks for."))
    return redirect("decisions")


@member_page
@require_http_methods(["GET", "POST"])
def milestones(request: MemberRequest) -> HttpResponse:
    """Show the milestones of the phase, to tick."""
    enrollment = enrollment_of(request.user)
    now = timezone.now()
    plan = plan_for(enrollment)
    phase = plan.phase_of(enrollment.week)
    slugs = [one.slug for one in phase.milestones]
    if request.method == "POST":
        tick_milestones(enrollment, set(request.POST.getlist("milestone")), slugs, now)
        messages.success(request, _("Saved."))
        return redirect("decisions" if "back" in request.POST else "milestones")
    ticked = ticked_since(enrollment, phase_began(enrollment, load_decisions(enrollment)))
    flags = enrollment.safety_flags
    rows = [
        {"slug": one.slug, "text": one.text_for(flags), "ticked": one.slug in ticked}
        for one in phase.milestones
    ]
    return render(request, "programs/decision/milestones.html", {"phase": phase, "milestones": rows})
