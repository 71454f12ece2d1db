"""Onboarding: the screening in short steps, its result, and the enrollment."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.dates import latest_date
from common.limits import Limit, too_many
from common.members import MemberRequest, User, member_page
from programs.forms.screening import STEPS, ConsentForm, CountryForm, ScreeningStepForm, country_form
from programs.models import Enrollment, Screening, ScreeningScope
from programs.pages.catalogue import published_about
from programs.pages.help import help_for
from programs.pages.screening import (
    answered,
    asked_in,
    first_open_step,
    help_page,
    is_answered,
    latest_screening,
    may_answer_less,
    neighbour,
    notes_of,
    result_title,
)
from programs.rules.screening import ASKED_IN_PREGNANCY, URGENT_OPTIONS, evaluate_so_far, is_pregnant
from programs.rules.vocabulary import AnswerError, BirthType, Disposition, Urgency
from programs.services.admission import CodeRefusedError, closed_to, redeem
from programs.services.enrollment import CannotEnroll, NotAdmittedError, may_enroll
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
from programs.wording.screening_parts import PART_WORDS, because

CODE_TRIES = Limit("enroll code", 10, 3600)


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Lead a member to the screening, anybody else to making an account."""
    if request.user.is_authenticated:
        return begin(request)
    return redirect_to_login(request.path, reverse("account_signup"))


@member_page
def begin(request: MemberRequest) -> HttpResponse:
    """Redirect to the first open part of the screening, or to where it has led."""
    if Enrollment.objects.open_of(request.user).exists():
        return redirect("today")
    screening = _screening_of(request.user)
    return (
        redirect("start_step", first_open_step(screening, STEPS)) if screening else redirect("start_result")
    )


def _screening_of(user: User) -> Screening | None:
    """Return the unfinished screening, begun now for a new member; None once one is finished and none is under way."""
    found = Screening.objects.filter(participant__user=user, completed_at=None)
    screening = found.select_related("participant__country").first()
    return screening or (None if latest_screening(user) else unfinished_screening(user, timezone.now()))


@member_page
@require_http_methods(["GET", "POST"])
def questions(request: MemberRequest, step: int) -> HttpResponse:
    """Show or save one part of the screening.

    An emergency among the answers leads to help at once, whatever else is open. Going back, or the autosave of a single
    tap (header X-Keep-Only), saves the valid answers and validates nothing.
    """
    if not 1 <= step <= len(STEPS):
        raise Http404
    screening = _screening_of(request.user)
    if screening is None:
        return redirect("start_result")
    if request.method == "GET":
        return _show(request, screening, step)
    form = _form(screening, step, request.POST)
    valid = form.is_valid() & _keep_country(request, screening)
    now = timezone.now()
    screening = store_step(request.user, form.valid_answers, form.birth_date, form.withdrawn, now)
    needs_call = evaluate_so_far(form.valid_answers).needs_call_now
    if request.headers.get("X-Keep-Only"):
        return _help_at_once(request, screening) if needs_call else HttpResponse(status=204)
    if request.POST.get("go") == "back":
        before = neighbour(screening, STEPS, step, -1)
        return redirect("start_step", before or step)
    if needs_call:
        hold_at_once(screening, now)
        return redirect("start_help", step)
    if valid:
        return _after(request, screening, step)
    if form.is_only_unfinished:
        return redirect(f"{reverse('start_step', args=[step])}?open")
    return _page(request, screening, step, form)


def _form(screening: Screening, step: int, data: Any = None, **kwargs: Any) -> ScreeningStepForm:
    asked = asked_in(screening, STEPS[step - 1])
    dates = {"today": timezone.localdate(), "latest": latest_date(timezone.now())}
    country = screening.participant.country_id
    return ScreeningStepForm(asked, data, country=country, **dates, **kwargs)


def _keep_country(request: MemberRequest, screening: Screening) -> bool:
    """Store the country where the part asks for it; return whether it is one."""
    if "country" not in request.POST:
        return True
    form = CountryForm(request.POST, instance=screening.participant)
    if form.is_valid():
        form.save()
    return form.is_valid()


def _show(request: MemberRequest, screening: Screening, step: int) -> HttpResponse:
    """Show a part as it is stored; with `?open` in the address, what is missing is marked."""
    known = ScreeningStepForm.known(screening)
    form = _form(screening, step, known) if "open" in request.GET else _form(screening, step, initial=known)
    return _page(request, screening, step, form)


def _page(request: MemberRequest, screening: Screening, step: int, form: ScreeningStepForm) -> HttpResponse:
    is_new = step == 1 and not Enrollment.objects.open_of(request.user).exists()
    needs_call = evaluate_so_far(screening.answers).needs_call_now
    context = {
        "form": form,
        "country_form": country_form(screening.participant, request.user.time_zone) if is_new else None,
        "about": published_about() if is_new else None,
        "words": PART_WORDS[step - 1],
        "step": step,
        "steps": range(1, len(STEPS) + 1),
        "is_first": neighbour(screening, STEPS, step, -1) is None,
        "is_last": neighbour(screening, STEPS, step, +1) is None,
        "urgent": URGENT_OPTIONS,
        "only_after_birth": set(STEPS[1]) - set(ASKED_IN_PREGNANCY),
        "help_page": help_page(screening) if needs_call else None,
    }
    typed_wrong = request.method == "POST" and form.errors
    return render(request, "programs/start/questions.html", context, status=422 if typed_wrong else 200)


def _help_at_once(request: MemberRequest, screening: Screening) -> HttpResponse:
    """Show who to call, for the page that is open."""
    return render(request, "programs/start/_help_at_once.html", {"help_page": help_page(screening)})


def _after(request: MemberRequest, screening: Screening, step: int) -> HttpResponse:
    """Redirect to the part after `step`, or complete the screening after the last one."""
    following = neighbour(screening, STEPS, step, +1)
    if following:
        return redirect("start_step", following)
    try:
        complete_screening(screening, timezone.localdate(), timezone.now())
    except AnswerError:
        messages.info(request, _("One question is still open. Here it is."))
        return redirect(f"{reverse('start_step', args=[first_open_step(screening, STEPS)])}?open")
    return redirect("start_result")


@member_page
@require_safe
def emergency(request: MemberRequest, step: int) -> HttpResponse:
    """Show help at once, in the middle of the screening. The member may change the answer, or continue later."""
    screening = _screening_of(request.user)
    step = min(max(step, 1), len(STEPS))
    if screening is None or not evaluate_so_far(screening.answers).needs_call_now:
        return redirect("start_step", step)
    is_done = is_answered(screening, STEPS[step - 1])
    context = {
        "help_page": help_page(screening),
        "birth_date": screening.birth_date,
        "step": step,
        "next_step": neighbour(screening, STEPS, step, +1) if is_done else step,
    }
    return render(request, "programs/start/emergency.html", context)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: MemberRequest) -> HttpResponse:
    """Admit a member by the code of a class, and lead back to the result; a refused code stays to be mended."""
    if request.method != "POST":
        return redirect("start_result")
    typed, now = request.POST.get("code", "")[:40], timezone.now()
    if wait := CODE_TRIES.of(request.user.pk).hit(now):
        return too_many(request, wait)
    try:
        redeem(request.user, typed, now)
    except CodeRefusedError:
        return _result_page(request, typed)
    return redirect("start_result")


@member_page
@require_safe
def result(request: MemberRequest) -> HttpResponse:
    """Show the result of the screening and what to do next."""
    return _result_page(request)


def _result_page(request: MemberRequest, typed_code: str = "") -> HttpResponse:
    """Show the result, with a code that was refused, if any."""
    screening = latest_screening(request.user)
    if screening is None:
        return redirect("start")
    answers, evaluated = answered(screening), evaluate_so_far(screening.answers)
    is_crisis = is_mind_crisis(evaluated.red_flags)
    is_cesarean = screening.answers.get("birth_mode") == BirthType.CESAREAN
    enrollment = Enrollment.objects.open_of(request.user).first()
    closed = closed_to(screening.participant)
    hold, is_pregnant_now = hold_of(screening.participant), is_pregnant(screening.answers)
    words = disposition_words(screening.disposition, screening.urgency, crisis=is_crisis)
    context = {
        "enrollment": enrollment,
        "hold": hold,
        "words": words,
        "title": result_title(
            words,
            screening.disposition,
            is_pregnant=is_pregnant_now,
            is_held=hold is not None,
            is_enrolled=enrollment is not None,
        ),
        "because": because(evaluated.reasons),
        "urgent": screening.disposition == Disposition.URGENT_NOW,
        "waits": screening.disposition == Disposition.WAIT_CLINICIAN,
        "pregnant": is_pregnant_now,
        "is_emergency": screening.urgency == Urgency.EMERGENCY,
        "is_crisis": is_crisis,
        "crisis_words": CRISIS_WORDS,
        "answered": answers,
        "notes": notes_of(answers),
        "about": published_about(screening.participant) if is_cesarean else None,
        "help": help_for(screening.participant.country),
        "supports": "mood_support" in screening.flags,
        "can_enroll": may_enroll(screening) and not enrollment and not closed,
        "closed": "" if enrollment or not may_enroll(screening) else closed,
        "typed_code": typed_code,
        "form": ConsentForm(),
    }
    return render(request, "programs/start/result.html", context, status=422 if typed_code else 200)


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
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("start_result")
    try:
        enroll_member(request.user, form.text, timezone.now(), [page.version for page in form.pages])
    except NotAdmittedError:
        return redirect("start_result")
    except CannotEnroll:
        messages.info(request, _("Your answers ask for a check first, so the sessions stay closed for now."))
        return redirect("start_result")
    return redirect("today")
