"""The admin of settings that are a single row."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst

from common.desk_admin import DeskAdmin


class SingletonAdminMixin(DeskAdmin):
    """Lets the row be added once, changed, and never deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow it only while there is no row. Queries only on the row's own pages: every desk page asks for this."""
        changelist = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        is_there = request.path.startswith(changelist) and self.model.objects.exists()
        return super().has_add_permission(request) and not is_there

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the row, or to the form that adds it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        row = self.model.objects.first()
        return redirect(f"{name}_change", row.pk) if row else redirect(f"{name}_add")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say that there is no list to go back to, and no other row to begin."""
        single = {"is_single": True, "show_save_and_add_another": False}
        return super().render_change_form(request, context | single, *args, **kwargs)

    def title_of(self, row: Any) -> str:
        """Return what the row is called, as a title."""
        return capfirst(str(row))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never allow it: there is always one row."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: BaseForm, change: bool) -> None:
        """Save the only row, under the key 1."""
        obj.pk = 1
        super().save_model(request, obj, form, change)
