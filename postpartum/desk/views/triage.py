"""The first page of the desk."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.desk.readiness import missing_for_real_people
from postpartum.desk.triage_rows import concern_rows, held_rows, quiet_rows
from postpartum.desk.waiting import waiting_for
from postpartum.wellness import is_worker_silent


@desk_page()
@require_safe
def triage(request: MemberRequest) -> HttpResponse:
    """Show everything that needs the user, the most urgent first, each row with its form."""
    user = request.user
    waiting = waiting_for(user, timezone.now())
    shown = waiting.shown()
    context = shown | {
        "waiting": waiting,
        "sees_all": user.has_perms((roles.SEE_MEMBERS, roles.SEE_COMMENTS, roles.SEE_MAIL)),
        "are_more": waiting.are_more,
        "urgent": concern_rows(waiting.urgent, waiting.comments_of_concerns, user),
        "concerns": concern_rows(waiting.concerns, waiting.comments_of_concerns, user),
        "missing": missing_for_real_people(user, timezone.now())
        if user.has_perm(roles.CHANGE_PRACTICE)
        else [],
        "is_worker_silent": is_worker_silent(),
        "held": held_rows(shown["held"], user),
        "quiet": quiet_rows(shown["quiet"], user),
    }
    return desk_render(request, "desk/triage.html", context, _("What needs you"))
