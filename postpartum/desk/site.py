"""Django's admin site as the desk: triage first, in the reader's time zone, without counting whole tables."""

from functools import partial, wraps
from typing import Any
from zoneinfo import ZoneInfo

from csp.decorators import csp_replace
from django.contrib.admin import AdminSite
from django.db.models.base import ModelBase
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from common.members import MemberRequest
from common.pagination import BoundedPaginator
from common.practice import practice_details
from postpartum.desk.navigation import navigation_for
from postpartum.desk.urls import PAGES
from postpartum.desk.views.triage import triage

APPS = ("postpartum", "accounts", "programs", "blog")


class DeskSite(AdminSite):
    """The admin site of the therapist and the team."""

    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register models of our own apps only, with bounded lists: what libraries store about a sign-in is private."""
        models: Any = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        ours = [model for model in models if model._meta.app_label in APPS]
        options = {"paginator": BoundedPaginator, "show_full_result_count": False} | options
        super().register(ours, admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Wrap a view of the desk so that it runs in the user's time zone."""

        @wraps(view)
        def in_own_time_zone(request: MemberRequest, *args: Any, **kwargs: Any) -> Any:
            with timezone.override(ZoneInfo(request.user.time_zone)):
                response = view(request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        unrestricted = csp_replace({"require-trusted-types-for": None, "trusted-types": None})
        return unrestricted(super().admin_view(in_own_time_zone, cacheable))  # type: ignore[arg-type]  # any view

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the desk's own pages, then those of the admin."""
        own = [path(route, self.admin_view(view), name=name) for route, view, name in PAGES]
        return [*own, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the list of models, put together where it is looked at: each page is given it, and few show it."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the triage page in place of the list of models."""
        return triage(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the practice's current name and the navigation."""
        name = f"{practice_details()['name']} · {_('the desk')}"
        own = {"site_header": name, "site_title": name, "ways": list(navigation_for(request))}
        return super().each_context(request) | own
