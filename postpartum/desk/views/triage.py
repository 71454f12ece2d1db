"""The first page of the desk."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postpartum.desk.navigation import desk_page, desk_render
from postpartum.desk.triage_rows import concern_rows, quiet_rows
from postpartum.desk.waiting import waiting_for
from programs.pages.triage import SHOWN


@desk_page()
@require_safe
def triage(request):
    """What needs her, the most urgent first; she can act from every row."""
    user = request.user
    waiting = waiting_for(user, timezone.now())
    context = {
        "waiting": waiting,
        "urgent": concern_rows(waiting.urgent, waiting.said, user),
        "concerns": concern_rows(waiting.concerns, waiting.said, user),
        "quiet": quiet_rows(waiting.quiet[:SHOWN], user),
    }
    return desk_render(request, "desk/triage.html", context, _("What needs you"))
