"""What a pause or an emergency waits for: shown as it stands, confirmed step by step, never walked around."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.members import member_page
from programs.facts.journey import journey_of
from programs.facts.standing import plan_for
from programs.facts.unlocking import way_out, way_out_before_enrolling
from programs.forms.hold import HoldForm
from programs.models import Enrollment, Participant, ScreeningScope
from programs.pages.help import help_for
from programs.rules.red_flags import sign_free_hours
from programs.rules.unlock_rules import Requirement
from programs.rules.unlocking import breathing_open
from programs.rules.vocabulary import Outcome, Situation
from programs.services.hold import confirm, confirm_before_enrolling, hold_of
from programs.wording.journey import SITUATION_WORDS
from programs.wording.unlocking import requirement_words

BY_CHECK_IN = {Requirement.MOOD_NOT_UNSAFE, Requirement.SYMPTOM_SETTLED}


@member_page
@require_http_methods(["GET", "POST"])
def hold(request):
    """The way out of the hold in force."""
    now = timezone.now()
    enrollment = Enrollment.objects.open_of(request.user).first()
    journey = enrollment and journey_of(enrollment, now)
    participant = enrollment.participant if enrollment else _participant(request.user)
    found = journey.hold if journey else hold_of(participant)
    if found is None:
        return redirect("decisions" if journey and request.method == "POST" else "today")
    out = way_out(found, journey) if journey else way_out_before_enrolling(found, now)
    week = enrollment.week if enrollment else 1
    dates = {"today": timezone.localdate(now), "began": timezone.localdate(found.began_at)}
    form = HoldForm(found, out.missing, week, request.POST or None, initial=found.met, **dates)
    if request.method == "POST" and form.is_valid():
        if enrollment:
            found = confirm(enrollment, form.confirmed, now)
        else:
            found = confirm_before_enrolling(participant, form.confirmed, now)
        if found is None or found.ended_at:
            return redirect("decisions" if enrollment else "start_result")
        messages.success(request, _("Kept. Below is what is still open."))
        return redirect("hold")
    context = {
        "hold": found,
        "form": form,
        "steps": _steps(found, out),
        "by_check_in": bool(BY_CHECK_IN & set(out.missing)),
        "by_screening": Requirement.SCREENED_AGAIN in out.missing,
        "scope": ScreeningScope.WHOLE,
        "words": SITUATION_WORDS.get(found.situation),
        "loss": Situation.LOSS,
        "is_emergency": found.outcome == Outcome.EMERGENCY,
        "is_crisis": Requirement.SAFE_AND_SUPPORTED in out.required,
        "help": help_for(participant.country),
        "rest_key": _rest_key(enrollment, found),
    }
    return render(request, "programs/check_in/hold.html", context, status=422 if form.errors else 200)


def _participant(user):
    return get_object_or_404(Participant.objects.select_related("country"), user=user)


def _rest_key(enrollment, found):
    """The breathing session, where it is open to her; "" where there is none."""
    return plan_for(enrollment).rest.key if enrollment and breathing_open(found.rules_matched) else ""


def _steps(found, out):
    """What is required, in her words, and whether it is there."""
    hours = sign_free_hours(found.red_flags)
    return [{"text": requirement_words(one, hours), "met": one not in out.missing} for one in out.required]
