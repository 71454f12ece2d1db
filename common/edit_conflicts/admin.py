"""The admin mixin that asks, before a save, about everything somebody else has saved since the form was opened."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import capfirst

from common.edit_conflicts.conflicts import choices_in, words_of
from common.edit_conflicts.pages import LastSave, ask_about_conflicts, gone_page
from common.edit_conflicts.rows import keeping, locked_rows, rows_kept, rows_replaced
from common.edit_conflicts.states import FIELD, THEIRS, hidden_fields, sent_value

Parts = list[Any]  # a form and its formsets


class EditConflictMixin(ModelAdmin):
    """Compares what is stored with what stood on the form, under a lock on the row, in the transaction that saves."""

    def last_save(self, request: HttpRequest, row: Any) -> LastSave:
        """Return who saved this row last."""
        return self._logged(request, str(row.pk))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Answer a form that would overwrite somebody else's words with both values, and the choice."""
        if request.method != "POST" or object_id is None or not self.has_change_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            pk = unquote(object_id)
            self.model._base_manager.select_for_update().filter(pk=pk).first()
            row = self.get_object(request, pk)
            if row is None and FIELD in request.POST:
                saved = self._logged(request, pk, action_flag=DELETION)
                return gone_page(request, list(self._typed(request)), saved)
            asked = (
                self._conflict_page(request, row)
                if row and self.has_change_permission(request, row)
                else None
            )
            return asked or super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the hidden fields `edit_state` of a stored row's form, which every template of such a form includes."""
        if context.get("original") is not None:
            formsets = [one.formset for one in context["inline_admin_formsets"]]
            parts = [context["adminform"].form, *formsets]
            context["edit_state"] = hidden_fields(parts, request.POST)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return a form that keeps the fields chosen to be kept as somebody else saved them."""
        form = super().get_form(request, obj, change, **kwargs)
        return keeping(form, _kept(request)) if obj and _kept(request) else form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        """Yield formsets, those locked whose rows were chosen to be kept as somebody else saved them."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            kept = obj and formset.get_default_prefix() in _kept(request)
            yield locked_rows(formset) if kept else formset, inline

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Rewrite the rows sent as it was chosen."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        choice = choices_in(request.POST).get(prefix)
        if choice and obj.pk and isinstance(given.get("data"), QueryDict):
            stored = (
                inline.get_queryset(request)
                .filter(**{inline.get_formset(request, obj).fk.name: obj})
                .values_list("pk", flat=True)
            )
            rewrite = rows_kept if choice == THEIRS else rows_replaced
            given["data"] = rewrite(given["data"], prefix, inline.model._meta.pk.name, stored)
        return given

    def _conflict_page(self, request: HttpRequest, row: Any) -> HttpResponse | None:
        """Return the page that asks; None where nothing is in conflict, or everything is decided."""
        stored, sent = self._parts(request, row), self._parts(request, row, request.POST)
        return ask_about_conflicts(request, sent, stored, lambda: self.last_save(request, row), row)

    def _parts(self, request: HttpRequest, row: Any, data: QueryDict | None = None) -> Parts:
        """Return the form of a row and its formsets, bound where there is data."""
        files = request.FILES if data is not None else None
        form = super().get_form(request, row, change=True)(data, files, instance=row)
        parts: Parts = [form]
        for formset, inline in super().get_formsets_with_inlines(request, row):
            if inline.has_change_permission(request, row):
                queryset = inline.get_queryset(request)
                parts.append(
                    formset(data, files, instance=row, prefix=formset.get_default_prefix(), queryset=queryset)
                )
        return parts

    def _typed(self, request: HttpRequest) -> Iterator[tuple[str, list[str]]]:
        form = super().get_form(request)(request.POST, request.FILES)
        for name, field in form.fields.items():
            if words := words_of(field, sent_value(form, name)):
                yield capfirst(str(field.label or name)), words

    def _logged(self, request: HttpRequest, pk: str, **which: Any) -> LastSave:
        entries = LogEntry.objects.filter(
            content_type=get_content_type_for_model(self.model), object_id=pk, **which
        )
        entry = entries.select_related("user").order_by("-action_time").first()
        return (
            LastSave(str(entry.user), entry.action_time, entry.user == request.user) if entry else LastSave()
        )


def _kept(request: HttpRequest) -> set[str]:
    return {name for name, choice in choices_in(request.POST).items() if choice == THEIRS}
