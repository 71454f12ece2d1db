"""A drafted session as a member described in a form sees it: as a list at the desk, and on the member's own page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_preview import PreviewForm
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.desk.views.program import the_program_or_404
from programs.authoring.content import rows_as_plan
from programs.facts.adapted_session import adapted_session
from programs.pages.figures import Shown
from programs.pages.player import player_data
from programs.pages.session_lengths import form_named
from programs.plan import Plan
from programs.rules.vocabulary import SessionKind

ADDRESSES = ("page", "log", "done", "safety", "after", "anytime")  # of the player


@desk_page(roles.SEE_PROGRAM)
@require_safe
def preview(request: MemberRequest) -> HttpResponse:
    """Show a drafted session as adapted for a member described in the form."""
    form = PreviewForm(request.GET if "session" in request.GET else None, plan=_plan())
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _previewed(form)
        context["page_url"] = f"{reverse('admin:desk_preview_session')}?{request.GET.urlencode()}"
    return desk_render(request, "desk/preview.html", context, _("As a mother sees it"))


@desk_page(roles.SEE_PROGRAM)
@require_safe
def session_page(request: MemberRequest) -> HttpResponse:
    """Show the same on a member's own page, with the player; what the form does not accept leads back to it."""
    form = PreviewForm(request.GET, plan=_plan())
    desk_url = f"{reverse('admin:desk_preview')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(desk_url)
    seen = _previewed(form)
    addresses = dict.fromkeys(ADDRESSES, desk_url)
    context = seen | {
        "player": player_data(seen["whole"], None, addresses, [], seen["figures"]),
        "desk_url": desk_url,
    }
    return render(request, "desk/preview_session.html", context)


def _plan() -> Plan:
    plan, _found, _unread = rows_as_plan(the_program_or_404())
    if plan is None:  # its drafts cannot be read, as the page of publishing says
        raise Http404
    return plan


def _previewed(form: PreviewForm) -> dict[str, Any]:
    plan, session = form.plan_for_her, form.planned
    whole = adapted_session(plan, session.key, form.adapting)
    is_of_week = session.kind == SessionKind.SESSION and session.week
    return {
        "todo": form_named(whole, form.cleaned_data["minutes"]),
        "whole": whole,
        "week": plan.week(session.week) if session.week else None,
        "volume_note": plan.volume_note_of(session.week) if is_of_week and session.week else "",
        "figures": Shown(form.cleaned_data["woman"], with_baby=not form.cleaned_data["no_baby"]),
    }
