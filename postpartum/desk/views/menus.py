"""The menus of the site."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.models import MenuLink, Page
from blog.models.menus import Menu
from blog.services import save_menus
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_menus import MenuFormSet, initial_of
from postpartum.desk.navigation import desk_page, desk_render


@desk_page(roles.CHANGE_MENUS)
@require_http_methods(["GET", "HEAD", "POST"])
def menus(request: MemberRequest) -> HttpResponse:
    """Show and save the links of header and footer."""
    pages = list(Page.objects.order_by("title").only("kind", "title", "slug", "status"))
    stored = list(MenuLink.objects.all()) or [
        MenuLink(menu=Menu.FOOTER, page=page) for page in pages if page.status == Page.Status.PUBLISHED
    ]
    formset = MenuFormSet(request.POST or None, initial=initial_of(stored), form_kwargs={"pages": pages})
    if formset.is_valid():
        save_menus([form.link() for form in formset.ordered_forms])
        messages.success(request, _("Saved. Readers see it within a minute."))
        return redirect("admin:desk_menus")
    context = {"formset": formset}
    return desk_render(request, "desk/menus.html", context, _("Menus"), 422 if formset.is_bound else 200)
