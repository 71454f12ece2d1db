"""Guided self-checks: along the midline, and for heaviness at the end of a day."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.members import MemberRequest, member_page
from programs.forms.life import SelfCheckForm
from programs.models import SelfCheck
from programs.pages.check_in_outcome import advice_of
from programs.pages.help import help_for
from programs.rules.vocabulary import Disposition
from programs.services.self_check import TooSoon, opens_in, record_self_check
from programs.views.access import enrollment_of


@member_page
@require_http_methods(["GET", "POST"])
def midline(request: MemberRequest) -> HttpResponse:
    """Guide the self-check along the midline, and record its answers."""
    enrollment = enrollment_of(request.user)
    now = timezone.now()
    form = SelfCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_self_check(enrollment, form.cleaned_data["client_id"], form.answers, now)
        except TooSoon:
            return redirect("self_check")
        return redirect("self_check_result")
    context = {"form": form, "opens_in": opens_in(enrollment, timezone.localdate(now))}
    return render(request, "programs/life/self_check.html", context, status=422 if form.errors else 200)


@member_page
@require_safe
def midline_result(request: MemberRequest) -> HttpResponse:
    """Show what the last self-check means."""
    enrollment = enrollment_of(request.user)
    check = SelfCheck.objects.filter(enrollment=enrollment).first()
    if check is None:
        return redirect("self_check")
    help_ = help_for(enrollment.participant.country)
    context = {
        "check": check,
        "advice": advice_of(check.advice, help_),
        "help": help_,
        "is_emergency": check.disposition == Disposition.URGENT_NOW,
        "waits": check.disposition == Disposition.WAIT_CLINICIAN,
    }
    return render(request, "programs/life/self_check_result.html", context)


@member_page
@require_safe
def evening(request: MemberRequest) -> HttpResponse:
    """Explain how to notice heaviness at the end of a day; the page leads to a check-in."""
    return render(request, "programs/life/evening_check.html", {"enrollment": enrollment_of(request.user)})
