"""Fields for what content keeps as lists and texts by name: usable without JavaScript, quicker with it."""

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from common.choices import options
from programs.labels import label
from programs.rules.vocabulary import SafetyFlag

SPARE = 2  # empty lines offered each time, for those without JavaScript


class TableWidget(forms.Widget):
    """A widget that a template of the desk draws from rows."""

    template = ""

    def rows(self, name, value):
        """What the template shows."""
        raise NotImplementedError

    def render(self, name, value, attrs=None, renderer=None):
        """The widget as HTML."""
        context = {"name": name, "id": (attrs or {}).get("id", name), "rows": self.rows(name, value)}
        return mark_safe(render_to_string(self.template, context))  # noqa: S308 made by a template that escapes

    def value_omitted_from_data(self, data, files, name):
        """Its parts have names of their own: it is always there."""
        return False

    def id_for_label(self, id_):
        """The label names the first of its fields."""
        return f"{id_}_0"


class LinesWidget(TableWidget):
    """One field a line."""

    template = "admin/programs/lines.html"

    def rows(self, name, value):
        """The lines, and some spare ones."""
        return [*(value or []), *[""] * SPARE]

    def value_from_datadict(self, data, files, name):
        """All lines as typed."""
        return data.getlist(name)


class LinesField(forms.Field):
    """A list of texts; empty lines are left out."""

    widget = LinesWidget

    def clean(self, value):
        """The lines that say something."""
        lines = [line.strip() for line in value or [] if line.strip()]
        if self.required and not lines:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return lines

    def has_changed(self, initial, data):
        """Whether a line differs."""
        return list(initial or []) != [line.strip() for line in data or [] if line.strip()]


class FlagTextsWidget(TableWidget):
    """A text for each safety flag."""

    template = "admin/programs/flag_texts.html"

    def rows(self, name, value):
        """One row a flag."""
        return [
            {"flag": flag.value, "words": label(flag), "text": (value or {}).get(flag.value, "")}
            for flag in SafetyFlag
        ]

    def value_from_datadict(self, data, files, name):
        """The texts as typed, by flag."""
        return {flag.value: data.get(f"{name}-{flag}", "").strip() for flag in SafetyFlag}


class FlagTextsField(forms.Field):
    """Safety flag → text; flags without a text are left out."""

    widget = FlagTextsWidget

    def clean(self, value):
        """The texts that say something."""
        return {flag: text for flag, text in value.items() if text}

    def has_changed(self, initial, data):
        """Whether a text differs."""
        return (initial or {}) != self.clean(data or {})


class PlacedTextsWidget(TableWidget):
    """Other words for single places of the text."""

    template = "admin/programs/placed_texts.html"
    places = ()

    def rows(self, name, value):
        """The places that have other words, and some spare ones."""
        pairs = value.items() if isinstance(value, dict) else value or []
        return [
            {"places": options(self.places, place), "text": text}
            for place, text in [*pairs, *[("", "")] * SPARE]
        ]

    def value_from_datadict(self, data, files, name):
        """(place, text) as typed."""
        return list(zip(data.getlist(f"{name}-place"), data.getlist(f"{name}-text"), strict=False))


class PlacedTextsField(forms.Field):
    """Place of a text → the words used instead."""

    widget = PlacedTextsWidget

    def clean(self, value):
        """Those that say something."""
        pairs = value.items() if isinstance(value, dict) else value
        return {place: text.strip() for place, text in pairs if place and text.strip()}
