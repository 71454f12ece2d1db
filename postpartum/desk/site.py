"""Django's admin site as the desk: opened on what needs her, in her own time, without counting whole tables."""

from functools import wraps
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models.base import ModelBase
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from common.pagination import BoundedPaginator
from postpartum.desk.navigation import navigation_for
from postpartum.desk.urls import PAGES
from postpartum.desk.views.triage import triage

ROOMS = ("postpartum", "accounts", "programs", "blog")


class DeskSite(AdminSite):
    """The desk."""

    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Our own rooms only, for what libraries keep of a sign-in is its owner's; no list counts past a bound."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        ours = [model for model in models if model._meta.app_label in ROOMS]
        options = {"paginator": BoundedPaginator, "show_full_result_count": False} | options
        super().register(ours, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """A page of the desk, in the time zone of whoever reads it."""

        @wraps(view)
        def in_her_time(request, *args, **kwargs):
            with timezone.override(ZoneInfo(request.user.time_zone)):
                response = view(request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        return super().admin_view(in_her_time, cacheable)

    def get_urls(self):
        """The pages of the desk before those of the admin."""
        own = [path(route, self.admin_view(view), name=name) for route, view, name in PAGES]
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        """What needs her, in the place of a list of tables."""
        return triage(request)

    def each_context(self, request):
        """With the practice's name as it is now, and the ways to the pages this person may open."""
        name = f"{settings.PRACTICE['name']} · {_('the desk')}"
        own = {"site_header": name, "site_title": name, "ways": list(navigation_for(request))}
        return super().each_context(request) | own
