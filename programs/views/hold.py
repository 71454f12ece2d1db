"""What a pause or an emergency waits for: shown as it stands, confirmed step by step, never walked around."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.members import member_page
from programs.facts.journey import journey_of
from programs.facts.standing import plan_for
from programs.facts.unlocking import way_out
from programs.forms.hold import HoldForm
from programs.models import ScreeningScope
from programs.pages.help import help_for
from programs.rules.red_flags import sign_free_hours
from programs.rules.unlock_rules import Requirement
from programs.rules.unlocking import breathing_open
from programs.rules.vocabulary import Outcome, Situation
from programs.services.hold import confirm
from programs.views.access import enrollment_of
from programs.wording.journey import SITUATION_WORDS
from programs.wording.unlocking import requirement_words

BY_CHECK_IN = {Requirement.MOOD_NOT_UNSAFE, Requirement.SYMPTOM_SETTLED}


@member_page
@require_http_methods(["GET", "POST"])
def hold(request):
    """The way out of the hold in force."""
    now = timezone.now()
    enrollment = enrollment_of(request.user)
    journey = journey_of(enrollment, now)
    found = journey.hold
    if found is None:
        return redirect("decisions" if request.method == "POST" else "today")
    out = way_out(found, journey)
    dates = {"today": timezone.localdate(now), "began": timezone.localdate(found.began_at)}
    form = HoldForm(found, out.missing, enrollment.week, request.POST or None, initial=found.met, **dates)
    if request.method == "POST" and form.is_valid():
        found = confirm(enrollment, form.confirmed, now)
        if found is None or found.ended_at:
            return redirect("decisions")
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
        "help": help_for(enrollment.participant.country),
        "rest_key": plan_for(enrollment).rest.key if breathing_open(found.rules_matched) else "",
    }
    return render(request, "programs/check_in/hold.html", context, status=422 if form.errors else 200)


def _steps(found, out):
    """What is required, in her words, and whether it is there."""
    hours = sign_free_hours(found.red_flags)
    return [{"text": requirement_words(one, hours), "met": one not in out.missing} for one in out.required]
