"""One session: read it, tick it, or follow it step by step; and the address that keeps it."""

import json
import uuid

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from postpartum.lib.members import member_page
from programs.facts.adapted import adapted_session
from programs.facts.help import help_for
from programs.facts.player import player_data
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.forms.session_log import SessionLogForm, TickedSessionForm
from programs.models import Enrollment
from programs.plan import UnknownSession
from programs.services.session_log import log_session


def _planned(user, key, now):
    """Her enrollment, its plan, the session and her standing. 404 without an enrollment or for an unknown key."""
    enrollment = Enrollment.objects.open_of(user).first()
    if enrollment is None:
        raise Http404
    plan = plan_for(enrollment)
    try:
        session = plan.session(key)
    except UnknownSession as error:
        raise Http404 from error
    return enrollment, plan, session, standing_of(enrollment, now)


@member_page
@require_http_methods(["GET", "POST"])
def session(request, key):
    """The session as steps. Without JavaScript it is a list with a form to tick and send."""
    now = timezone.now()
    enrollment, plan, planned, standing = _planned(request.user, key, now)
    reason = closed_because(standing, planned, enrollment.week)
    if reason:
        context = {"reason": reason, "session": planned, "help": help_for(enrollment.participant.country)}
        return render(request, "programs/session_closed.html", context, status=403)
    short = "short" in request.GET
    todo = adapted_session(plan, key, standing.flags, standing.phase, standing.outcome, short)
    form = TickedSessionForm(
        request.POST or None, initial={"id": uuid.uuid4()}, items=todo.items, steps=todo.steps, now=now
    )
    if request.method == "POST" and form.is_valid():
        log = log_session(enrollment, planned, form.session_as_done(), standing.outcome, now)
        messages.success(request, _("Saved. %(minutes)d minutes for you today.") % {"minutes": log.minutes})
        return redirect("today")
    context = {
        "todo": todo,
        "form": form,
        "ticked": form["done"].data or [],
        "no_baby": enrollment.participant.baby_not_with_me,
        "player": player_data(todo, log_url=reverse("session_log", args=[key]), done_url=reverse("today")),
    }
    return render(request, "programs/session.html", context, status=422 if form.errors else 200)


@member_page
@require_http_methods(["PUT"])
def log(request, key):
    """Keep a session as done, under the id its player made: 200 with what is kept, 400 with what is wrong.

    What was done is kept even if the session has been closed to her since.
    """
    now = timezone.now()
    enrollment, _plan, planned, standing = _planned(request.user, key, now)
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return JsonResponse({"errors": {"body": [_("This is not a session the site can read.")]}}, status=400)
    form = SessionLogForm(body, now=now)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    kept = log_session(enrollment, planned, form.done, standing.outcome, now)
    return JsonResponse({"id": kept.client_id, "minutes": kept.minutes, "steps": sorted(kept.steps_done)})
