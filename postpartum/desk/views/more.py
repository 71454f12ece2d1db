"""All the other lists of the desk, for those who may open them."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postpartum.desk.navigation import desk_page, desk_render


@desk_page()
@require_safe
def more(request):
    """Every list this person may open, room by room."""
    return desk_render(request, "desk/more.html", {"rooms": admin.site.get_app_list(request)}, _("More"))
