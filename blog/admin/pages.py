"""Admin of the site's pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blog.models import Page

from .article_form import PageForm
from .editing import EditingAdmin


@admin.register(Page)
class PageAdmin(EditingAdmin):
    """Pages, last changed first."""

    form = PageForm
    list_display = ["title", "slug", "standing", "changed_at"]
    list_filter = ["status"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "body"]}),
        (_("Where and when"), {"fields": ["status"]}),
        (None, {"fields": ["version_name"]}),
    ]
