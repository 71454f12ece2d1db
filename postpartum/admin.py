"""The desk: the same sign-in as everywhere else, and how long unused accounts are kept."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from common.singleton_admin import SingletonAdminMixin
from postpartum.models import AccountTerms

# django-allauth limits sign-in tries and asks for the second factor; Django's own form would not.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(AccountTerms)
class AccountTermsAdmin(SingletonAdminMixin, admin.ModelAdmin):
    """The terms that hold now."""

    list_display = ["__str__", "inactive_days", "notice_days", "unconfirmed_days"]
