"""The program as drafted: an overview, a preview as a member sees it, and copies."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_program import CopySessionForm, CopyWeekForm, PreviewForm
from postpartum.desk.navigation import desk_page, desk_render
from programs.authoring.content import rows_as_plan
from programs.facts.adapted_session import Today, adapted_session
from programs.models import Program, Release, Session, Week
from programs.plan import Plan
from programs.rules.schedule import is_cesarean_under_8_weeks
from programs.rules.vocabulary import BirthType, Outcome, SafetyFlag
from programs.services.copying import Taken, copy_session, copy_week


def the_program() -> Program | None:
    """Return the program of this practice; None before one is loaded."""
    return Program.objects.order_by("pk").first()


def the_program_or_404() -> Program:
    """Return the program of this practice. Raise Http404 before one is loaded."""
    program = the_program()
    if program is None:
        raise Http404
    return program


@desk_page(roles.SEE_PROGRAM)
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """Show weeks with their sessions and minutes, and links to everything else."""
    program = the_program()
    plan = rows_as_plan(program)[0] if program else None
    sessions = defaultdict(list)
    for row in Session.objects.filter(program=program).select_related("week").order_by("key"):
        planned = plan.sessions.get(row.key) if plan else None
        sessions[row.week_id].append((row, planned.minutes if planned else None))
    weeks = Week.objects.filter(phase__program=program).select_related("phase").order_by("number")
    context = {
        "program": program,
        "weeks": [(week, sessions[week.pk]) for week in weeks],
        "others": sessions[None],
        "release": Release.objects.filter(program=program).defer("plan").first(),
    }
    return desk_render(request, "desk/program.html", context, _("The program"))


@desk_page(roles.SEE_PROGRAM)
@require_safe
def preview(request: MemberRequest) -> HttpResponse:
    """Show a drafted session as adapted for a member described in the form."""
    plan, _found, _unread = rows_as_plan(the_program_or_404())
    if plan is None:  # its drafts cannot be read, as the page of publishing says
        raise Http404
    form = PreviewForm(request.GET if "session" in request.GET else None, plan=plan)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _previewed(plan, form.cleaned_data)
    return desk_render(request, "desk/preview.html", context, _("As a mother sees it"))


def _previewed(plan: Plan, words: dict[str, Any]) -> dict[str, Any]:
    plan = plan.without_baby if words["no_baby"] else plan
    session = plan.session(words["session"])
    birth = BirthType(words["birth"] or BirthType.VAGINAL)
    days = 7 * (words["weeks_since"] if words["weeks_since"] is not None else 16)
    flags = {SafetyFlag(code) for code in words["flags"]}
    if is_cesarean_under_8_weeks(birth, days):
        flags.add(SafetyFlag.CESAREAN_LT_8W)
    phase = plan.week(session.week).phase if session.week else plan.phases[0].number
    todo = adapted_session(
        plan,
        session.key,
        Today(
            flags=frozenset(flags),
            phase=phase,
            outcome=Outcome(words["today"] or Outcome.GO),
            core_easier=birth == BirthType.CESAREAN,
        ),
    )
    return {"todo": todo, "week": plan.week(session.week) if session.week else None}


@desk_page(roles.CHANGE_PROGRAM)
@require_http_methods(["GET", "POST"])
def session_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Create a session as a copy."""
    session = get_object_or_404(Session.objects.select_related("program", "week"), pk=pk)
    form = CopySessionForm(request.POST or None, initial={"week": session.week_id})
    if form.is_valid():
        words = form.cleaned_data
        try:
            copy = copy_session(session, words["week"], words["letter"], request.user, timezone.now())
        except Taken:
            form.add_error("letter", _("That week has a session with this letter already."))
        else:
            messages.success(request, _("Copied. Change what should differ."))
            return redirect("admin:programs_session_change", copy.pk)
    context = {"form": form, "what": session}
    return desk_render(request, "desk/copy.html", context, _("Copy a session"), 422 if form.errors else 200)


@desk_page(roles.CHANGE_PROGRAM)
@require_http_methods(["GET", "POST"])
def week_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Create a week as a copy, with its sessions."""
    week = get_object_or_404(Week.objects.select_related("phase__program"), pk=pk)
    form = CopyWeekForm(request.POST or None, initial={"phase": week.phase_id})
    if form.is_valid():
        words = form.cleaned_data
        try:
            copy = copy_week(week, words["number"], words["phase"], request.user, timezone.now())
        except Taken:
            form.add_error("number", _("There is a week of this number already."))
        else:
            messages.success(request, _("Copied, with its sessions."))
            return redirect("admin:programs_week_change", copy.pk)
    context = {"form": form, "what": week}
    return desk_render(request, "desk/copy.html", context, _("Copy a week"), 422 if form.errors else 200)
