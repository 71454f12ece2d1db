"""The numbers of a figure's poses one by one, to be edited: joint angles, and places of what stays put.

A number is found by its path: ("near_leg", "hip", 0) is how far the right hip bends. What is a direction or a name
(knee_to, rests) is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .poses import NUMBERS
from .reading import read_pose
from .rig import anatomy
from .rig.body import LIMBS

Path = tuple[str | int, ...]
Figure = Mapping[str, Any]

NOT_SHOWN = ("rests_on",)  # the height of a seat or bed belongs to the thing, not to the pose
CLOSE = 0.006  # numbers are shown with two digits


class Number(NamedTuple):
    """One number of a pose; `pose` counts from 0."""

    pose: int
    path: Path
    value: float


class Way(NamedTuple):
    """One way to say where a limb is: the key that tells it, what is usual in its place, its other numbers."""

    key: str
    usual: tuple[float, ...]
    others: tuple[str, ...] = ()


WAYS = (
    Way("hip", (0, 0, 0), ("knee", "ankle")),
    Way("foot", (0, 0, anatomy.HIP_OUT), ("heel", "facing")),
    Way("ankle_at", (0, anatomy.ANKLE_R, anatomy.HIP_OUT), ("ankle", "toes")),
    Way("shoulder", (0, 0, 0), ("elbow", "wrist")),
    Way("palm", (0, anatomy.SHOULDER_OUT)),
    Way("hand", (0, anatomy.WRIST_R, anatomy.SHOULDER_OUT)),
    Way("elbow_at", (0, 0, 0)),
)


def numbers_of(figure: Figure) -> list[Number]:
    """Return every number of every pose, those too that a pose takes over from the first.

    Raise FigureError for a pose that is not as a pose is written.
    """
    return [
        Number(pose, path, float(value))
        for pose, whole in enumerate(whole_poses(figure))
        for path, value in _numbers(whole)
    ]


def with_numbers(figure: Figure, numbers: Sequence[Number]) -> dict[str, Any]:
    """Return the figure with these numbers.

    A pose names only what differs from what it took over, so it goes on following the first pose in all else. Raise
    FigureError as `numbers_of` does.
    """
    before = {(one.pose, one.path): one.value for one in numbers_of(figure)}
    poses = [dict(pose) for pose in figure["poses"]]
    wholes = whole_poses(figure)
    for pose, path, value in numbers:
        known = before.get((pose, path))
        if known is None or abs(known - value) < CLOSE:
            continue
        key = str(path[0])
        wholes[pose][key] = poses[pose][key] = _put(wholes[pose].get(key), path[1:], short(value))
    return {**figure, "poses": poses}


def short(value: float) -> float | int:
    """The number as people write it, with two digits at most: 90, not 90.0."""
    return int(value) if float(value).is_integer() else round(value, 2)


def whole_poses(figure: Figure) -> list[dict[str, Any]]:
    """Return the full descriptions of all poses. Raise FigureError as `numbers_of` does."""
    wholes: list[dict[str, Any]] = []
    for described in figure["poses"]:
        wholes.append(read_pose(described, wholes[0] if wholes else None)[1])
    return wholes


def _numbers(whole: Mapping[str, Any]) -> Iterator[tuple[Path, float]]:
    ((anchor, place),) = whole["at"].items()
    yield from ((("at", anchor, at), value) for at, value in enumerate(place))
    for name, usual in NUMBERS.items():
        if name == "neck" and whole.get("head_on") is not None:
            yield ("head_on",), whole["head_on"]
        elif name not in NOT_SHOWN:
            yield (name,), whole.get(name, usual)
    for limb in LIMBS:
        yield from _of_limb(limb, whole[limb])


def _of_limb(limb: str, described: Mapping[str, Any]) -> Iterator[tuple[Path, float]]:
    way = next((way for way in WAYS if way.key in described), None)
    if way is None:
        return
    given = described[way.key]
    places = (*given, *way.usual[len(given) :])
    yield from (((limb, way.key, at), value) for at, value in enumerate(places))
    yield from (((limb, name), described.get(name, 0)) for name in way.others)


def _put(inside: Any, path: Path, value: float) -> Any:
    """A copy of nested data with one number set; places left out before it get what is usual."""
    if not path:
        return value
    if isinstance(inside, Mapping):
        key = path[0]
        usual = next((list(way.usual) for way in WAYS if way.key == key), [])
        found = inside.get(key)
        if isinstance(found, list | tuple):
            found = [*found, *usual[len(found) :]]
        return {**inside, key: _put(found, path[1:], value)}
    places = list(inside)
    places[int(path[0])] = value
    return places
