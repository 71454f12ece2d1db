"""Changes the member makes: a pause, a step back, a new situation, a clearance, texts without a baby."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.dates import latest_date
from common.members import MemberRequest, member_page
from programs.facts.journey import journey_of
from programs.facts.standing import plan_for, standing_of
from programs.forms.life import ClearanceForm, SituationForm
from programs.models import Enrollment
from programs.rules.vocabulary import Situation
from programs.services.decision import step_back
from programs.services.life_changes import change_situation, record_clearance, set_baby_not_with_me
from programs.services.pause import come_back, pause
from programs.views.access import enrollment_of, moment_of


@member_page
@require_safe
def change(request: MemberRequest) -> HttpResponse:
    """Show everything a member can change about the program, on one page; without a program, where one begins."""
    enrollment = Enrollment.objects.newest_practising_of(request.user)
    return _show(request, enrollment) if enrollment else redirect("today")


def _show(
    request: MemberRequest, enrollment: Enrollment, clearance: ClearanceForm | None = None
) -> HttpResponse:
    now = timezone.now()
    context = {
        "enrollment": enrollment,
        "standing": standing_of(journey_of(enrollment, now)),
        "about": plan_for(enrollment).about,
        "situations": SituationForm(),
        "clearance": clearance or ClearanceForm(enrollment, latest=latest_date(now)),
    }
    status = 422 if clearance else 200
    return render(request, "programs/life/change.html", context, status=status)


@member_page
@require_POST
def pause_now(request: MemberRequest) -> HttpResponse:
    """Pause the program; no reason is asked."""
    pause(enrollment_of(request.user), timezone.now())
    return redirect("today")


@member_page
@require_POST
def back(request: MemberRequest) -> HttpResponse:
    """End the pause, and place the member by the rules."""
    decision = come_back(enrollment_of(request.user), timezone.now())
    return redirect("decisions" if decision else "today")


@member_page
@require_POST
def worse(request: MemberRequest) -> HttpResponse:
    """Step back at once, because something got worse."""
    enrollment = enrollment_of(request.user)
    if enrollment.participant.holds.filter(ended_at=None).exists():
        return redirect("hold")
    step_back(enrollment, moment_of(request.POST.get("week_began", "")), timezone.now())
    return redirect("decisions")


@member_page
@require_POST
def situation(request: MemberRequest) -> HttpResponse:
    """Hold the program for a changed situation, until the screening is repeated."""
    form = SituationForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Please choose what changed."))
        return redirect("change")
    change_situation(enrollment_of(request.user), Situation(form.cleaned_data["situation"]), timezone.now())
    return redirect("hold")


@member_page
@require_POST
def words(request: MemberRequest) -> HttpResponse:
    """Choose whether the texts mention a baby."""
    set_baby_not_with_me(enrollment_of(request.user).participant, request.POST.get("baby") == "not_with_me")
    return redirect("change")


@member_page
@require_http_methods(["GET", "POST"])
def clearance(request: MemberRequest) -> HttpResponse:
    """Record what a clinician checked and agreed to."""
    enrollment = enrollment_of(request.user)
    now = timezone.now()
    if request.method == "GET":
        return redirect("change")
    form = ClearanceForm(enrollment, request.POST, latest=latest_date(now))
    if not form.is_valid():
        return _show(request, enrollment, form)
    record_clearance(enrollment, form.cleaned_data["code"], form.cleaned_data["given_on"], now)
    messages.success(request, _("Saved. Thank you for telling us."))
    return redirect("decisions")
