"""The first page of the desk."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postpartum.desk.pages import desk_page, desk_render
from postpartum.desk.waiting import waiting_for
from programs.facts.triage import SHOWN


@desk_page()
@require_safe
def triage(request):
    """What needs her, the most urgent first."""
    context = {"waiting": waiting_for(request.user, timezone.now()), "shown": SHOWN}
    return desk_render(request, "desk/triage.html", context, _("What needs you"))
