"""The clinical rules, read-only."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.navigation import desk_page, desk_render
from programs.pages.rule_tables import rule_tables
from programs.rules import RULES_VERSION


@desk_page(roles.SEE_PROGRAM)
@require_safe
def rules(request: MemberRequest) -> HttpResponse:
    """Show every threshold with its source."""
    context = {"tables": rule_tables(), "version": RULES_VERSION}
    return desk_render(request, "desk/rules.html", context, _("The clinical rules"))
