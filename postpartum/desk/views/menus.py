"""The menus of the site."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.models import MenuLink, Page
from blog.models.menus import Menu
from blog.services import lock_menus, save_menus
from common.edit_conflicts.conflicts import choices_in
from common.edit_conflicts.pages import LastSave, ask_about_conflicts
from common.edit_conflicts.states import THEIRS, hidden_fields
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_menus import MenuFormSet, initial_of
from postpartum.desk.navigation import desk_page, desk_render


@desk_page(roles.CHANGE_MENUS)
@require_http_methods(["GET", "HEAD", "POST"])
def menus(request: MemberRequest) -> HttpResponse:
    """Show and save the links of header and footer."""
    with transaction.atomic():
        if request.method == "POST":
            lock_menus()
        return _menus(request)


def _menus(request: MemberRequest) -> HttpResponse:
    pages = list(Page.objects.order_by("title").only("kind", "title", "slug", "status"))
    stored = list(MenuLink.objects.all()) or [
        MenuLink(menu=Menu.FOOTER, page=page) for page in pages if page.status == Page.Status.PUBLISHED
    ]
    given: dict[str, Any] = {"initial": initial_of(stored), "form_kwargs": {"pages": pages}}
    formset, as_stored = MenuFormSet(request.POST or None, **given), [MenuFormSet(**given)]
    asked = formset.is_bound and ask_about_conflicts(request, [formset], as_stored, LastSave, _("Menus"))
    if asked:
        return asked
    if choices_in(request.POST).get(str(formset.prefix)) == THEIRS:
        return redirect("admin:desk_menus")
    if formset.is_valid():
        save_menus([form.link() for form in formset.ordered_forms])
        messages.success(request, _("Saved. Readers see it within a minute."))
        return redirect("admin:desk_menus")
    context = {"formset": formset, "edit_state": hidden_fields(as_stored)}
    return desk_render(request, "desk/menus.html", context, _("Menus"), 422 if formset.is_bound else 200)
