"""The desk: the same sign-in as everywhere else, and how long unused accounts are kept."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from postpartum.models import AccountTerms

# django-allauth limits sign-in tries and asks for the second factor; Django's own form would not.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(AccountTerms)
class AccountTermsAdmin(admin.ModelAdmin):
    """One row of settings: made once, then changed."""

    list_display = ["__str__", "inactive_days", "notice_days", "unconfirmed_days"]

    def has_add_permission(self, request):
        """Only while there is none."""
        return super().has_add_permission(request) and not AccountTerms.objects.exists()

    def has_delete_permission(self, request, obj=None):
        """There are always terms."""
        return False

    def save_model(self, request, terms, form, change):
        """The only row has the key 1."""
        terms.pk = 1
        super().save_model(request, terms, form, change)
