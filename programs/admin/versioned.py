"""What every list of content shares: earlier states, remarks of the validator, and the way to publishing."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from programs.authoring.content import help_units, unit_of
from programs.authoring.drafts import remarks_about
from programs.authoring.parts import changes_of, read_part
from programs.models import Program
from programs.plan import Unreadable
from programs.services.versions import keep_version, restore_version, versions_of


class VersionedAdmin(admin.ModelAdmin):
    """Content that keeps every state it was saved in. Subclasses say which part of the program a row is."""

    change_form_template = "admin/programs/content_change_form.html"

    def where(self, row):
        """The name of the part that `row` says."""
        raise NotImplementedError

    def program_of(self, row):
        """The program it belongs to; what is shared belongs to the first."""
        return Program.objects.order_by("pk").first()

    def save_model(self, request, obj, form, change):
        """What stood there before is kept too, once, so that it can come back."""
        if change:
            self._keep(obj, None)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """The row and what belongs to it are there: keep the state and say what the validator thinks of it."""
        super().save_related(request, form, formsets, change)
        self._keep(form.instance, request.user)
        program = self.program_of(form.instance)
        found = remarks_about(program, self.where(form.instance)) if program else []
        if found:
            text = _("Saved. Before it can be published:")
            lines = format_html_join("", " · {}", ((line,) for line in found))
            self.message_user(request, text + lines, messages.WARNING)

    def render_change_form(self, request, context, *args, **kwargs):
        """With the remarks about what is saved now."""
        if context.get("original"):
            context |= self.about(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def about(self, row):
        """What the validator says of the row as it is saved."""
        program = self.program_of(row)
        return {"remarks": remarks_about(program, self.where(row))} if program else {}

    def history_view(self, request, object_id, extra_context=None):
        """Every kept state beside what stands there now, each with a button that brings it back."""
        row = get_object_or_404(self.model, pk=object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        program, where = self.program_of(row), self.where(row)
        if request.method == "POST":
            return self._restore(request, row, program, where)
        now = self._unit(row)
        context = self.admin_site.each_context(request) | {
            "title": _("Earlier states of “%(name)s”") % {"name": row},
            "opts": self.opts,
            "original": row,
            "may_change": self.has_change_permission(request, row),
            "states": [
                (version, self._changes(where, version, now)) for version in versions_of(program, where)[:50]
            ],
        }
        return TemplateResponse(request, "admin/programs/states.html", context)

    def _restore(self, request, row, program, where):
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        version = get_object_or_404(versions_of(program, where), pk=request.POST.get("version"))
        try:
            restore_version(program, where, version, request.user, timezone.now())
        except Unreadable as problem:
            self.message_user(request, str(problem), messages.ERROR)
        else:
            self.message_user(request, _("That state is back. Mothers see it when you publish."))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def _changes(self, where, version, now):
        """How what stands there now differs from a kept state; None where the state can no longer be read."""
        try:
            return changes_of(where, read_part(where, version.part), now and now.part)
        except Unreadable:
            return None

    def _keep(self, row, by):
        unit = self._unit(row)
        if unit and unit.part is not None:
            keep_version(self.program_of(row), self.where(row), unit.part, by, timezone.now())

    def _unit(self, row):
        """What is written in the database about this row now."""
        where, program = self.where(row), self.program_of(row)
        if where[0] == "help":
            return help_units().get(where)
        return unit_of(program, where) if program else None
