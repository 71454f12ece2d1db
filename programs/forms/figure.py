"""The pose editor's form: a number field for every joint angle and place of a figure's poses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from programs.figures.key_poses import FEWEST, MOST
from programs.figures.numbers import Number, numbers_of, short, with_numbers
from programs.models import FigureWoman

from .figure_ranges import limits_of, part_of, range_of

SALT = "programs.figure-draft"
WIDEST = 1000  # units of the picture


class FigureForm(forms.Form):
    """All numbers of `figure`, the woman who shows it, and which pose is looked at.

    `draft` is the figure that the numbers belong to, signed: it may have other poses than the one that is stored.
    """

    woman = forms.ChoiceField(
        label=_("Who shows it"),
        choices=FigureWoman.choices,
        help_text=_("To those who have chosen nobody. Each of the three is drawn."),
    )
    pose = forms.TypedChoiceField(label=_("Pose in the picture"), coerce=int, widget=forms.RadioSelect)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)
    both = forms.BooleanField(label=_("Move both sides together"), required=False)

    def __init__(
        self,
        figure: Mapping[str, Any],
        woman: str,
        data: Mapping[str, Any] | None = None,
        pose: int = 0,
        both: bool | None = None,
    ) -> None:
        """Make the fields of a figure; `both` is by itself on where both sides do the same.

        Raise FigureError if it is not as a figure is written.
        """
        self.figure, self.numbers = figure, numbers_of(figure)
        self.pose_count = len(figure["poses"])
        initial = {
            "woman": woman,
            "pose": pose,
            "draft": signed(figure),
            "both": _is_symmetric(self.numbers) if both is None else both,
        }
        super().__init__(data, initial=initial, label_suffix="")
        pose_field = self.fields["pose"]
        assert isinstance(pose_field, forms.TypedChoiceField)
        pose_field.choices = [(pose, str(pose + 1)) for pose in range(self.pose_count)]
        for number in self.numbers:
            self.fields[field_name(number)] = _field(number)

    @property
    def may_add(self) -> bool:
        """Whether there may be one more pose."""
        return self.pose_count < MOST

    @property
    def may_remove(self) -> bool:
        """Whether there may be one pose fewer."""
        return self.pose_count > FEWEST

    def changed(self) -> dict[str, Any]:
        """Return the figure with the numbers typed, shown by the woman chosen; of a valid form only."""
        typed = [number._replace(value=self.cleaned_data[field_name(number)]) for number in self.numbers]
        return with_numbers(self.figure, typed) | {"woman": self.cleaned_data["woman"]}

    def poses(self) -> Iterator[tuple[int, bool, list[tuple[Any, list[forms.BoundField]]]]]:
        """Yield each pose, counted from 0, whether it is looked at, and its fields by part of the body."""
        seen = str(self["pose"].value())
        for pose, numbers in groupby(self.numbers, key=lambda one: one.pose):
            parts: dict[str, tuple[Any, list[forms.BoundField]]] = {}
            for number in numbers:
                part = part_of(number.path)
                parts.setdefault(str(part), (part, []))[1].append(self[field_name(number)])
            yield pose, str(pose) == seen, list(parts.values())


class DragForm(forms.Form):
    """A joint dragged to a point of the picture, in its units, down from the top."""

    joint = forms.CharField(max_length=20)
    x = forms.FloatField(min_value=-WIDEST, max_value=2 * WIDEST)
    y = forms.FloatField(min_value=-WIDEST, max_value=2 * WIDEST)


def signed(figure: Mapping[str, Any]) -> str:
    """Return a figure as text that only this site can have written."""
    return signing.dumps(dict(figure), salt=SALT, compress=True)


def read_signed(text: str) -> dict[str, Any] | None:
    """Return the figure of a signed text; None for any other text."""
    try:
        figure: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return figure


def field_name(number: Number) -> str:
    """Return the name of a number's field."""
    return "-".join(["pose", str(number.pose), *map(str, number.path)])


def values_of(figure: Mapping[str, Any]) -> dict[str, float | int]:
    """Return the values of all number fields by name."""
    return {field_name(number): short(number.value) for number in numbers_of(figure)}


def _is_symmetric(numbers: list[Number]) -> bool:
    """Whether both sides do the same in every pose."""
    sides = [
        {
            (number.pose, str(number.path[0])[len(side) :], number.path[1:]): number.value
            for number in numbers
            if str(number.path[0]).startswith(side)
        }
        for side in ("near_", "far_")
    ]
    return sides[0] == sides[1]


def _field(number: Number) -> forms.FloatField:
    least, most, step = limits_of(number)
    return forms.FloatField(
        label=range_of(number.path).label,
        min_value=least,
        max_value=most,
        initial=short(number.value),
        widget=forms.NumberInput(attrs={"step": "any", "data-step": step, "inputmode": "decimal"}),
    )
