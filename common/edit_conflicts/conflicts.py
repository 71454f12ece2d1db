"""Which parts of a form somebody else has changed meanwhile, with both values in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.base import File
from django.db.models import Model
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.edit_conflicts.states import (
    ASKED,
    CHOICE,
    FIELD,
    MINE,
    THEIRS,
    Forms,
    digest,
    read_state,
    sent_rows,
    sent_value,
    state_of,
    stored_rows,
    stored_values,
)


@dataclass(frozen=True)
class Conflict:
    """One part that was saved by somebody else and sent with another value.

    `theirs` and `mine` are lines of text; `chosen` is the choice sent or suggested, "" where the sender must choose.
    """

    name: str
    label: str
    theirs: list[str]
    mine: list[str]
    chosen: str
    is_decided: bool

    @property
    def field(self) -> str:
        """The name of the choice among the posted data."""
        return f"{CHOICE}{self.name}"


def conflicts_of(sent: Forms, data: Mapping[str, str]) -> list[Conflict]:
    """Return the conflicts of these bound forms and formsets, those decided by a choice in `data` among them.

    A choice for one's own value holds only against the value one has seen, of which the state is in `data`, too.
    """
    opened, asked, choices = read_state(data.get(FIELD)), read_state(data.get(ASKED)), choices_in(data)
    found: list[Conflict] = []
    for one in sent:
        parts = _rows_conflict(one) if isinstance(one, forms.BaseFormSet) else _field_conflicts(one)
        now = state_of([one])
        for name, label, theirs, mine, value in parts:
            if now[name] in (opened.get(name), digest(value)):
                continue
            choice = choices.get(name, "")
            decided = choice == THEIRS or (choice == MINE and asked.get(name) == now[name])
            suggested = THEIRS if opened.get(name) == digest(value) else ""
            found.append(Conflict(name, label, theirs, mine, choice if decided else suggested, decided))
    return found


def choices_in(data: Mapping[str, str]) -> dict[str, str]:
    """Return the choices among the posted data: {name of a part: THEIRS or MINE}."""
    return {
        name.removeprefix(CHOICE): value
        for name, value in data.items()
        if name.startswith(CHOICE) and value in (THEIRS, MINE)
    }


Part = tuple[str, str, list[str], list[str], Any]  # name, label, theirs, mine, value sent


def _field_conflicts(form: forms.BaseForm) -> Iterator[Part]:
    stored = stored_values(form)
    for name, field in form.fields.items():
        value = sent_value(form, name)
        label = capfirst(str(field.label or name.replace("_", " ")))
        yield form.add_prefix(name), label, words_of(field, stored[name]), words_of(field, value), value


def _rows_conflict(formset: forms.BaseFormSet) -> Iterator[Part]:
    fields = formset.empty_form.fields
    model = getattr(formset, "model", None)
    label = capfirst(str(model._meta.verbose_name_plural)) if model else _("Rows")
    theirs, mine = stored_rows(formset), sent_rows(formset)
    yield formset.prefix or "", label, _row_words(fields, theirs), _row_words(fields, mine), mine


def _row_words(fields: Mapping[str, forms.Field], rows: list[dict[str, Any]]) -> list[str]:
    """Return a line of text for each row."""
    return [
        " · ".join(
            f"{capfirst(str(fields[name].label))}: {' '.join(words_of(fields[name], value))}"
            for name, value in row.items()
            if name in fields and value not in (None, "", False)
        )
        for row in rows
    ]


def words_of(field: forms.Field, value: Any) -> list[str]:
    """Return a value as lines of text, as a person would say it."""
    if isinstance(field, forms.FileField):
        return (
            [value.name or ""] if isinstance(value, File) else [_("The file that was saved")] if value else []
        )
    if hasattr(field, "words_of"):
        return list(field.words_of(value))
    choices = getattr(field, "choices", None)
    if choices is not None:
        chosen = value if isinstance(value, (list, tuple)) or hasattr(value, "all") else [value]
        return list(filter(None, (_choice(field, one) for one in chosen)))
    return [line for line in _lines(value) if line.strip()]


def _choice(field: Any, value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    queryset = getattr(field, "queryset", None)
    if queryset is not None:
        return str(queryset.filter(pk=value).first() or "") if value not in (None, "") else ""
    for key, words in field.choices:
        for code, text in words if isinstance(words, (list, tuple)) else [(key, words)]:
            if str(code) == str(value if value is not None else ""):
                return str(text)
    return "" if value in (None, "") else str(value)


def _lines(value: Any) -> Iterator[str]:
    """Yield a value line by line."""
    if value is None:
        return
    if isinstance(value, bool):
        yield _("Yes") if value else _("No")
    elif isinstance(value, datetime):
        yield formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    elif isinstance(value, date):
        yield formats.date_format(value)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            words = ", ".join(_lines(one))
            if words:
                yield f"{str(name).replace('_', ' ')}: {words}"
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _lines(one)
    elif isinstance(value, (str, Promise)):
        yield from _without_tags(str(value)).splitlines()
    else:
        yield formats.localize(value)


def _without_tags(text: str) -> str:
    """Return HTML as text, with a new line after each block."""
    return strip_tags(text.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("</h", "\n</h"))
