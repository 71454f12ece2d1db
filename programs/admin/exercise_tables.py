"""Fields for the tables of an exercise: its cautions by safety flag and its doses by phase."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from common.choices import options
from programs.labels import label
from programs.rules.schedule import PHASES
from programs.rules.vocabulary import SafetyAction, SafetyFlag

from .widgets import TableWidget

ACTIONS = [
    (SafetyAction.OK, _("stays as it is")),
    (SafetyAction.EASIER, _("the easier way")),
    (SafetyAction.SWAP, _("another exercise instead")),
]
DOSE = [
    ("sets", _("sets")),
    ("reps", _("repetitions")),
    ("seconds", _("seconds")),
    ("lift", _("move")),  # as `programs.wording.player` says it to members
    ("hold", _("hold")),
    ("lower", _("return")),
    ("relax", _("let go")),
    ("rest_seconds", _("rest")),
]
TEMPO = ("lift", "hold", "lower", "relax")


class CautionsWidget(TableWidget):
    """A table with one row for each safety flag: the action, the replacement, and the note for the member.

    `exercises` are the choices of the replacement: (slug, name).
    """

    template = "admin/programs/cautions.html"
    exercises: Sequence[tuple[str, str]] = ()

    def rows(self, name: str, value: Any) -> list[dict[str, Any]]:
        """Return one row for each flag."""
        cautions = {flag: (value or {}).get(flag.value) or {"action": "ok"} for flag in SafetyFlag}
        return [
            {
                "flag": flag.value,
                "words": label(flag),
                "actions": options(ACTIONS, caution.get("action")),
                "exercises": options(self.exercises, caution.get("swap_to")),
                "note": caution.get("note") or "",
            }
            for flag, caution in cautions.items()
        ]

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> dict[str, dict[str, Any]]:
        """Return the table as the model stores it."""
        return {
            flag.value: {
                "action": data.get(f"{name}-{flag}-action", "ok"),
                "swap_to": data.get(f"{name}-{flag}-swap_to") or None,
                "note": data.get(f"{name}-{flag}-note", "").strip(),
            }
            for flag in SafetyFlag
        }


class CautionsField(forms.Field):
    """Cautions by safety flag; only a swap has a replacement, and it must have one."""

    widget = CautionsWidget

    def clean(self, value: Any) -> dict[str, dict[str, Any]]:
        """Return the table. Raise ValidationError if an action or a replacement is missing."""
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
        return dict(value)

    def words_of(self, value: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Return one line for each flag with a note or anything to do."""
        actions, exercises = dict(ACTIONS), dict(cast(CautionsWidget, self.widget).exercises)
        lines = []
        for flag, caution in (value or {}).items():
            words = [actions.get(caution["action"], ""), exercises.get(caution.get("swap_to") or "", "")]
            words.append(caution.get("note") or "")
            if caution["action"] != SafetyAction.OK or caution.get("note"):
                lines.append(f"{label(SafetyFlag(flag))}: {' · '.join(str(one) for one in words if one)}")
        return lines


class DosesWidget(TableWidget):
    """A table with one dose for each phase; an empty row means that the exercise is not used in that phase."""

    template = "admin/programs/doses.html"

    def rows(self, name: str, value: Any) -> list[dict[str, Any]]:
        """Return one row for each phase."""
        return [{"phase": phase, "cells": _cells((value or {}).get(str(phase)))} for phase in PHASES]

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> dict[str, dict[str, str]]:
        """Return the numbers as typed, by phase."""
        return {
            str(phase): {key: data.get(f"{name}-{phase}-{key}", "").strip() for key, _words in DOSE}
            for phase in PHASES
        }


class DosesField(forms.Field):
    """Doses by phase: sets of either repetitions at a tempo, or of seconds."""

    widget = DosesWidget

    def clean(self, value: Any) -> dict[str, dict[str, Any]]:
        """Return the doses of the phases that have one. Raise ValidationError if none has or one is invalid."""
        if self.disabled:  # then it is what is stored
            return dict(value)
        found = {phase: _dose(phase, cells) for phase, cells in value.items() if any(cells.values())}
        if not found:
            raise forms.ValidationError(_("Please give a dose for at least one phase."))
        return found

    def words_of(self, value: Mapping[str, Any]) -> list[str]:
        """Return one line for each phase that has a dose."""
        lines = []
        for phase, dose in (value or {}).items():
            numbers = [f"{cell['words']} {cell['value']}" for cell in _cells(dose) if cell["value"]]
            if numbers:
                lines.append(_("Phase %(phase)s") % {"phase": phase} + f": {', '.join(numbers)}")
        return lines


def _cells(dose: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    numbers = dict(dose or {}) | dict((dose or {}).get("tempo") or {})
    return [{"key": key, "words": words, "value": numbers.get(key)} for key, words in DOSE]


def _dose(phase: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """Parse one row. Raise ValidationError if it is no dose."""
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
