"""The therapist's desk has the same sign-in as everywhere else."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

# django-allauth limits sign-in tries and asks for the second factor; Django's own form would not.
admin.site.login = secure_admin_login(admin.site.login)
