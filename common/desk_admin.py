"""The base of every list and form of the desk: Django's admin in the desk's words, without its icons."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise

# What libraries call their rows, as the question whether to delete somebody tells it.
PLAIN_NAMES: dict[str, Words] = {
    "authenticators": gettext_lazy("ways to prove a second step"),
}

# The browser's own fields for days and times: they need no script, and a phone has a keyboard for each.
DAYS_AND_TIMES: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {
        "form_class": forms.DateField,
        "widget": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    },
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    },
    models.TimeField: {"form_class": forms.TimeField, "widget": forms.TimeInput({"type": "time"}, "%H:%M")},
}


class DeskFields(BaseModelAdmin):
    """Form fields of the desk: days and times are the browser's, a choice has no icons beside it."""

    formfield_overrides = DAYS_AND_TIMES

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the form field without links to the forms of other rows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class DeskChangeList(ChangeList):
    """A list under its own name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))


class DeskTabularInline(DeskFields, admin.TabularInline):
    """Rows of another model in a table; `add_words` stand on the button that adds one."""

    add_words: Words = gettext_lazy("Add one more")


class DeskStackedInline(DeskFields, admin.StackedInline):
    """Rows of another model, one below the other; `add_words` stand on the button that adds one."""

    add_words: Words = gettext_lazy("Add one more")


class DeskAdmin(DeskFields, admin.ModelAdmin):
    """A list and a form of the desk; `add_words` name the form of a new row, as in "New article".

    `empty_words` stand where a list has no rows.
    """

    add_words: Words = gettext_lazy("New")
    empty_words: Words = gettext_lazy("Nothing here yet.")

    def title_of(self, row: Any) -> str:
        """Return the title of a row's form."""
        return str(row)

    def words_of_save(self, row: Any) -> Words:
        """Return what is said after a save, with {} for the name of the row."""
        return _("Saved: “{}”.")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list that is called by its name."""
        return DeskChangeList

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns, with "Yes" and "No" in place of Django's icons."""
        return [self._in_words(name) for name in super().get_list_display(request)]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Title the form by its row, or by the words for a new one."""
        row = context.get("original")
        context |= {"title": self.title_of(row) if row else self.add_words, "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add the words of the button for a new row and of an empty list."""
        words = {"add_words": self.add_words, "empty_words": self.empty_words}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions; deleting is called just that."""
        actions: dict[str, Any] = super().get_actions(request)
        if deleting := actions.get("delete_selected"):
            actions["delete_selected"] = (*deleting[:2], _("Delete"))
        return actions

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Say that it is saved, and go where the button said."""
        return self._saved(request, obj) or self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say that it is saved, and go where the button said."""
        return self._saved(request, obj) or self.response_post_save_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        """Say that it is deleted, and show the list."""
        messages.success(request, _("Deleted: “%(name)s”.") % {"name": obj_display})
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Title the question by its row."""
        refused = context["perms_lacking"] or context["protected"]
        title = _("“%(name)s” can’t be deleted") if refused else _("Delete “%(name)s”?")
        return super().render_delete_form(request, context | {"title": title % {"name": context["object"]}})

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what goes with these rows, in plain words; what stands in the way without what its model is called."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        told = {PLAIN_NAMES.get(str(name), name): count for name, count in counts.items()}
        return found, told, lacking, [_without_label(one) for one in protected]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who changed the row when."""
        return super().history_view(request, object_id, {"title": _("History"), **(extra_context or {})})

    def _saved(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Say that a row is saved; redirect if the form shall stay open, for this row or another new one."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        address = reverse(f"{name}_change", args=[quote(obj.pk)])
        link = format_html('<a href="{}">{}</a>', address, obj)
        messages.success(request, format_html(str(self.words_of_save(obj)), link))
        filters: Any = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        if "_addanother" in request.POST:
            return redirect(add_preserved_filters(filters, reverse(f"{name}_add")))
        stays = "_continue" in request.POST and self.has_view_or_change_permission(request, obj)
        return redirect(add_preserved_filters(filters, address)) if stays else None

    def _in_words(self, name: Any) -> Any:
        try:
            field = self.opts.get_field(name) if isinstance(name, str) else None
        except FieldDoesNotExist:
            return name
        if not isinstance(field, models.BooleanField):
            return name

        @admin.display(description=field.verbose_name, ordering=name)
        def words(row: Any) -> str:
            return _("Yes") if getattr(row, name) else _("No")

        words.__name__ = name
        return words


def _without_label(line: str) -> str:
    """Return the name of "Label: name", which Django's admin has escaped where it is a SafeString."""
    return type(line)(line.partition(": ")[2])
