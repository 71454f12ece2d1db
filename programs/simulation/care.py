"""What a virtual member does about a hold, and what the therapist does at the desk."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from programs.facts.unlocking import WayOut, way_out, way_out_before_enrolling
from programs.forms.hold import HoldForm
from programs.models import CareAction, Concern, SafetyHold, ScreeningScope
from programs.rules.concerns import ConcernCode
from programs.rules.screening import SHORT_RESCREEN
from programs.rules.unlock_rules import THERAPIST, Requirement
from programs.rules.vocabulary import CheckInKind, EnrollmentState
from programs.services.care import Care, NothingToDo, care_for
from programs.services.hold import confirm_requirements, confirm_requirements_before_enrolling
from programs.services.screening import BIRTH_QUESTIONS, complete_screening, screen_again, store_answers
from programs.simulation.life import Life

LOOKED_AT = (ConcernCode.SYMPTOM_GATE, ConcernCode.SECOND_SYMPTOM_HOLD)
THERAPIST_ADDRESS = "therapist@simulation.invalid"
SINCE_SIGN = 4  # days since when a sign has been gone, as far as the hold lasts
KIND = CareAction.Kind


def confirm_hold(life: Life) -> None:
    """Do what the page of the hold asks for, once the member has had the time to reach a clinician."""
    hold, mother = life.hold, life.mother
    if hold is None or mother.help_after_days is None:
        return
    if life.now < hold.began_at + timedelta(days=mother.help_after_days) and not mother.is_pushy:
        return
    enrollment = life.enrollment
    if enrollment:
        life.check(CheckInKind.BEFORE)
        life.pass_time(1)
    form, life.answered_hold = _filled_in(life, hold), True
    with life.acting():
        if form.is_valid() and enrollment:
            confirm_requirements(enrollment, form.confirmed, life.now)
        elif form.is_valid():
            confirm_requirements_before_enrolling(life.participant, form.confirmed, life.now)
    hold = life.hold
    if hold and Requirement.SCREENED_AGAIN in out_of(life, hold).missing:
        life.pass_time(1)
        screen_anew(life, whole=True)


def out_of(life: Life, hold: SafetyHold) -> WayOut:
    """Return what the page of the hold shows."""
    journey = life.journey
    if journey is None:
        return way_out_before_enrolling(hold, life.now)
    return way_out(hold, journey.history, journey.enrollment.baseline_leak, life.now)


def screen_anew(life: Life, whole: bool) -> None:
    """Answer the screening again, as the body is today."""
    scope = ScreeningScope.WHOLE if whole else ScreeningScope.SHORT
    screening = screen_again(life.user, life.now, scope)
    about_birth = {"time_since_birth": "pregnant"} if life.is_pregnant else {}
    answers = life.body.screening(**about_birth)
    asked = SHORT_RESCREEN if not whole else [name for name in answers if name not in BIRTH_QUESTIONS]
    given = {name: answers[name] for name in asked} | about_birth
    if not screening.answers.keys() >= set(BIRTH_QUESTIONS):
        given |= {name: answers[name] for name in BIRTH_QUESTIONS}
    with life.acting():
        screening = store_answers(screening, given, life.birth_date)
        complete_screening(screening, life.today, life.now)
    life.pass_time(1)


def therapist_looks(life: Life) -> None:
    """Have the therapist settle what is open, look at symptoms, and open or hold the program now and then."""
    therapist, _ = get_user_model().objects.get_or_create(email=THERAPIST_ADDRESS, is_staff=True)
    rng, kinds = life.rng, []
    hold = life.hold
    if hold and THERAPIST in hold.rules_matched and rng.random() < 0.3:
        kinds = [KIND.UNLOCK]
    elif hold is None and life.enrollment and rng.random() < 0.002:
        kinds = [KIND.HOLD]
    for concern in Concern.objects.filter(participant=life.participant, resolved_at=None).order_by("pk"):
        if rng.random() < 0.3:
            looks = concern.code in LOOKED_AT and rng.random() < 0.7
            clears = [KIND.CLEAR] if looks and _may_clear(life) else []
            _act(
                life, Care(life.new_id(), (*clears, KIND.RESOLVE), "I have looked at it.", therapist, concern)
            )
    if kinds:
        _act(life, Care(life.new_id(), tuple(kinds), "As we said on the phone.", therapist))


def _act(life: Life, care: Care) -> None:
    with life.acting(), suppress(NothingToDo):
        care_for(life.participant, care, life.now)


def _may_clear(life: Life) -> bool:
    enrollment = life.enrollment
    return enrollment is not None and enrollment.state == EnrollmentState.ACTIVE


def _filled_in(life: Life, hold: SafetyHold) -> HoldForm:
    """Return the form of the hold with every question answered as someone who has seen a clinician."""
    out, enrollment = out_of(life, hold), life.enrollment
    began = timezone.localdate(hold.began_at)
    about: dict[str, Any] = {"latest": life.today, "began": began, "country": None}
    week = enrollment.week if enrollment else 1
    data: dict[str, Any] = {}
    for name, field in HoldForm(hold, out.missing, week, **about).fields.items():
        if name == "sign_gone_on":
            data[name] = max(began, life.today - timedelta(days=SINCE_SIGN)).isoformat()
        elif name.endswith("_on"):
            data[name] = life.today.isoformat()
        else:
            data[name] = _ANSWERS.get(name) or [code for code, _label in getattr(field, "choices", [])]
    return HoldForm(hold, out.missing, week, data, **about)


_ANSWERS = {
    "safe_and_supported": "on", "spoke_with": "clinician", "self_safety": "yes_supported", "unreal": "no",
    "advised_phase": "1",
}  # fmt: skip
