"""What a pause or an emergency waits for: shown as it stands, confirmed step by step, never walked around."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.dates import latest_date
from common.members import MemberRequest, User, member_page
from programs.facts.correcting import corrected_until
from programs.facts.journey import past_check_in
from programs.facts.standing import plan_for
from programs.facts.unlocking import WayOut, sign_free_on, way_out, way_out_before_enrolling
from programs.forms.hold import HoldForm
from programs.models import CheckIn, Enrollment, Participant, SafetyHold, ScreeningScope
from programs.pages.help import help_for
from programs.pages.hold_reasons import hold_context
from programs.rules.carry_over import CORRECTION_WITHIN
from programs.rules.red_flags import sign_free_hours
from programs.rules.unlock_rules import Requirement
from programs.rules.unlocking import breathing_open
from programs.rules.vocabulary import Outcome, Situation
from programs.services.hold import confirm_requirements, confirm_requirements_before_enrolling, hold_of
from programs.wording.unlocking import how_words, requirement_words

BY_CHECK_IN = {Requirement.MOOD_NOT_UNSAFE, Requirement.SYMPTOM_SETTLED}


@member_page
@require_http_methods(["GET", "POST"])
def hold(request: MemberRequest) -> HttpResponse:
    """Show what ends the hold in force, and record what the member confirms."""
    now = timezone.now()
    enrollment = Enrollment.objects.newest_practising_of(request.user)
    participant = enrollment.participant if enrollment else _participant(request.user)
    found = hold_of(participant)
    if found is None:
        return redirect("decisions" if enrollment and request.method == "POST" else "today")
    out = _way_out(enrollment, found, now)
    week = enrollment.week if enrollment else 1
    dates: dict[str, Any] = {
        "latest": latest_date(now),
        "began": timezone.localdate(found.began_at),
        "country": participant.country_id,
    }
    sent = request.POST if request.method == "POST" else None
    form = HoldForm(found, out.missing, week, sent, initial=found.met, **dates)
    if form.is_valid():
        if enrollment:
            found = confirm_requirements(enrollment, form.confirmed, now)
        else:
            found = confirm_requirements_before_enrolling(participant, form.confirmed, now)
        if found is None or found.ended_at:
            return redirect("decisions" if enrollment else "start_result")
        if form.changes:
            messages.success(request, _("Saved. Below is what is still open."))
        else:
            messages.info(request, _("Nothing was changed. Answer what you can below, then tap “Save”."))
        return redirect("hold")
    context = {"form": form, **_hold_context(participant, enrollment, found, out, now)}
    return render(request, "programs/check_in/hold.html", context, status=422 if form.errors else 200)


def _way_out(enrollment: Enrollment | None, found: SafetyHold, now: datetime) -> WayOut:
    if enrollment is None:
        return way_out_before_enrolling(found, now)
    history = [past_check_in(row) for row in CheckIn.objects.latest_of(enrollment)]
    return way_out(found, history, enrollment.baseline_leak, now)


def _hold_context(
    participant: Participant, enrollment: Enrollment | None, found: SafetyHold, out: WayOut, now: datetime
) -> dict[str, Any]:
    help_ = help_for(participant.country)
    return {
        "hold": found,
        "steps": _steps(found, out),
        "corrected_until": _corrected_until(found, now),
        "is_open": out.is_open,
        "by_check_in": bool(BY_CHECK_IN & set(out.missing)),
        "by_screening": Requirement.SCREENED_AGAIN in out.missing,
        "scope": ScreeningScope.WHOLE,
        **hold_context(found, help_),
        "loss": Situation.LOSS,
        "is_emergency": found.outcome == Outcome.EMERGENCY,
        "is_crisis": Requirement.SAFE_AND_SUPPORTED in out.required,
        "help": help_,
        "rest_key": _rest_key(enrollment, found),
    }


def _corrected_until(found: SafetyHold, now: datetime) -> datetime | None:
    """Return until when the check-in behind a hold can be corrected; None where it cannot, or there is none."""
    is_new = now - found.began_at <= CORRECTION_WITHIN
    return corrected_until(found.check_in, now) if is_new else None


def _participant(user: User) -> Participant:
    return get_object_or_404(Participant.objects.select_related("country"), user=user)


def _rest_key(enrollment: Enrollment | None, found: SafetyHold) -> str:
    """Return the key of the breathing session if it is open, else ""."""
    return plan_for(enrollment).rest.key if enrollment and breathing_open(found.rules_matched) else ""


def _steps(found: SafetyHold, out: WayOut) -> list[dict[str, Any]]:
    """Return every requirement as text, whether it is met, and who can meet it and how."""
    hours = sign_free_hours(found.red_flags)
    a_day_later = timezone.localtime(found.began_at + timedelta(days=1))
    return [
        {
            "text": requirement_words(one, hours),
            "met": one not in out.missing,
            "how": how_words(one, a_day_later, sign_free_on(found)),
        }
        for one in out.required
    ]
