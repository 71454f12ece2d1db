"""One session: read it, tick it, or follow it step by step; and the address that keeps what was done."""

import json
import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.members import member_page
from programs.facts.adapted_session import session_for
from programs.facts.journey import journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.facts.week import PRACTICES, rounds_on
from programs.forms.session_log import SessionLogForm, TickedSessionForm
from programs.models import Enrollment, PlayerWish
from programs.pages.figures import shown_to
from programs.pages.help import help_for
from programs.pages.offline_sessions import offline_sessions
from programs.pages.player import account_mark, logs_of_today, player_data, sittings_of
from programs.pages.session_lengths import form_named, shorter_forms
from programs.plan import UnknownSession
from programs.rules.vocabulary import Outcome, SessionKind
from programs.services.session_log import AnotherSession, log_session, log_session_of
from programs.views.access import enrollment_of, planned_session, wish_of
from programs.wording.player import UNCOUNTED_WORDS, player_words, round_words


def _planned(user, key, now):
    """Her enrollment, its plan, the session and her standing. 404 without an enrollment or for an unknown key."""
    enrollment = enrollment_of(user)
    plan = plan_for(enrollment)
    return enrollment, plan, planned_session(plan, key), standing_of(journey_of(enrollment, now))


@member_page
@require_http_methods(["GET", "POST"])
def session(request, key):
    """The session as steps. Without JavaScript it is a list with a form to tick and send."""
    now = timezone.now()
    enrollment, plan, planned, standing = _planned(request.user, key, now)
    reason = closed_because(standing, planned, enrollment.week)
    if reason == "check" and request.method != "POST":
        return redirect(reverse("check_in_before", args=[key]) + wish_of(request))
    if reason and request.method != "POST":
        return _closed(request, enrollment, plan, planned, reason, standing)
    whole = session_for(plan, key, _as_it_may_have_been(standing) if reason else standing)
    form_name = _form_name(request)
    todo = form_named(whole, form_name)
    form = TickedSessionForm(
        request.POST or None, initial={"id": uuid.uuid4()}, items=todo.items, steps=todo.steps, now=now
    )
    if request.method == "POST" and form.is_valid():
        try:
            log = log_session(enrollment, planned, form.session_as_done(), standing.outcome, now)
        except AnotherSession:
            raise Http404 from None
        if reason:
            return _closed(request, enrollment, plan, planned, reason, standing, kept=True)
        messages.success(request, _("Saved. %(minutes)d minutes for you.") % {"minutes": log.minutes})
        if planned.kind == SessionKind.SESSION and not log.counts_as_done:
            messages.info(request, str(UNCOUNTED_WORDS))
        return redirect("check_in_after", key) if planned.kind == SessionKind.SESSION else redirect("today")
    if reason:  # nothing that could be kept was sent
        return _closed(request, enrollment, plan, planned, reason, standing)
    wishes, figures = enrollment.participant.player_wishes, shown_to(enrollment.participant)
    logs = logs_of_today(enrollment, now)
    context = {
        "todo": todo,
        "whole": whole,
        "form_name": form_name,
        "forms": shorter_forms(whole),
        "form": form,
        "ticked": {int(number) for number in form["done"].data or [] if number.isdecimal()},
        "still": PlayerWish.STILL in wishes,
        "round": _round(planned, logs, now),
        "volume_note": planned.kind == SessionKind.SESSION and plan.volume_note_of(planned.week),
        "player": player_data(whole, sittings_of(logs).get(key), _addresses(key), wishes, figures),
        "figures": figures,
        "page": {
            "account": account_mark(request.user),
            "kept": reverse("kept_sessions"),
        },
        "words": player_words(),
    }
    return render(request, "programs/session.html", context, status=422 if form.errors else 200)


@member_page
@require_safe
def kept(request):
    """What her phone keeps, sealed, for when there is no network: the sessions open to her now, as data."""
    now = timezone.now()
    enrollment = enrollment_of(request.user)
    sittings = sittings_of(logs_of_today(enrollment, now))
    wishes, figures = enrollment.participant.player_wishes, shown_to(enrollment.participant)
    journey = journey_of(enrollment, now)
    standing = standing_of(journey)
    sessions = [
        player_data(todo, sittings.get(todo.session.key), _addresses(todo.session.key), wishes, figures)
        | _open_until(todo.session, standing)
        for todo in offline_sessions(journey, plan_for(enrollment), standing)
    ]
    return JsonResponse(
        {
            "account": account_mark(request.user),
            "token": get_token(request),
            "sessions": sessions,
            "pages": [reverse("check_in"), *_check_ins(sessions)],
        }
    )


@member_page
@require_http_methods(["PUT"])
def log(request, key):
    """Keep a session as done, under the id its player made: 200 with what is kept, 400 with what is wrong.

    What was done is kept even if the session has been closed to her since.
    """
    now = timezone.now()
    body = _json_object(request)
    if body is None:
        return _refused({"body": [_("This is not a session the site can read.")]})
    form = SessionLogForm(body, now=now)
    if not form.is_valid():
        return _refused({name: list(errors) for name, errors in form.errors.items()})
    try:
        kept = log_session_of(request.user, key, form.done, now)
    except (Enrollment.DoesNotExist, UnknownSession) as error:
        raise Http404 from error
    except AnotherSession:
        return _refused({"id": [_("This id belongs to another session.")]})
    return JsonResponse(
        {
            "id": kept.client_id,
            "counts": kept.counts_as_done,
            "minutes": kept.minutes,
            "steps": dict(sorted(kept.steps_done.items())),
        }
    )


def _as_it_may_have_been(standing):
    """The standing in which a session was done that is closed now: so that what is ticked can be kept."""
    done_as = min(standing.outcome, Outcome.EASIER, key=lambda outcome: outcome.rank)
    return replace(standing, outcome=done_as)


def _closed(request, enrollment, plan, planned, reason, standing, kept=False):
    context = {
        "kept": kept,
        "wish": wish_of(request),
        "reason": reason,
        "is_crisis": standing.breathing_open,
        "session": planned,
        "rest_key": plan.rest.key,
        "help": help_for(enrollment.participant.country),
    }
    return render(request, "programs/session_closed.html", context, status=403)


def _open_until(session, standing):
    """For a session of the week: until when the phone may offer it without a network, None before a check-in."""
    until = standing.open_until
    return {"openUntil": until and until.isoformat()} if session.kind == SessionKind.SESSION else {}


def _refused(errors):
    return JsonResponse({"errors": errors}, status=400)


def _json_object(request):
    """The body as a dict, or None for anything else."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _round(planned, logs, now):
    """Which round of the daily practice this would be, in words; "" for anything else."""
    if planned.kind not in PRACTICES:
        return ""
    return round_words(rounds_on(timezone.localdate(now), logs) + 1, planned.rounds_target)


def _form_name(request):
    """The form of the session she asked for: "" for the whole, "short", or minutes."""
    return "short" if "short" in request.GET else request.GET.get("minutes", "")


def _check_ins(sessions):
    """The addresses of the check-ins before and after the week's sessions among these."""
    keys = [data["key"] for data in sessions if data["kind"] == SessionKind.SESSION]
    return [reverse(name, args=[key]) for key in keys for name in ("check_in_before", "check_in_after")]


def _addresses(key):
    return {
        "page": reverse("session", args=[key]),
        "log": reverse("session_log", args=[key]),
        "done": reverse("today"),
        "safety": reverse("safety"),
        "after": reverse("check_in_after", args=[key]),
        "anytime": reverse("check_in"),
    }
