"""All other lists of the desk."""

from django.contrib import admin
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.members import MemberRequest
from postpartum.desk.navigation import desk_page, desk_render


@desk_page()
@require_safe
def more(request: MemberRequest) -> HttpResponse:
    """List every changelist the user may open, by app."""
    return desk_render(request, "desk/more.html", {"rooms": admin.site.get_app_list(request)}, _("More"))
