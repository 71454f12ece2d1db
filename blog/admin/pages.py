"""Admin of the site's pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blog.models import Page

from .article_form import PageForm
from .editing import EditingAdmin


@admin.register(Page)
class PageAdmin(EditingAdmin):
    """Pages, last changed first."""

    add_words = _("New page")
    form = PageForm
    list_display = ["title", "slug", "standing", "changed_at"]
    list_filter = ["status"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"]}),
        (_("Publishing"), {"fields": ["status", "slug"]}),
        (_("Version"), {"fields": ["version_name"]}),
    ]
