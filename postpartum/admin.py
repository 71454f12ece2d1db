"""Admin of people and their roles, and of how long unused accounts are stored; sign-in by django-allauth."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.desk_admin import DeskAdmin
from common.edit_conflicts.admin import EditConflictMixin
from common.singleton_admin import SingletonAdminMixin
from postpartum.desk.forms_week import WeekForm
from postpartum.desk.roles import OWNER, ROLE_NAMES, ROLE_WORDS
from postpartum.models import AccountTerms
from programs.admin.course import WeekAdmin
from programs.models import Week

# django-allauth limits sign-in tries and asks for the second factor; Django's own form would not.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Week)
class ReadingWeekAdmin(WeekAdmin):
    """Weeks with the articles of this site to choose from."""

    form = WeekForm


@admin.register(AccountTerms)
class AccountTermsAdmin(SingletonAdminMixin, EditConflictMixin, DeskAdmin):
    """The one row of account terms."""

    add_words = _("How long unused accounts are kept")
    list_display = ["__str__", "inactive_days", "notice_days", "unconfirmed_days"]


class RolesField(forms.ModelMultipleChoiceField):
    """The roles of a person, each labeled with what it allows."""

    def label_from_instance(self, group: Any) -> str:
        """Return the description of a role; the name of any other group."""
        return str(ROLE_WORDS.get(group.name, group.name))


OF_OTHERS = {
    "name": {"label": _("Name")},
    "pen_name": {"help_text": _("Shown with comments and answers instead of the name.")},
}


@admin.register(User)
class UserAdmin(EditConflictMixin, DeskAdmin):
    """Find a person by name or address; grant or revoke roles at the desk.

    Identity only. Passwords are never shown: people reset their own by mail.
    """

    add_words = _("New person")
    list_display = ["email", "name", "role", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "pen_name", "time_zone", "is_active", "is_staff", "groups", "date_joined"]
    readonly_fields = ["date_joined"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the people with their roles (two queries)."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return all fields; of one's own account, without those by which an owner could lock herself out."""
        if obj is None or obj.pk != request.user.pk:
            return super().get_fieldsets(request, obj)
        fields = [name for name in self.fields if name not in ("is_active", "is_staff", "groups")]
        words = _("This is your own account. Only another owner can change what you may do here.")
        return [(None, {"fields": [*fields, "role"], "description": words})]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let nobody delete the account she is signed in with."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Speak of the names as another person's; the profile says "you"."""
        return super().formfield_for_dbfield(db_field, request, **OF_OTHERS.get(db_field.name, {}) | kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Show the role as words where it cannot be changed."""
        return [*self.readonly_fields, "role"]

    @admin.display(description=_("role"), ordering="is_staff")
    def role(self, user: User) -> str:
        """Return what the person is here, in words."""
        if not user.is_staff:
            return _now("Member")
        names = [str(ROLE_NAMES.get(group.name, group.name)) for group in user.groups.all()]
        if user.is_superuser and not names:
            names = [str(ROLE_NAMES[OWNER])]
        return ", ".join(names) or _now("May open the desk, without a role")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Render the groups as described checkboxes."""
        roles = {
            "form_class": RolesField,
            "widget": forms.CheckboxSelectMultiple,
            "label": _("Role"),
            "help_text": "",
        }
        return super().formfield_for_manytomany(db_field, request, **roles | kwargs)
