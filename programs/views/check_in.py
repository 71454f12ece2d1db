"""The check-ins: before a session, after it, the next morning; and what each of them means for her."""

from uuid import uuid4

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.members import member_page
from programs.facts.adapted_session import session_for
from programs.facts.journey import journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.forms.check_in import CheckInForm
from programs.models import CheckIn
from programs.pages.check_in_outcome import outcome_page_of
from programs.pages.suggested_answers import known_answers, suggested_answers
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import record_check_in, record_emergency
from programs.views.access import enrollment_of, planned_session, wish_of


@member_page
@require_http_methods(["GET", "POST"])
def anytime(request):
    """How the member is now, whether or not a session follows."""
    return _check_in(request, CheckInKind.BEFORE, _journey(request))


@member_page
@require_http_methods(["GET", "POST"])
def before(request, key):
    """The check before a session."""
    journey = _journey(request)
    session = planned_session(plan_for(journey.enrollment), key)
    return _check_in(request, CheckInKind.BEFORE, journey, session)


@member_page
@require_http_methods(["GET", "POST"])
def after(request, key):
    """The check after a session."""
    journey = _journey(request)
    plan = plan_for(journey.enrollment)
    session = planned_session(plan, key)
    todo = session_for(plan, key, standing_of(journey))
    return _check_in(request, CheckInKind.AFTER, journey, session, todo)


@member_page
@require_http_methods(["GET", "POST"])
def morning(request):
    """How the morning after the last session was: one tap."""
    return _check_in(request, CheckInKind.NEXT_MORNING, _journey(request))


def _journey(request):
    return journey_of(enrollment_of(request.user), timezone.now())


def _check_in(request, kind, journey, session=None, todo=None):
    form = CheckInForm(
        kind,
        request.POST if request.method == "POST" else None,
        now=journey.now,
        fine=suggested_answers(journey, kind),
        known=known_answers(journey, kind, todo),
        initial={"client_id": uuid4()},
    )
    if request.method == "POST":
        valid = form.is_valid()
        made = form.as_made(session.key if session else "")
        record = record_check_in if valid else record_emergency
        kept = record(journey.enrollment, made, journey.now)
        if kept:
            return redirect(reverse("check_in_outcome", args=[kept.client_id]) + wish_of(request))
    context = {"form": form, "kind": kind, "session": session}
    template = f"programs/check_in/{kind}.html"
    return render(request, template, context, status=422 if form.errors else 200)


@member_page
@require_safe
def outcome(request, client_id):
    """What a check-in means: what follows, why, what to do now, whom to call."""
    journey = _journey(request)
    enrollment = journey.enrollment
    check_in = CheckIn.objects.filter(enrollment=enrollment, client_id=client_id).first()
    if check_in is None:
        raise Http404
    plan, standing = plan_for(enrollment), standing_of(journey)
    told = outcome_page_of(check_in, enrollment.participant.country, standing.hold)
    session = planned_session(plan, check_in.session_key) if check_in.session_key else None
    context = {
        "told": told,
        "standing": standing,
        "session": session,
        "session_open": session and closed_because(standing, session, enrollment.week) is None,
        "todo": session_for(plan, session.key, standing) if told.before_session else None,
        "rest_key": plan.rest.key,
        "birth_date": enrollment.birth_date,
        "wish": wish_of(request),
    }
    template = "emergency" if told.is_emergency else "outcome"
    return render(request, f"programs/check_in/{template}.html", context)
