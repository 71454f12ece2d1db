"""The therapist's desk: its name, and the same sign-in as everywhere else."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = admin.site.site_title = f"{settings.PRACTICE['name']} · {_('the desk')}"
admin.site.index_title = _("What needs you")
# django-allauth limits sign-in tries and asks for the second factor; Django's own form would not.
admin.site.login = secure_admin_login(admin.site.login)
