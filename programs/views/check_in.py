"""The check-ins (before a session, after it, the next morning) and the outcome of each."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.members import MemberRequest, member_page
from programs.facts.adapted_session import AdaptedSession, session_for
from programs.facts.correcting import corrected_until
from programs.facts.journey import Journey, journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.facts.week import week_facts, week_timing
from programs.forms.check_in import CheckInForm
from programs.forms.phone_clock import clock_error, made_at_of
from programs.models import CheckIn, Enrollment
from programs.pages.check_in_outcome import OutcomePage, advice_of, outcome_page_of
from programs.pages.help import help_for
from programs.pages.resting import rest_words
from programs.pages.suggested_answers import ANSWERS_FROM, Suggestion, known_answers, suggestion_for
from programs.plan import Plan, PlannedSession
from programs.rules.check_in import advice_so_far
from programs.rules.vocabulary import CheckInKind, EnrollmentState, Outcome
from programs.services.check_in import record_check_in, record_emergency
from programs.views.access import enrollment_of, form_query_of, planned_session
from programs.views.waiting_answers import (
    WAITS_OPEN,
    check_in_page,
    forget_answers,
    keep_answers,
    waiting_answers,
)


@check_in_page
@require_http_methods(["GET", "POST"])
def anytime(request: MemberRequest) -> HttpResponse:
    """Take a check-in at any time, whether or not a session follows."""
    enrollment = enrollment_of(request.user)
    check_ins = _recent_check_ins(request, enrollment)
    return _check_in(request, CheckInKind.BEFORE, enrollment, check_ins)


@check_in_page
@require_http_methods(["GET", "POST"])
def before(request: MemberRequest, key: str) -> HttpResponse:
    """Take the check-in before a session."""
    enrollment = enrollment_of(request.user)
    session = planned_session(plan_for(enrollment), key)
    check_ins = _recent_check_ins(request, enrollment)
    return _check_in(request, CheckInKind.BEFORE, enrollment, check_ins, session)


@check_in_page
@require_http_methods(["GET", "POST"])
def after(request: MemberRequest, key: str) -> HttpResponse:
    """Take the check-in after a session."""
    enrollment = enrollment_of(request.user)
    plan = plan_for(enrollment)
    session = planned_session(plan, key)
    journey = journey_of(enrollment, timezone.now())
    todo = session_for(plan, key, standing_of(journey))
    return _check_in(request, CheckInKind.AFTER, enrollment, journey.check_ins, session, todo)


@check_in_page
@require_http_methods(["GET", "POST"])
def morning(request: MemberRequest) -> HttpResponse:
    """Take the check-in of the morning after the last session: one tap."""
    return _check_in(request, CheckInKind.NEXT_MORNING, enrollment_of(request.user), ())


def _recent_check_ins(request: MemberRequest, enrollment: Enrollment) -> Sequence[CheckIn]:
    """Return what answers are suggested from or, for answers just sent, what was told on a morning (one query)."""
    if request.method == "POST":
        return CheckIn.objects.mornings_of(enrollment, ANSWERS_FROM)
    return CheckIn.objects.latest_to_suggest_from(enrollment, ANSWERS_FROM)


def _check_in(
    request: MemberRequest,
    kind: CheckInKind,
    enrollment: Enrollment,
    check_ins: Sequence[CheckIn],
    session: PlannedSession | None = None,
    todo: AdaptedSession | None = None,
) -> HttpResponse:
    """Show the form, or record the answers: only the emergency in them if others are missing.

    They were just sent, or wait from before: a sign-in, or the redirect after a form with answers missing, so that the
    browser's Back never sends anything again. `check_ins` are the recent ones, oldest first, from which answers are
    suggested.
    """
    now = timezone.now()
    is_post = request.method == "POST"
    sent = request.POST if is_post else waiting_answers(request, now)
    suggestion = Suggestion() if is_post else suggestion_for(enrollment, check_ins, kind, now)
    error = clock_error(request, now)
    # What need not be asked is what was known when it was made: a session that arrived meanwhile changes nothing.
    made_at = made_at_of(sent.get("made_at", ""), error, now) if sent else now
    form = CheckInForm(
        kind,
        sent,
        now=now,
        clock_error=error,
        suggested=suggestion.answers,
        known=known_answers(
            enrollment, kind, made_at, todo, check_ins, sent.get("client_id", "") if sent else ""
        ),
        initial={"client_id": uuid4()},
    )
    calls: list[str] = []
    if sent is not None:
        valid = form.is_valid()
        made = form.as_made(session.key if session else "")
        record = record_check_in if valid else record_emergency
        check_in = record(enrollment, made, now)
        if check_in:
            forget_answers(request)
            return redirect(_after_check_in(request, check_in))
        calls = _calls_so_far(enrollment, form)
        if is_post:
            keep_answers(request, now, WAITS_OPEN)
            place = "call-first" if calls else "open"
            return HttpResponseRedirect(f"{request.get_full_path()}#{place}", status=HTTPStatus.SEE_OTHER)
    context = {
        "form": form,
        "calls": calls,
        "kind": kind,
        "session": session,
        "since": suggestion.since,
        "is_too_much": "too-much" in request.GET,
        "rest_key": plan_for(enrollment).rest.key,
        "help_country": enrollment.participant.country,
    }
    template = f"programs/check_in/{kind}.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _calls_so_far(enrollment: Enrollment, form: CheckInForm) -> list[str]:
    """Return whom to call by the answers given until now: the call does not wait for the rest of the questions."""
    codes = advice_so_far(form.kind, form.given)
    return advice_of(codes, help_for(enrollment.participant.country)) if codes else []


def _after_check_in(request: MemberRequest, check_in: CheckIn) -> str:
    """Return the address a check-in leads to: the session, where all is well and nothing is to be said; else its outcome."""
    is_plain = check_in.mode == Outcome.GO and not check_in.advice and not check_in.contact_within
    if check_in.kind == CheckInKind.BEFORE and check_in.session_key and is_plain:
        return reverse("session", args=[check_in.session_key]) + form_query_of(request)
    return reverse("check_in_outcome", args=[check_in.client_id]) + form_query_of(request)


@member_page
@require_safe
def outcome(request: MemberRequest, client_id: UUID) -> HttpResponse:
    """Show what a check-in means: what follows, why, what to do now, whom to call."""
    enrollment, now = enrollment_of(request.user), timezone.now()
    rows = CheckIn.objects.filter(enrollment=enrollment).select_related("replaced_by")
    check_in = rows.filter(client_id=client_id).first()
    if check_in is None:
        raise Http404
    if check_in.replaced_at:
        return redirect("check_in_outcome", check_in.replaced_by.client_id)
    plan, journey = plan_for(enrollment), journey_of(enrollment, now)
    standing = standing_of(journey)
    page = outcome_page_of(check_in, enrollment.participant.country, standing.hold, standing.flags)
    session = planned_session(plan, check_in.session_key) if check_in.session_key else None
    context = {
        "outcome_page": page,
        "standing": standing,
        "session": session,
        "session_open": session and closed_because(standing, session, enrollment.week) is None,
        "todo": session_for(plan, session.key, standing) if session and page.before_session else None,
        "rest_key": plan.rest.key,
        "birth_date": enrollment.birth_date,
        "resting": rest_words(standing.rest),
        "corrected_until": corrected_until(check_in, now),
        "form_query": form_query_of(request),
        **_week_so_far(plan, enrollment, journey, page),
    }
    template = "emergency" if page.is_emergency else "outcome"
    return render(request, f"programs/check_in/{template}.html", context)


def _week_so_far(plan: Plan, enrollment: Enrollment, journey: Journey, page: OutcomePage) -> dict[str, Any]:
    """Return what a session that ended well adds to the week, and what comes next."""
    if not page.ends_well or enrollment.state != EnrollmentState.ACTIVE:
        return {}
    return {
        "week": week_facts(enrollment, journey.logs, plan, journey.today),
        "week_is_offered": week_timing(journey).is_offered,
    }
