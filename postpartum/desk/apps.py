"""The desk as the default admin site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with DeskSite, whose index is the triage page."""

    default_site = "postpartum.desk.site.DeskSite"
