"""Onboarding: the screening in short steps, its result, and the enrollment."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.members import MemberRequest, member_page
from programs.forms.screening import STEPS, ConsentForm, CountryForm, ScreeningStepForm
from programs.models import Enrollment, Screening, ScreeningScope
from programs.pages.catalogue import published_about
from programs.pages.help import help_for
from programs.pages.screening import (
    first_open_step,
    latest_screening,
    may_answer_less,
    neighbour,
    screening_changes,
)
from programs.rules.screening import evaluate_so_far
from programs.rules.vocabulary import AnswerError, BirthType, Disposition, Urgency
from programs.services.enrollment import CannotEnroll, may_enroll
from programs.services.enrollment import enroll as enroll_member
from programs.services.hold import hold_of
from programs.services.screening import (
    complete_screening,
    hold_at_once,
    screen_again,
    store_step,
    unfinished_screening,
)
from programs.wording.screening import CRISIS_WORDS, disposition_words, is_mind_crisis


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """Lead a member to the screening, anybody else to making an account."""
    if request.user.is_authenticated:
        return begin(request)
    return redirect_to_login(request.path, reverse("account_signup"))


@member_page
def begin(request: MemberRequest) -> HttpResponse:
    """Begin or continue the screening, or redirect to where it has led."""
    if Enrollment.objects.open_of(request.user).exists():
        return redirect("today")
    done = latest_screening(request.user)
    if done and request.method == "GET":
        return redirect("start_result")
    screening = unfinished_screening(request.user, timezone.now())
    form = CountryForm(request.POST or None, instance=screening.participant)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("start_step", first_open_step(screening, STEPS))
    return render(
        request,
        "programs/start/welcome.html",
        {"form": form, "begun": bool(screening.answers), "about": published_about()},
    )


@member_page
@require_http_methods(["GET", "POST"])
def questions(request: MemberRequest, step: int) -> HttpResponse:
    """Show or save one step of the screening.

    Going back, or the autosave of a single tap (header X-Keep-Only), saves the valid answers and validates nothing.
    """
    if not 1 <= step <= len(STEPS):
        raise Http404
    today, now = timezone.localdate(), timezone.now()
    if request.method == "GET":
        screening = unfinished_screening(request.user, now)
        return _show(request, step, ScreeningStepForm(step, today=today, screening=screening))
    form = ScreeningStepForm(step, request.POST, today=today)
    valid = form.is_valid()
    screening = store_step(request.user, form.valid_answers, form.birth_date, now)
    if request.headers.get("X-Keep-Only"):
        return HttpResponse(status=204)
    if request.POST.get("go") == "back":
        before = neighbour(screening, STEPS, step, -1)
        return redirect("start_step", before) if before else redirect("start")
    if not valid:
        return _show(request, step, form)
    if evaluate_so_far(form.valid_answers).needs_call_now:
        hold_at_once(screening, now)
        return redirect("start_help", step)
    return _after(request, screening, step)


def _show(request: MemberRequest, step: int, form: ScreeningStepForm) -> HttpResponse:
    context = {
        "form": form,
        "step": step,
        "steps": len(STEPS),
        "percent": round(100 * (step - 1) / len(STEPS)),
    }
    return render(request, "programs/start/questions.html", context, status=422 if form.errors else 200)


def _after(request: MemberRequest, screening: Screening, step: int) -> HttpResponse:
    """Redirect to the step after `step`, or complete the screening after the last one."""
    following = neighbour(screening, STEPS, step, +1)
    if following:
        return redirect("start_step", following)
    try:
        complete_screening(screening, timezone.localdate(), timezone.now())
    except AnswerError:
        messages.info(request, _("One question is still open. Here it is."))
        return redirect("start_step", first_open_step(screening, STEPS))
    return redirect("start_result")


@member_page
@require_safe
def emergency(request: MemberRequest, step: int) -> HttpResponse:
    """Show help at once, in the middle of the screening. The member may change the answer, or continue later."""
    screening = unfinished_screening(request.user, timezone.now())
    result = evaluate_so_far(screening.answers)
    if not result.needs_call_now:
        return redirect("start_step", min(step, len(STEPS)))
    is_crisis = is_mind_crisis(result.red_flags)
    context = {
        "words": disposition_words(result.disposition, result.urgency, crisis=is_crisis),
        "is_crisis": is_crisis,
        "help": help_for(screening.participant.country),
        "birth_date": screening.birth_date,
        "step": step,
        "next_step": min(step + 1, len(STEPS)),
    }
    return render(request, "programs/start/emergency.html", context)


@member_page
@require_safe
def result(request: MemberRequest) -> HttpResponse:
    """Show the result of the screening and what to do next."""
    screening = latest_screening(request.user)
    if screening is None:
        return redirect("start")
    is_crisis = is_mind_crisis(evaluate_so_far(screening.answers).red_flags)
    is_cesarean = screening.answers.get("birth_mode") == BirthType.CESAREAN
    enrollment = Enrollment.objects.open_of(request.user).first()
    context = {
        "enrollment": enrollment,
        "hold": hold_of(screening.participant),
        "words": disposition_words(screening.disposition, screening.urgency, crisis=is_crisis),
        "urgent": screening.disposition == Disposition.URGENT_NOW,
        "waits": screening.disposition == Disposition.WAIT_CLINICIAN,
        "is_emergency": screening.urgency == Urgency.EMERGENCY,
        "is_crisis": is_crisis,
        "crisis_words": CRISIS_WORDS,
        "changes": screening_changes(screening),
        "about": published_about(screening.participant) if is_cesarean else None,
        "help": help_for(screening.participant.country),
        "supports": "mood_support" in screening.flags,
        "can_enroll": may_enroll(screening) and not enrollment,
        "form": ConsentForm(),
    }
    return render(request, "programs/start/result.html", context)


@member_page
@require_POST
def again(request: MemberRequest) -> HttpResponse:
    """Repeat the screening from the last answers, for news such as a check or a symptom that is gone.

    An enrolled member may ask for the short scope (`scope`); while a hold is in force, only the whole one can end it.
    """
    short = request.POST.get("scope") == ScreeningScope.SHORT and may_answer_less(request.user)
    scope = ScreeningScope.SHORT if short else ScreeningScope.WHOLE
    screening = screen_again(request.user, timezone.now(), scope)
    return redirect("start_step", first_open_step(screening, STEPS))


@member_page
@require_POST
def enroll(request: MemberRequest) -> HttpResponse:
    """Record the consent and enroll the member. Idempotent."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please tick the box to continue."))
        return redirect("start_result")
    try:
        enroll_member(request.user, str(ConsentForm.TEXT), timezone.now())
    except CannotEnroll:
        messages.info(request, _("Your answers ask for a check first, so the sessions stay closed for now."))
        return redirect("start_result")
    return redirect("today")
