"""Admin of the moderation settings, with their history."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import CommentPolicy, PolicyVersion
from blog.models.moderation import MODE_LABELS
from blog.services import policy_values, restore_policy, save_policy
from common.desk_admin import DeskAdmin
from common.edit_conflicts.admin import EditConflictMixin
from common.lookups import row_or_404
from common.members import signed_in_user
from common.singleton_admin import SingletonAdminMixin

SHOWN = 50


@admin.register(CommentPolicy)
class CommentPolicyAdmin(SingletonAdminMixin, EditConflictMixin, DeskAdmin):
    """A single row; earlier versions are compared and restored under “History”."""

    add_words = gettext_lazy("How comments are moderated")

    def save_model(self, request: HttpRequest, policy: CommentPolicy, form: Any, change: bool) -> None:
        """Save the settings and a version of them."""
        save_policy(policy, signed_in_user(request), timezone.now())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the earlier versions with their differences from the current settings, or restore one."""
        policy = row_or_404(CommentPolicy, object_id)
        if not self.has_view_permission(request, policy):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, policy)
        now = policy_values(policy)
        context = self.admin_site.each_context(request) | {
            "title": _("Earlier versions of “%(name)s”") % {"name": policy},
            "policy": policy,
            "may_change": self.has_change_permission(request, policy),
            "states": [(state, _changes(state.said, now)) for state in PolicyVersion.objects.all()[:SHOWN]],
        }
        return TemplateResponse(request, "blog/admin/policy_states.html", context)

    def _restore(self, request: HttpRequest, policy: CommentPolicy) -> HttpResponse:
        if not self.has_change_permission(request, policy):
            raise PermissionDenied
        state = row_or_404(PolicyVersion, request.POST.get("version"))
        restore_policy(state, signed_in_user(request), timezone.now())
        self.message_user(request, _("That state is back. It holds from now on."))
        return redirect("admin:blog_commentpolicy_change", policy.pk)


def _changes(said: dict[str, Any], now: dict[str, Any]) -> list[dict[str, str]]:
    """Return the fields in which an earlier version differs from the current settings, with labels and displayed values."""
    return [
        {
            "place": _label(name),
            "before": _words(name, said.get(name)),
            "after": _words(name, value),
        }
        for name, value in now.items()
        if said.get(name) != value
    ]


def _label(name: str) -> str:
    field = cast("models.Field[Any, Any]", CommentPolicy._meta.get_field(name))
    return capfirst(str(field.verbose_name))


def _words(name: str, value: Any) -> str:
    """Return a value for display; empty for None."""
    if name == "mode":
        return str(MODE_LABELS.get(value, value))
    return "" if value is None else str(value)
