"""Posted data of a formset, rewritten after the choice between two states of its rows."""

import re
from collections.abc import Iterable

from django import forms
from django.http import QueryDict

Row = dict[str, list[str]]  # {name of a field: values}


def rows_kept(data: QueryDict, prefix: str, pk_name: str, stored: Iterable[object]) -> QueryDict:
    """Return the data with nothing but the stored rows, as they are; their fields must be disabled."""
    rows: list[Row] = [{pk_name: [str(pk)]} for pk in stored]
    return _with_rows(data, prefix, rows, initial=len(rows))


def rows_replaced(data: QueryDict, prefix: str, pk_name: str, stored: Iterable[object]) -> QueryDict:
    """Return the data so that exactly the rows sent remain: deleted ones come again, added ones are deleted."""
    sent = rows_sent(data, prefix)
    known = {str(pk) for pk in stored}
    old = [row for row in sent if "".join(row.get(pk_name, [])) in known]
    new = [row | {pk_name: [""]} for row in sent if row not in old]
    left = known - {"".join(row[pk_name]) for row in old}
    gone: list[Row] = [{pk_name: [pk], "DELETE": ["on"]} for pk in sorted(left)]
    return _with_rows(data, prefix, [*old, *gone, *new], initial=len(old) + len(gone))


def rows_sent(data: QueryDict, prefix: str) -> list[Row]:
    """Return the rows of the formset in the order of their numbers."""
    rows: dict[int, Row] = {}
    for key, values in data.lists():
        if found := re.fullmatch(rf"{re.escape(prefix)}-(\d+)-(.+)", key):
            rows.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    return [rows[number] for number in sorted(rows)]


def locked_rows(formset: type[forms.BaseFormSet]) -> type[forms.BaseFormSet]:
    """Return a formset all of whose fields are disabled: it saves nothing and shows what is stored."""

    class LockedFormSet(formset):  # type: ignore[valid-type, misc]
        extra = 0

        def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
            super().add_fields(form, index)
            for name, field in form.fields.items():
                field.disabled = name not in (self.model._meta.pk.name, "DELETE")

    return LockedFormSet


def keeping(form: type[forms.BaseForm], names: Iterable[str]) -> type[forms.BaseForm]:
    """Return a form that keeps what is stored in these fields, whatever was sent."""
    kept = set(names)

    class KeepingForm(form):  # type: ignore[valid-type, misc]
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            for name in kept & set(self.fields):
                self.fields[name].disabled = True

    return KeepingForm


def _with_rows(data: QueryDict, prefix: str, rows: list[Row], initial: int) -> QueryDict:
    new = QueryDict(mutable=True)
    for key, values in data.lists():
        if not re.fullmatch(rf"{re.escape(prefix)}-\d+-.+", key):
            new.setlist(key, values)
    for number, row in enumerate(rows):
        for name, values in row.items():
            new.setlist(f"{prefix}-{number}-{name}", values)
    new[f"{prefix}-TOTAL_FORMS"], new[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(initial)
    return new
