"""Add, remove and reorder the key poses of a figure.

Each gives a new figure. A `way` names poses by their number: it goes on leading to the same poses, and to a new one
where it is entered; poses that change places change them in the movement, too.
Raises FigureError where a figure cannot have fewer or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .errors import FigureError
from .numbers import whole_poses
from .poses import NUMBERS
from .timing import Tempo

FEWEST, MOST = 2, 4

Figure = Mapping[str, Any]


def with_copy(figure: Figure, number: int) -> dict[str, Any]:
    """Return the figure with a copy of a pose (counted from 0) after it."""
    poses = list(figure["poses"])
    if len(poses) >= MOST:
        raise FigureError(f"poses: there may be up to {MOST}")
    poses.insert(number + 1, {} if number == 0 else poses[number])  # {} is all as in the first
    return _with(_leading_to_copy(figure, number), poses)


def without(figure: Figure, number: int) -> dict[str, Any]:
    """Return the figure without a pose (counted from 0)."""
    count = len(figure["poses"])
    if count <= FEWEST:
        raise FigureError(f"poses: there must be at least {FEWEST}")
    return _in_order(_leading_past(figure, number), [pose for pose in range(count) if pose != number])


def moved(figure: Figure, number: int, to: int) -> dict[str, Any]:
    """Return the figure with a pose at another place among them; unchanged where there is no such place."""
    order = list(range(len(figure["poses"])))
    if to not in order:
        return dict(figure)
    order.insert(to, order.pop(number))
    return _in_order(figure, order)


def _in_order(figure: Figure, order: Sequence[int]) -> dict[str, Any]:
    """The figure with these of its poses; all of them told in full where another one becomes the first."""
    if order[0] == 0:
        return _with(figure, [figure["poses"][pose] for pose in order])
    first, *others = (whole_poses(figure)[pose] for pose in order)
    return _with(figure, [first, *(_usual_beside(first, other) | other for other in others)])


def _usual_beside(first: Figure, other: Figure) -> dict[str, Any]:
    """What is usual in the other pose, where the first one says something else."""
    usual = {**NUMBERS, "head_on": None}
    return {key: usual[key] for key in first if key in usual and key not in other}


def _leading_to_copy(figure: Figure, number: int) -> Figure:
    """The figure whose way, if it has one, leads to the copy of a pose after it; from the first pose, before all others."""
    way = {
        stage: [one for aim in aims for one in _with_copy_after(aim, number)]
        for stage, aims in figure.get("way", {}).items()
    }
    if number == 0 and way:
        begins = next((stage for stage in Tempo._fields if way.get(stage)), "lift")
        way[begins] = [1, *way.get(begins, [])]
    return _on_way(figure, way)


def _with_copy_after(aim: int, number: int) -> list[int]:
    """The aim as it is numbered once a pose has a copy after it, followed by that copy."""
    return [aim, aim + 1] if aim == number != 0 else [aim + (aim > number)]


def _leading_past(figure: Figure, number: int) -> Figure:
    """The figure whose way, if it has one, leads to the poses that are left; the next one becomes the first."""
    way = {
        stage: [aim - (aim > number) for aim in aims if aim != number or aim == 0]
        for stage, aims in figure.get("way", {}).items()
    }
    return _on_way(figure, way)


def _on_way(figure: Figure, way: Mapping[str, Sequence[int]]) -> Figure:
    """The figure with this way; the usual one where it leads nowhere."""
    stages = {stage: aims for stage, aims in way.items() if aims}
    rest = {key: value for key, value in figure.items() if key != "way"}
    return rest | {"way": stages} if any(any(aims) for aims in stages.values()) else rest


def _with(figure: Figure, poses: Sequence[Any]) -> dict[str, Any]:
    return {**figure, "poses": list(poses)}
