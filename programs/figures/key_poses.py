"""Add, remove and reorder the key poses of a figure.

Each gives a new figure. Its `way` goes, because that names poses by number: the usual way leads through all of them.
Raises FigureError where a figure cannot have fewer or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .errors import FigureError
from .numbers import whole_poses
from .poses import NUMBERS

FEWEST, MOST = 2, 4

Figure = Mapping[str, Any]


def with_copy(figure: Figure, number: int) -> dict[str, Any]:
    """Return the figure with a copy of a pose (counted from 0) after it."""
    poses = list(figure["poses"])
    if len(poses) >= MOST:
        raise FigureError(f"poses: there may be up to {MOST}")
    poses.insert(number + 1, {} if number == 0 else poses[number])  # {} is all as in the first
    return _with(figure, poses)


def without(figure: Figure, number: int) -> dict[str, Any]:
    """Return the figure without a pose (counted from 0)."""
    count = len(figure["poses"])
    if count <= FEWEST:
        raise FigureError(f"poses: there must be at least {FEWEST}")
    return _in_order(figure, [pose for pose in range(count) if pose != number])


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


def _with(figure: Figure, poses: Sequence[Any]) -> dict[str, Any]:
    return {key: value for key, value in figure.items() if key != "way"} | {"poses": list(poses)}
