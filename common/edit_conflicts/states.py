"""What stood on a form when it was opened: a digest of each of its parts, sent along in a hidden field.

A part is a field, or all rows of a formset together. The digests tell which parts somebody else has changed since, and
which ones the sender has touched, without sending every value twice.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Model, QuerySet
from django.forms.models import BaseModelFormSet, model_to_dict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

FIELD, ASKED = "edit_state", "asked_state"  # when the form was opened; when it was asked what to keep
CHOICE = "conflict-"
THEIRS, MINE = "theirs", "mine"

State = dict[str, str]  # {name of a part: digest}
Forms = Sequence[Any]  # forms and formsets


def state_of(parts: Forms) -> State:
    """Return the digests of what is stored for these forms and formsets, whether they are bound or not."""
    state: State = {}
    for one in parts:
        if isinstance(one, forms.BaseFormSet):
            state[one.prefix or ""] = digest(stored_rows(one))
        else:
            state |= {one.add_prefix(name): digest(value) for name, value in stored_values(one).items()}
    return state


def stored_values(form: forms.BaseForm) -> dict[str, Any]:
    """Return what is stored for each field.

    A form whose initial values are other ones has `stored_initial`; one with file fields, `stored_files`.
    """
    stored = {**getattr(form, "stored_initial", form.initial), **getattr(form, "stored_files", {})}
    return {name: stored.get(name, field.initial) for name, field in form.fields.items()}


def stored_rows(formset: forms.BaseFormSet) -> list[dict[str, Any]]:
    """Return the values of every stored row."""
    if isinstance(formset, BaseModelFormSet):
        names = _row_fields(formset)
        return [model_to_dict(row, names) | {"pk": row.pk} for row in formset.get_queryset()]
    return [dict(values) for values in formset.initial or []]


def sent_value(form: forms.BaseForm, name: str) -> Any:
    """Return what was sent for one field, cleaned where it can be. A file field left empty keeps what is stored.

    A form in which a file can also be kept or removed by other fields has `sent_file`.
    """
    bound = form[name]
    if isinstance(bound.field, forms.FileField):
        if hasattr(form, "sent_file"):
            return form.sent_file(name)
        return bound.data or stored_values(form)[name]
    try:
        return bound.field.clean(bound.data)
    except ValidationError:
        return bound.data


def sent_rows(formset: forms.BaseFormSet) -> list[dict[str, Any]]:
    """Return the values of every row that was sent and is not marked for deletion."""
    names, rows = _row_fields(formset), []
    for form in filled_forms(formset):
        values = {name: sent_value(form, name) for name in names}
        if isinstance(formset, BaseModelFormSet):
            values["pk"] = form[_pk_name(formset)].data
        rows.append(values)
    return rows


def _row_fields(formset: forms.BaseFormSet) -> list[str]:
    """Return the fields of a row that a person fills in."""
    left_out = {"DELETE", "ORDER"}
    if isinstance(formset, BaseModelFormSet):
        left_out |= {_pk_name(formset), getattr(getattr(formset, "fk", None), "name", "")}
    return [name for name in formset.empty_form.fields if name not in left_out]


def _pk_name(formset: Any) -> str:
    return str(formset.model._meta.pk.name)


def filled_forms(formset: forms.BaseFormSet) -> list[forms.BaseForm]:
    """Return the forms of a bound formset that stand for a row after saving."""
    return [
        form
        for number, form in enumerate(formset.forms)
        if (number < formset.initial_form_count() or form.has_changed())
        and not (formset.can_delete and form["DELETE"].data)
    ]


def digest(value: Any) -> str:
    """Return 12 hexadecimal digits that differ where a value differs."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_state(text: str | None) -> State:
    """Return the state that was sent; an empty one, which no part agrees with, where it cannot be read."""
    try:
        state = json.loads(text or "{}")
    except (ValueError, RecursionError):  # the latter for a text of thousands of brackets
        return {}
    return {str(name): str(one) for name, one in state.items()} if isinstance(state, dict) else {}


def hidden_fields(parts: Forms, sent: Mapping[str, str] | None = None) -> SafeString:
    """Return the hidden fields of a form: the state of its parts, and the parts chosen to be kept as they are."""
    fields = [(FIELD, written(state_of(parts)))]
    fields += [
        (name, value) for name, value in (sent or {}).items() if name.startswith(CHOICE) and value == THEIRS
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


def written(state: State) -> str:
    """Return a state as the value of a hidden field."""
    return json.dumps(state, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Return a value as JSON; what means the same to a form is the same."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, set, QuerySet)):
        return [_plain(one) for one in value]
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, File):
        return value.name or ""
    if value is None or value is False:
        return ""
    return str(value).replace("\r\n", "\n").strip()
