"""The pose editor's form: a number field for every joint angle and place of a figure's poses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programs.figures.numbers import Number, Path, numbers_of, short, with_numbers
from programs.models import FigureWoman
from programs.plan import digest


class Range(NamedTuple):
    """What a number means, and where it may lie."""

    label: Any
    least: float
    most: float
    step: float = 1


DEGREES = {
    "spine": Range(_("Leaning (90 upright, 180 on the back, 0 face down)"), -45, 225),
    "roll": Range(_("Rolled onto the side"), -180, 180),
    "lean": Range(_("Leaning to her right"), -120, 120),
    "turn": Range(_("Turned toward the viewer"), -180, 180),
    "bend": Range(_("Back rounded"), -60, 100),
    "twist": Range(_("Chest turned to her right"), -80, 80),
    "side": Range(_("Chest bent to her right"), -60, 60),
    "neck": Range(_("Neck forward"), -40, 80),
    "nod": Range(_("Chin down"), -60, 60),
    "look": Range(_("Looking to her right"), -90, 90),
}
OTHERS = {
    "ribs": Range(_("Ribs wide with breath"), 0, 3, 0.1),
    "belly": Range(_("Belly soft (1) or drawn in (-1)"), -1, 2, 0.1),
    "shrug": Range(_("Shoulders up"), -10, 10, 0.5),
    "squeeze": Range(_("Shoulders back"), -10, 10, 0.5),
    "glow": Range(_("The place that works shines"), 0, 1, 0.1),
    "air": Range(_("Breath out is seen"), 0, 1, 0.1),
    "head_on": Range(_("Height of what the head rests on"), 0, 120, 0.5),
}
JOINTS = {
    ("hip", 0): Range(_("Hip bent"), -60, 140),
    ("hip", 1): Range(_("Hip out to the side"), -60, 90),
    ("hip", 2): Range(_("Hip turned out"), -60, 90),
    ("knee",): Range(_("Knee bent"), -5, 150),
    ("ankle",): Range(_("Toes up"), -95, 60),
    ("toes",): Range(_("Toes bent up from the foot"), 0, 60),
    ("heel",): Range(_("Heel raised"), -60, 120),
    ("facing",): Range(_("Foot turned out"), -95, 95),
    ("shoulder", 0): Range(_("Arm raised to the front"), -70, 190),
    ("shoulder", 1): Range(_("Arm out to the side"), -40, 180),
    ("shoulder", 2): Range(_("Arm turned"), -120, 120),
    ("elbow",): Range(_("Elbow bent"), -5, 150),
    ("wrist",): Range(_("Wrist bent"), -90, 90),
}
PLACED = {
    "foot": _("Foot"),
    "ankle_at": _("Ankle"),
    "palm": _("Palm on the floor"),
    "hand": _("Hand"),
    "elbow_at": _("Elbow"),
    "pelvis": _("Pelvis"),
    "shoulders": _("Shoulders"),
    "near_knee": _("Right knee"),
    "far_knee": _("Left knee"),
}
AXES = (_("forward"), _("up"), _("to the side"))
PALM_AXES = (AXES[0], AXES[2])
PARTS = {
    "at": _("What stays where it is"),
    "near_arm": _("Right arm"),
    "far_arm": _("Left arm"),
    "near_leg": _("Right leg"),
    "far_leg": _("Left leg"),
}
TRUNK, BREATH = _("Trunk and head"), _("Breath and shoulders")


class FigureForm(forms.Form):
    """All numbers of `figure`, the woman who shows it, and which pose is looked at."""

    woman = forms.ChoiceField(
        label=_("Who shows it"),
        choices=FigureWoman.choices,
        help_text=_("To those who have chosen nobody. Each of the three is drawn."),
    )
    pose = forms.TypedChoiceField(label=_("Pose in the picture"), coerce=int, widget=forms.RadioSelect)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, figure: Mapping[str, Any], woman: str, data: Mapping[str, Any] | None = None) -> None:
        """Make the fields of a figure. Raise FigureError if it is not as a figure is written."""
        self.figure, self.numbers = figure, numbers_of(figure)
        poses = range(len(figure["poses"]))
        super().__init__(data, initial={"woman": woman, "pose": 0, "seen": digest(figure)}, label_suffix="")
        pose_field = self.fields["pose"]
        assert isinstance(pose_field, forms.TypedChoiceField)
        pose_field.choices = [(pose, str(pose + 1)) for pose in poses]
        for number in self.numbers:
            self.fields[_name(number)] = _field(number)

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else saved since the page was opened."""
        data = super().clean() or {}
        if data.get("seen") != digest(self.figure):
            self.data = {**self.data, "seen": digest(self.figure)}
            raise forms.ValidationError(
                _("Someone else changed this figure in the meantime. Please look at it again, then save.")
            )
        return data

    def changed(self) -> dict[str, Any]:
        """Return the figure with the numbers typed, shown by the woman chosen; of a valid form only."""
        typed = [number._replace(value=self.cleaned_data[_name(number)]) for number in self.numbers]
        return with_numbers(self.figure, typed) | {"woman": self.cleaned_data["woman"]}

    def poses(self) -> Iterator[tuple[int, list[tuple[Any, list[forms.BoundField]]]]]:
        """Yield each pose, counted from 0, with its fields by part of the body."""
        for pose, numbers in groupby(self.numbers, key=lambda one: one.pose):
            parts: dict[str, tuple[Any, list[forms.BoundField]]] = {}
            for number in numbers:
                part = _part(number.path)
                parts.setdefault(str(part), (part, []))[1].append(self[_name(number)])
            yield pose, list(parts.values())


def _name(number: Number) -> str:
    return "-".join(["pose", str(number.pose), *map(str, number.path)])


def _part(path: Path) -> Any:
    if path[0] in PARTS:
        return PARTS[str(path[0])]
    return TRUNK if path[0] in DEGREES or path[0] == "head_on" else BREATH


def _field(number: Number) -> forms.FloatField:
    given = _range(number.path)
    least, most = min(given.least, number.value), max(given.most, number.value)
    return forms.FloatField(
        label=given.label,
        min_value=least,
        max_value=most,
        initial=short(number.value),
        widget=forms.NumberInput(attrs={"step": "any", "data-step": given.step, "inputmode": "decimal"}),
    )


def _range(path: Path) -> Range:
    if len(path) == 1:
        return DEGREES.get(str(path[0])) or OTHERS[str(path[0])]
    if path[1:] in JOINTS:
        return JOINTS[path[1:]]
    axes = PALM_AXES if path[1] == "palm" else AXES
    return Range(format_lazy("{} {}", PLACED[str(path[1])], axes[int(path[2])]), -130, 160, 0.5)
