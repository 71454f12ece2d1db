"""A figure as a form of two parts, for `common.edit_conflicts`: its poses, drawn, and the woman who shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programs.figures import FigureError, read_scene
from programs.figures.files import undrawn
from programs.figures.numbers import Number, numbers_of, short
from programs.figures.picture.drawing import still
from programs.models import FigureWoman

from .figure_ranges import part_of, range_of

MOST_LINES = 12
Numbers = Mapping[tuple[Any, ...], Number]


class PosesField(forms.Field):
    """Everything of a figure but the woman; drawn, and in words only the numbers in which two figures differ."""

    def __init__(self, differing: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(label=gettext_lazy("Poses"))
        self.sides = [_numbers(figure) for figure in differing]

    def words_of(self, figure: Mapping[str, Any]) -> list[str]:
        """Return its drawing, the count of poses, and a line for each number that the other figure does not have."""
        count = len(figure.get("poses", ()))
        if not count:
            return [_("No figure")]
        told = ngettext("%d pose", "%d poses", count) % count
        lines = [*_drawing(figure), told, *self._differing(_numbers(figure))]
        left = len(lines) - MOST_LINES
        if left <= 0:
            return lines
        return [*lines[:MOST_LINES], ngettext("and %d more number", "and %d more numbers", left) % left]

    def _differing(self, numbers: Numbers) -> Iterator[str]:
        for key, number in numbers.items():
            if any(key not in side or side[key].value != number.value for side in self.sides):
                words = _("Pose %(pose)d, %(part)s: %(label)s %(value)s")
                yield words % {
                    "pose": number.pose + 1,
                    "part": part_of(number.path),
                    "label": range_of(number.path).label,
                    "value": short(number.value),
                }


class ComparedFigure(forms.Form):
    """A figure to compare: `stored` is the one saved now, `sent` the one that would replace it."""

    woman = forms.ChoiceField(label=gettext_lazy("Who shows it"), choices=FigureWoman.choices, required=False)

    def __init__(self, stored: Mapping[str, Any], sent: Mapping[str, Any] | None = None) -> None:
        super().__init__(None if sent is None else _parts(sent), initial=_parts(stored))
        self.fields["poses"] = PosesField(() if sent is None else (stored, sent))


def merged(stored: Mapping[str, Any], sent: Mapping[str, Any], kept: Sequence[str]) -> dict[str, Any]:
    """Return the figure sent, with those of its parts (`poses`, `woman`) that are kept as they are stored."""
    poses, woman = (_parts(stored if part in kept else sent)[part] for part in ("poses", "woman"))
    return poses | ({"woman": woman} if woman else {})


def _parts(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return the two parts of a figure by name."""
    rest = {key: value for key, value in undrawn(figure).items() if key != "woman"}
    return {"poses": rest, "woman": figure.get("woman", "")}


def _drawing(figure: Mapping[str, Any]) -> list[SafeString]:
    """Return the still drawing of a figure as SVG; nothing where it cannot be drawn."""
    try:
        drawn = still(read_scene(_("The figure"), figure))
    except FigureError:
        return []
    return [mark_safe(drawn)]  # noqa: S308  # our own SVG


def _numbers(figure: Mapping[str, Any]) -> Numbers:
    try:
        return {(number.pose, number.path): number for number in numbers_of(figure)}
    except (FigureError, KeyError):  # no figure yet
        return {}
