"""The desk in the place of Django's own admin site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, opened on what needs the therapist."""

    default_site = "postpartum.desk.site.DeskSite"
