"""Fields for what an exercise keeps as lists and tables: usable without JavaScript, quicker with it."""

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from common.choices import options
from programs.labels import label
from programs.rules.schedule import PHASES
from programs.rules.vocabulary import SafetyAction, SafetyFlag

ACTIONS = [
    (SafetyAction.OK, _("stays as it is")),
    (SafetyAction.EASIER, _("the easier way")),
    (SafetyAction.SWAP, _("another exercise instead")),
]
DOSE = [
    ("sets", _("sets")),
    ("reps", _("repetitions")),
    ("seconds", _("seconds")),
    ("lift", _("lift")),
    ("hold", _("hold")),
    ("lower", _("lower")),
    ("relax", _("relax")),
    ("rest_seconds", _("rest")),
]
TEMPO = ("lift", "hold", "lower", "relax")
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


class CautionsWidget(TableWidget):
    """For each safety flag: what happens to the exercise, which one comes instead, and what she is told."""

    template = "admin/programs/cautions.html"
    exercises = ()

    def rows(self, name, value):
        """One row a flag."""
        told = {flag: (value or {}).get(flag.value) or {"action": "ok"} for flag in SafetyFlag}
        return [
            {
                "flag": flag.value,
                "words": label(flag),
                "actions": options(ACTIONS, now.get("action")),
                "exercises": options(self.exercises, now.get("swap_to")),
                "note": now.get("note") or "",
            }
            for flag, now in told.items()
        ]

    def value_from_datadict(self, data, files, name):
        """The table as the row keeps it."""
        return {
            flag.value: {
                "action": data.get(f"{name}-{flag}-action", "ok"),
                "swap_to": data.get(f"{name}-{flag}-swap_to") or None,
                "note": data.get(f"{name}-{flag}-note", "").strip(),
            }
            for flag in SafetyFlag
        }


class CautionsField(forms.Field):
    """Cautions by safety flag; a swap, and only a swap, names another exercise."""

    widget = CautionsWidget

    def clean(self, value):
        """The table, or what is missing in it."""
        for flag, caution in value.items():
            words = {"flag": label(SafetyFlag(flag))}
            if caution["action"] not in set(SafetyAction):
                raise forms.ValidationError(_("Please choose what happens with: %(flag)s") % words)
            if caution["action"] == SafetyAction.SWAP and not caution["swap_to"]:
                raise forms.ValidationError(
                    _("Please choose the exercise that comes instead: %(flag)s") % words
                )
            if caution["action"] != SafetyAction.SWAP:
                caution["swap_to"] = None
        return value


class DosesWidget(TableWidget):
    """A dose for each phase; an empty row means that the exercise does not come in that phase."""

    template = "admin/programs/doses.html"

    def rows(self, name, value):
        """One row a phase."""
        return [{"phase": phase, "cells": _cells((value or {}).get(str(phase)))} for phase in PHASES]

    def value_from_datadict(self, data, files, name):
        """The numbers as typed, by phase."""
        return {
            str(phase): {key: data.get(f"{name}-{phase}-{key}", "").strip() for key, _words in DOSE}
            for phase in PHASES
        }


class DosesField(forms.Field):
    """Doses by phase: sets of either repetitions at a tempo, or of seconds."""

    widget = DosesWidget

    def clean(self, value):
        """The doses of the phases that have any."""
        found = {phase: _dose(phase, cells) for phase, cells in value.items() if any(cells.values())}
        if not found:
            raise forms.ValidationError(_("Please give a dose for at least one phase."))
        return found


def _cells(dose):
    numbers = dict(dose or {}) | dict((dose or {}).get("tempo") or {})
    return [{"key": key, "words": words, "value": numbers.get(key)} for key, words in DOSE]


def _dose(phase, cells):
    try:
        numbers = {key: int(text) if text else None for key, text in cells.items()}
    except (TypeError, ValueError):
        raise forms.ValidationError(_("Phase %(phase)s: whole numbers only.") % {"phase": phase}) from None
    if min(number or 0 for number in numbers.values()) < 0 or not numbers["sets"]:
        raise forms.ValidationError(_("Phase %(phase)s: a dose has at least one set.") % {"phase": phase})
    if bool(numbers["reps"]) == bool(numbers["seconds"]):
        text = _("Phase %(phase)s: give either repetitions or seconds.") % {"phase": phase}
        raise forms.ValidationError(text)
    return {
        "sets": numbers["sets"],
        "reps": numbers["reps"],
        "seconds": numbers["seconds"],
        "tempo": {key: numbers[key] or 0 for key in TEMPO} if numbers["reps"] else None,
        "rest_seconds": numbers["rest_seconds"] or 0,
    }


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
