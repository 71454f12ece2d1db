"""How it goes: what she has done, week by week. No streaks, nothing to fall behind of."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from postpartum.lib.members import member_page
from programs.facts.history import history_of
from programs.facts.standing import plan_for
from programs.models import Enrollment


@member_page
@require_safe
def progress(request):
    """Weeks, sessions done, minutes."""
    enrollment = Enrollment.objects.of(request.user).first()
    if enrollment is None:
        return redirect("start")
    history = history_of(enrollment, plan_for(enrollment))
    return render(request, "programs/progress.html", {"enrollment": enrollment, "history": history})
