"""The base of every content admin: version history, and the validator's remarks after saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from common.desk_admin import DeskAdmin
from common.edit_conflicts.admin import EditConflictMixin
from common.edit_conflicts.pages import LastSave
from common.lookups import row_or_404
from programs.authoring.content import Unit, help_units, unit_of
from programs.authoring.drafts import remarks_about
from programs.authoring.parts import Change, changes_of, read_part
from programs.models import ContentVersion, Exercise, Program
from programs.pages.mending import mendings
from programs.plan import Unreadable, Where
from programs.services.versions import restore_version, store_version, versions_of


class VersionedAdmin(EditConflictMixin, DeskAdmin):
    """Admin of content that stores a version on every save. Subclasses map a row to its part of the program."""

    change_form_template = "admin/programs/content_change_form.html"

    def where(self, row: Any) -> Where:
        """Return the path of the row's part, as in `programs.plan.Remark.where`."""
        raise NotImplementedError

    def anchor_of(self, where: Where) -> str:
        """Return the anchor, with its #, of the place in the form that a remark at `where` is about; "" for its top."""
        return ""

    def program_of(self, row: Any) -> Program | None:
        """Return the program of the row; shared content belongs to the first one."""
        return Program.objects.order_by("pk").first()

    def last_save(self, request: HttpRequest, row: Any) -> LastSave:
        """Return who saved it last, here or by bringing back an earlier state, or from a file."""
        logged, newest = (
            super().last_save(request, row),
            versions_of(self.program_of(row), self.where(row)).first(),
        )
        if newest is None or (logged.at and logged.at >= newest.saved_at):
            return logged
        return LastSave(newest.saved_by_name, newest.saved_at, newest.saved_by_id == request.user.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the state before the first edit as a version too, so that it can be restored."""
        if change:
            self._keep(obj, None)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store a version, now that the row and the rows it owns are saved, and show the validator's remarks."""
        super().save_related(request, form, formsets, change)
        self._keep(form.instance, request.user)
        program = self.program_of(form.instance)
        found = mendings(program, remarks_about(program, self.where(form.instance))[0]) if program else []
        if found:
            text = _("Saved. Before it can be published:")
            lines = format_html_join(" · ", '<a href="{}">{}</a>', ((one.url, one.text) for one in found))
            self.message_user(request, format_html("{} {}", text, lines), messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the remarks about the saved row."""
        if context.get("original"):
            context |= self.about(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def about(self, row: Any) -> Mapping[str, Any]:
        """Return the context about a saved row: the validator's remarks, and its advice."""
        program = self.program_of(row)
        if program is None:
            return {}
        found, advised = remarks_about(program, self.where(row))
        return {"remarks": mendings(program, found), "advice": mendings(program, advised)}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show every version compared to the current state, each with a button to restore it."""
        row = row_or_404(self.model, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        program, where = self.program_of(row), self.where(row)
        if request.method == "POST":
            return self._restore(request, row, program, where)
        now, names = self._unit(row), dict(Exercise.objects.values_list("slug", "name"))
        context = self.admin_site.each_context(request) | {
            "title": _("Earlier versions of “%(name)s”") % {"name": row},
            "opts": self.opts,
            "original": row,
            "may_change": self.has_change_permission(request, row),
            "states": [
                (version, self._changes(where, version, now, names))
                for version in versions_of(program, where)[:50]
            ],
        }
        return TemplateResponse(request, "admin/programs/states.html", context)

    def _restore(
        self, request: HttpRequest, row: Model, program: Program | None, where: Where
    ) -> HttpResponse:
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if program is None:
            raise Http404
        version = row_or_404(versions_of(program, where), request.POST.get("version"))
        try:
            restore_version(program, where, version, request.user, timezone.now())
        except Unreadable as problem:
            self.message_user(request, str(problem), messages.ERROR)
        else:
            self.message_user(request, _("That state is back. Mothers see it when you publish."))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def _changes(
        self, where: Where, version: ContentVersion, now: Unit | None, names: Mapping[str, str]
    ) -> list[Change] | None:
        """Return how the current state differs from a version; None if the version can no longer be parsed."""
        try:
            return changes_of(where, read_part(where, version.part), now.part if now else None, names)
        except Unreadable:
            return None

    def _keep(self, row: Any, by: Any) -> None:
        """Store the saved row as a version, unless it is no valid part."""
        unit = self._unit(row)
        if unit and unit.part is not None:
            store_version(self.program_of(row), self.where(row), unit.part, by, timezone.now())

    def _unit(self, row: Any) -> Unit | None:
        """Return the row as it is saved now; None if it belongs to no program."""
        where, program = self.where(row), self.program_of(row)
        if where[0] == "help":
            return help_units().get(where)
        return unit_of(program, where) if program else None
