"""A one-page summary for the member's own clinician, to print or to show."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.members import MemberRequest, member_page
from programs.facts.standing import plan_for
from programs.models import Enrollment
from programs.pages.history import logs_of
from programs.pages.summary import summary_of


@member_page
@require_safe
def summary(request: MemberRequest) -> HttpResponse:
    """Show what the member reported and did."""
    enrollment = Enrollment.objects.newest_of(request.user)
    if enrollment is None:
        return redirect("start")
    now = timezone.now()
    plan = plan_for(enrollment)
    context = {
        "enrollment": enrollment,
        "summary": summary_of(enrollment, plan, logs_of(enrollment), timezone.localdate(now)),
        "about": plan.about,
        "week": plan.week(enrollment.week),
        "phase": plan.phase_of(enrollment.week),
        "now": now,
    }
    return render(request, "programs/life/summary.html", context)
