"""Form fields for lists and dicts of texts: usable without JavaScript, faster with it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from common.choices import options
from programs.labels import label
from programs.rules.vocabulary import SafetyFlag

NUMBERS = [str(number) for number in range(1, 100)]
SPARE_ROWS = 2  # empty inputs offered each time, for browsers without JavaScript


class TableWidget(forms.Widget):
    """Abstract widget rendered from rows by one of the admin's templates."""

    template = ""

    def rows(self, name: str, value: Any) -> list[Any]:
        """Return the rows for the template."""
        raise NotImplementedError

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the widget as HTML."""
        context = {"name": name, "id": (attrs or {}).get("id", name), "rows": self.rows(name, value)}
        return mark_safe(render_to_string(self.template, context))  # noqa: S308 made by a template that escapes

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return False: its inputs have names of their own, so the widget is never omitted."""
        return False

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first input."""
        return f"{id_}_0"


class LinesWidget(TableWidget):
    """One input for each line."""

    template = "admin/programs/lines.html"

    def rows(self, name: str, value: Any) -> list[str]:
        """Return the lines and some spare rows."""
        return [*(value or []), *[""] * SPARE_ROWS]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return all lines as typed."""
        lines: list[str] = data.getlist(name)
        return lines


class LinesField(forms.Field):
    """A list of texts without empty lines."""

    widget = LinesWidget

    def clean(self, value: Any) -> list[str]:
        """Return the lines that are not empty."""
        lines = [line.strip() for line in value or [] if line.strip()]
        if self.required and not lines:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether a line differs."""
        return list(initial or []) != [line.strip() for line in data or [] if line.strip()]


class FlagTextsWidget(TableWidget):
    """One text input for each safety flag."""

    template = "admin/programs/flag_texts.html"

    def rows(self, name: str, value: Any) -> list[dict[str, Any]]:
        """Return one row for each flag."""
        return [
            {"flag": flag.value, "words": label(flag), "text": (value or {}).get(flag.value, "")}
            for flag in SafetyFlag
        ]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Return the texts as typed, by flag."""
        return {flag.value: data.get(f"{name}-{flag}", "").strip() for flag in SafetyFlag}


class FlagTextsField(forms.Field):
    """Safety flag → text, without flags that have no text."""

    widget = FlagTextsWidget

    def clean(self, value: Any) -> dict[str, str]:
        """Return the texts that are not empty."""
        return {flag: text for flag, text in value.items() if text}

    def words_of(self, value: Mapping[str, str]) -> list[str]:
        """Return one line for each text."""
        return [f"{label(SafetyFlag(flag))}: {text}" for flag, text in (value or {}).items() if text]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether a text differs."""
        return bool((initial or {}) != self.clean(data or {}))


class PlacedTextsWidget(TableWidget):
    """Replacement texts by place; `places` are the choices of a place: (place, label)."""

    template = "admin/programs/placed_texts.html"
    places: Sequence[tuple[str, Any]] = ()

    def rows(self, name: str, value: Any) -> list[dict[str, Any]]:
        """Return the replaced places and some spare rows."""
        return [
            {"places": options(self.places, place), "text": text}
            for place, text in [*_pairs(value), *[("", "")] * SPARE_ROWS]
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        """Return (place, text) as typed."""
        return list(zip(data.getlist(f"{name}-place"), data.getlist(f"{name}-text"), strict=False))


class PlacedTextsField(forms.Field):
    """Place of a text → its replacement."""

    widget = PlacedTextsWidget

    def clean(self, value: Any) -> dict[str, str]:
        """Return the replacements that are not empty."""
        return {place: text.strip() for place, text in _pairs(value) if place and text.strip()}

    def words_of(self, value: Any) -> list[str]:
        """Return one line for each replacement."""
        places = dict(cast(PlacedTextsWidget, self.widget).places)
        return [f"{places.get(place, place)}: {text}" for place, text in _pairs(value) if place and text]


def line_numbers(form: forms.BaseForm, field: str) -> list[int]:
    """Return the numbers of the lines that a field has, and of those that other words of the form stand for."""
    lines = [line for line in form[field].value() or [] if line.strip()]
    replaced = _pairs(form["no_baby_text"].value())
    places = [place.rpartition("/") for place, _text in replaced]
    named = [int(number) for place, _slash, number in places if place == field and number in NUMBERS]
    return sorted({*range(1, len(lines) + 1), *named})


def _pairs(value: Any) -> list[tuple[str, str]]:
    return list(value.items() if isinstance(value, dict) else value or [])
