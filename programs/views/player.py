"""One session (to read, to tick, or to follow step by step), and the endpoint that stores what was done."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.addresses import address_of
from common.members import MemberRequest, member_page
from programs.facts.adapted_session import AdaptedSession, exercises_done, session_for
from programs.facts.correcting import corrected_until
from programs.facts.journey import journey_of
from programs.facts.standing import FIRST_SESSION_DAY, Standing, closed_because, plan_for, standing_of
from programs.facts.week import PRACTICES, rounds_on
from programs.forms.phone_clock import clock_error
from programs.forms.session_log import SessionLogForm, TickedSessionForm
from programs.models import Enrollment, PlayerWish, SessionLog
from programs.pages.figures import shown_to
from programs.pages.help import help_for
from programs.pages.hold_reasons import hold_context
from programs.pages.offline_check import check_data
from programs.pages.offline_sessions import offline_sessions
from programs.pages.player import account_mark, logs_of_today, player_data, sittings_of
from programs.pages.resting import rest_words
from programs.pages.session_lengths import form_named, shorter_forms
from programs.plan import Plan, PlannedSession, UnknownSession
from programs.rules.carry_over import CORRECTION_WITHIN
from programs.rules.vocabulary import Outcome, SessionKind
from programs.services.session_log import (
    AnotherSession,
    exercises_needed,
    is_enough,
    log_session,
    log_session_of,
)
from programs.views.access import enrollment_of, form_query_of, planned_session
from programs.wording.check_in import OUTCOME_WORDS
from programs.wording.player import NOT_OPEN_WORDS, round_words, too_few_words


@member_page
@require_http_methods(["GET", "POST"])
def session(request: MemberRequest, key: str) -> HttpResponse:
    """Show the session for the player, or without JavaScript as a list to tick; log a ticked one."""
    now = timezone.now()
    enrollment = enrollment_of(request.user)
    plan = plan_for(enrollment)
    planned, journey = planned_session(plan, key), journey_of(enrollment, now)
    standing = standing_of(journey)
    reason = closed_because(standing, planned, enrollment.week)
    if reason == "check" and request.method != "POST":
        return redirect(reverse("check_in_before", args=[key]) + form_query_of(request))
    if reason and request.method != "POST":
        return _closed(request, enrollment, plan, planned, reason, standing)
    whole = session_for(plan, key, _as_it_may_have_been(standing) if reason else standing)
    form_name = _form_name(request)
    todo = form_named(whole, form_name)
    form = TickedSessionForm(
        request.POST or None, initial={"id": uuid.uuid4()}, items=todo.items, steps=todo.steps, now=now
    )
    if request.method == "POST" and form.is_valid():
        return _log_ticked(request, enrollment, plan, planned, form, standing, now, reason)
    if reason:  # the form held nothing that could be logged
        return _closed(request, enrollment, plan, planned, reason, standing)
    logs = logs_of_today(enrollment, now)
    context = {
        "todo": todo,
        "whole": whole,
        "form_name": form_name,
        "forms": shorter_forms(whole),
        "form": form,
        "ticked": {int(number) for number in form["done"].data or [] if number.isdecimal()},
        "round": _round(planned, logs, now),
        "volume_note": _volume_note(plan, planned),
        **_just_checked(planned, standing, now),
        **_player_context(
            request,
            enrollment,
            whole,
            standing,
            sittings_of(logs).get(key),
            exercises_done(plan, journey.logs, journey.today),
        ),
    }
    return render(request, "programs/session.html", context, status=422 if form.errors else 200)


def _just_checked(planned: PlannedSession, standing: Standing, now: datetime) -> dict[str, Any]:
    """Return what to say of a check-in made just now that led straight here, and until when it can be corrected."""
    check_in = standing.check_in
    if planned.kind != SessionKind.SESSION or check_in is None or now - check_in.made_at > CORRECTION_WITHIN:
        return {}
    is_plain = check_in.mode == Outcome.GO and not check_in.advice
    return {
        "good_to_go": OUTCOME_WORDS[Outcome.GO] if is_plain else None,
        "corrected_until": corrected_until(check_in, now),
        "check_in_id": check_in.client_id,
    }


def _log_ticked(
    request: MemberRequest,
    enrollment: Enrollment,
    plan: Plan,
    planned: PlannedSession,
    form: TickedSessionForm,
    standing: Standing,
    now: datetime,
    reason: str | None,
) -> HttpResponse:
    """Log a ticked session, and redirect to its check-in or say why it is closed now (`reason`).

    Raise Http404 if its id belongs to another session.
    """
    try:
        row = log_session(enrollment, planned, form.session_as_done(), standing.outcome, now)
    except AnotherSession:
        raise Http404 from None
    if reason:
        return _closed(request, enrollment, plan, planned, reason, standing, is_saved=True)
    messages.success(request, _("Saved. %(minutes)d minutes for you.") % {"minutes": row.minutes})
    if planned.kind != SessionKind.SESSION:
        return redirect("today")
    if not row.counts_as_done:
        messages.info(request, _why_uncounted(row))
    return redirect("check_in_after", planned.key)


def _why_uncounted(row: SessionLog) -> str:
    """Return why the week's session in `row` does not count as done."""
    return str(NOT_OPEN_WORDS) if is_enough(row) else too_few_words(exercises_needed(row))


def _volume_note(plan: Plan, planned: PlannedSession) -> str:
    """Return the note on a lower amount of work, for a week's session only."""
    return plan.volume_note_of(planned.week) if planned.kind == SessionKind.SESSION and planned.week else ""


def _player_context(
    request: MemberRequest,
    enrollment: Enrollment,
    whole: AdaptedSession,
    standing: Standing,
    sitting: SessionLog | None,
    known: Collection[str],
) -> dict[str, Any]:
    """Return the data that the page's JavaScript reads, and which drawings the page shows."""
    wishes, figures = enrollment.participant.player_wishes, shown_to(enrollment.participant)
    data = player_data(whole, sitting, _urls(whole.session.key), wishes, figures, known)
    return {
        "still": PlayerWish.STILL in wishes,
        "player": data | _opened_by(whole.session, standing),
        "figures": figures,
        "page": {
            "account": account_mark(request.user),
            "kept": reverse("kept_sessions"),
        },
    }


@member_page
@require_safe
def offline(request: MemberRequest) -> HttpResponseBase:
    """Return the open sessions as data, which the phone stores encrypted for use without a network; 304 if it has them.

    Without an enrollment there are none, but who is signed in is told all the same: something may wait to be sent. The
    token is no part of the fingerprint, and with a 304, which has no body, it comes in a header.
    """
    now = timezone.now()
    enrollment = Enrollment.objects.newest_practising_of(request.user)
    kept = _kept_of(enrollment, now) if enrollment else {"sessions": [], "pages": []}
    told, token = {"account": account_mark(request.user)} | kept, get_token(request)
    response = JsonResponse(told | {"token": token})
    fingerprint = sha256(json.dumps(told, cls=DjangoJSONEncoder).encode()).hexdigest()
    response["ETag"] = quote_etag(fingerprint[:32])
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    answer["X-CSRFToken"] = token
    return answer


def _kept_of(enrollment: Enrollment, now: datetime) -> dict[str, Any]:
    """Return what the phone stores of a member's program."""
    sittings = sittings_of(logs_of_today(enrollment, now))
    wishes, figures = enrollment.participant.player_wishes, shown_to(enrollment.participant)
    journey = journey_of(enrollment, now)
    standing, plan = standing_of(journey), plan_for(enrollment)
    known = exercises_done(plan, journey.logs, journey.today)
    sessions = [
        player_data(todo, sittings.get(todo.session.key), _urls(todo.session.key), wishes, figures, known)
        | _check_of(todo.session, standing)
        | _opened_by(todo.session, standing)
        for todo in offline_sessions(journey, plan, standing)
    ]
    return {
        "sessions": sessions,
        "check": check_data(journey),
        "pages": [reverse("check_in"), *_check_in_urls(sessions)],
    }


@member_page
@require_http_methods(["PUT"])
def log(request: MemberRequest, key: str) -> JsonResponse:
    """Store a completed session under the id its player made: 200 with what is stored, 400 with the errors.

    Idempotent. Times are corrected by the difference of the clocks, or dated anew where they cannot be ("redated"):
    a wrong clock is no reason to refuse. What was done is stored even if the session has been closed to the member since.
    """
    now = timezone.now()
    body = _json_object(request)
    if body is None:
        return _refused({"body": [_("This is not a session the site can read.")]})
    form = SessionLogForm(body, now=now, clock_error=clock_error(request, now))
    if not form.is_valid():
        return _refused({name: [str(error) for error in errors] for name, errors in form.errors.items()})
    try:
        row = log_session_of(request.user, key, form.session_as_done(), now)
    except (Enrollment.DoesNotExist, UnknownSession) as error:
        raise Http404 from error
    except AnotherSession:
        return _refused({"id": [_("This id belongs to another session.")]})
    return JsonResponse(
        {
            "id": row.client_id,
            "counts": row.counts_as_done,
            "minutes": row.minutes,
            "steps": dict(sorted(row.steps_done.items())),
            "redated": form.dated.is_redated or row.started_at > form.dated.began,
        }
    )


def _as_it_may_have_been(standing: Standing) -> Standing:
    """Return the mildest standing in which a session closed now may have been done, so that its log is accepted."""
    done_as = min(standing.outcome, Outcome.EASIER, key=lambda outcome: outcome.rank)
    return replace(standing, outcome=done_as)


def _closed(
    request: MemberRequest,
    enrollment: Enrollment,
    plan: Plan,
    planned: PlannedSession,
    reason: str,
    standing: Standing,
    is_saved: bool = False,
) -> HttpResponse:
    """Say why the session is closed; `is_saved` tells that what was done has been logged."""
    context: dict[str, Any] = {
        "is_saved": is_saved,
        "form_query": form_query_of(request),
        "reason": reason,
        "is_crisis": standing.breathing_open,
        "session": planned,
        "rest_key": plan.rest.key,
        "help": help_for(enrollment.participant.country),
        "resting": rest_words(standing.rest),
        "early_until": enrollment.birth_date + timedelta(days=FIRST_SESSION_DAY),
        "corrected_until": corrected_until(standing.check_in, timezone.now()) if reason == "rest" else None,
        "corrected_id": standing.check_in.client_id if standing.check_in else None,
    }
    if standing.hold:
        context |= hold_context(standing.hold, context["help"])
    return render(request, "programs/session_closed.html", context, status=403)


def _check_of(session: PlannedSession, standing: Standing) -> dict[str, Any]:
    """Return the address of a week's session's check, and until when it may be opened without one; None at once."""
    if session.kind != SessionKind.SESSION:
        return {}
    until = standing.open_until
    before = reverse("check_in_before", args=[session.key])
    return {
        "openUntil": until.isoformat() if until else None,
        "addresses": _urls(session.key) | {"before": before},
    }


def _opened_by(session: PlannedSession, standing: Standing) -> dict[str, Any]:
    """Return the client id of the check-in that a log of this session names, where it is one of the week's."""
    if session.kind != SessionKind.SESSION or standing.check_in is None:
        return {}
    return {"checkInId": standing.check_in.client_id}


def _refused(errors: Mapping[str, Sequence[str]]) -> JsonResponse:
    return JsonResponse({"errors": errors}, status=400)


def _json_object(request: MemberRequest) -> dict[str, Any] | None:
    """Return the body as a dict, or None if it is not a JSON object."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _round(planned: PlannedSession, logs: Sequence[SessionLog], now: datetime) -> str:
    """Return as text which round of the daily practice this would be; "" for any other session."""
    if planned.kind not in PRACTICES:
        return ""
    return round_words(rounds_on(timezone.localdate(now), logs) + 1, planned.rounds_target)


def _form_name(request: MemberRequest) -> str:
    """Return the requested form of the session: "" for the whole, "short", or minutes."""
    return "short" if "short" in request.GET else request.GET.get("minutes", "")


def _check_in_urls(sessions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the URLs of the check-ins before and after the week's sessions among `sessions`."""
    keys = [data["key"] for data in sessions if data["kind"] == SessionKind.SESSION]
    return [reverse(name, args=[key]) for key in keys for name in ("check_in_before", "check_in_after")]


def _urls(key: str) -> dict[str, str]:
    return {
        "page": address_of("session", key),
        "log": address_of("session_log", key),
        "done": address_of("today"),
        "safety": address_of("safety"),
        "after": address_of("check_in_after", key),
        "anytime": address_of("check_in"),
    }
