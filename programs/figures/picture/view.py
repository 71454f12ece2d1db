"""How a body is looked at: by which camera, in which detail, and what of it is always seen from the same side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..rig.body import Body
from ..rig.flesh import Placed, placed
from ..rig.vectors import Frame, Vector
from ..women import Woman
from .camera import Camera
from .outline import Look, canonical, seen_from, standing, steady
from .shapes import NOTHING, Path, blob

FINE = 2.4  # picture units for one of the body's, from which fingers and toes are told apart
# Degrees from one look that stands for all moments; faces and hands forgive so much.
TURNS = {"head": 26, "palm": 50, "fingers": 50, "thumb": 50}
EXACT = 2.0  # degrees for all other parts
SPAN = (10.0, -30.0)  # units from a part's origin, across it and along it, at which it tells how it moves


class Posed(NamedTuple):
    """A body with the solids on its bones."""

    body: Body
    solids: Mapping[str, list[Placed]]


class Drawn(NamedTuple):
    """The outline of what is rigid, and the places that tell how it moves where it never changes its form."""

    path: Path
    rigid: tuple[complex, ...]


@dataclass(frozen=True)
class View:
    """A look at one moment of a loop.

    `looks` says by the names of parts how they are always seen; of those only the first moment is drawn, for
    afterwards they are moved. What is not fine has no lids, cheeks, fingers and toes told apart.
    """

    woman: Woman
    camera: Camera
    is_fine: bool = True
    looks: Mapping[str, Look] | None = None
    is_first: bool = True

    @property
    def tells_fingers(self) -> bool:
        """Whether hands and feet are large enough to be drawn with care."""
        return self.is_fine and self.camera.scale >= FINE

    def posed(self, body: Body) -> Posed:
        """The body with the flesh of its woman."""
        return Posed(body, placed(body, self.woman.sleeve))

    def through(self, loop: Sequence[Posed]) -> View:
        """The same view of a loop: what always shows the same side is drawn once."""
        frames: dict[str, list[Frame]] = {"head": [posed.body.head_frame for posed in loop]}
        for posed in loop:
            for name, solids in posed.solids.items():
                for part in solids:
                    frames.setdefault(_key(name, part), []).append(part.frame)
        looks = {}
        for name, some in frames.items():
            widest = TURNS.get(name.split()[-1], EXACT)
            look = steady((seen_from(frame, self.camera) for frame in some), widest)
            if look:
                looks[name] = look
        return replace(self, looks=looks)

    def later(self) -> View:
        """The same view of a moment that is not the first."""
        return replace(self, is_first=False)

    def always(self, name: str) -> Look | None:
        """How the part of that name is always seen, if it is."""
        return (self.looks or {}).get(name)

    def solid(self, limb: str, *parts: Placed) -> Drawn:
        """Solids of one frame as one shape."""
        looks = [self.always(_key(limb, part)) for part in parts]
        rigid = self.rigid(parts[0].origin, parts[0].frame, looks[0]) if all(looks) else ()
        if rigid and not self.is_first:
            return Drawn(NOTHING, rigid)
        path: Path = ()
        for part, look in zip(parts, looks, strict=True):
            shift, turn, found = standing(part.origin, part.frame, self.camera, look)
            path += blob([shift + point * turn for point in canonical(part.solid, found)])
        return Drawn(path, rigid)

    def rigid(self, origin: Vector, frame: Frame, look: Look | None) -> tuple[complex, ...]:
        """Places that tell how a rigid part moves."""
        shift, turn, _ = standing(origin, frame, self.camera, look)
        return shift, shift + turn * SPAN[0], shift - 1j * turn * SPAN[1]


def _key(limb: str, part: Placed) -> str:
    return f"{limb} {part.solid.name.split()[0]}"
