"""Progress: what was done and how the body responded. By design without streaks and without falling behind."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.members import MemberRequest, member_page
from programs.facts.standing import plan_for
from programs.models import CheckIn, Enrollment
from programs.pages.history import history_of, logs_of
from programs.pages.progress import symptom_history_of


@member_page
@require_safe
def progress(request: MemberRequest) -> HttpResponse:
    """Show weeks, sessions done, minutes, and the symptom history."""
    enrollment = Enrollment.objects.newest_of(request.user)
    if enrollment is None:
        return redirect("start")
    plan, logs = plan_for(enrollment), logs_of(enrollment)
    check_ins, today = CheckIn.objects.latest_of(enrollment), timezone.localdate()
    context = {
        "enrollment": enrollment,
        "history": history_of(enrollment, plan, logs),
        "symptom_history": symptom_history_of(check_ins, plan, logs, today),
    }
    return render(request, "programs/progress.html", context)
