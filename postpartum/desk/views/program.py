"""The program as drafted: an overview, and copies of its parts."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_program import CopyForm
from postpartum.desk.navigation import desk_page, desk_render
from programs.authoring.content import rows_as_plan
from programs.authoring.copies import CopyTarget, session_targets, week_targets
from programs.models import Program, Release, Session, Week
from programs.plan import Plan
from programs.services.copying import copy_to


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


@desk_page(roles.CHANGE_PROGRAM)
@require_http_methods(["GET", "POST"])
def session_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Copy a session to a place where the copy may be published."""
    session = get_object_or_404(Session.objects.select_related("program"), pk=pk)
    plan, _found, unread = rows_as_plan(session.program)
    targets = session_targets(plan, session.key, unread) if plan else []
    return _copy_page(request, session, session.program, targets, plan, _("Copy a session"))


@desk_page(roles.CHANGE_PROGRAM)
@require_http_methods(["GET", "POST"])
def week_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Copy a week with its sessions to a place where the copy may be published."""
    week = get_object_or_404(Week.objects.select_related("phase__program"), pk=pk)
    plan, _found, unread = rows_as_plan(week.phase.program)
    targets = week_targets(plan, week.number, unread) if plan else []
    return _copy_page(request, week, week.phase.program, targets, plan, _("Copy a week"))


def _copy_page(
    request: MemberRequest,
    row: Session | Week,
    program: Program,
    targets: list[CopyTarget],
    plan: Plan | None,
    title: str,
) -> HttpResponse:
    form = CopyForm(request.POST or None, targets=targets, plan=plan) if targets and plan else None
    if form and form.is_valid():
        copy = copy_to(program, form.chosen, request.user, timezone.now())
        messages.success(request, _("Copied. Change what should differ."))
        return redirect(f"admin:programs_{copy._meta.model_name}_change", copy.pk)
    context = {"form": form, "what": row}
    return desk_render(request, "desk/copy.html", context, title, 422 if request.method == "POST" else 200)
