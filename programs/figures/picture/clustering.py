"""Which parts move together: neighbours that travel as one become a cluster, what changes its form stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .parts import Part
from .rigid import Travel, close_travel
from .shapes import pins
from .writing import look

STIFF = 6.6  # picture units by which a part may change its form and still be drawn as if it did not

Frames = Sequence[Part]  # one part at every sampled moment


@dataclass(frozen=True)
class Moving:
    """A part through the loop with the points that tell how it moves."""

    frames: Frames
    pins: list[list[complex]]

    @property
    def first(self) -> Part:
        """The part as the loop begins."""
        return self.frames[0]


@dataclass
class Cluster:
    """Parts that travel as one, or with `motion` None one that changes its form."""

    parts: list[Moving]
    motion: Travel | None


Group = list[Cluster]  # one cluster, or several whose parts share one line around them


def grouped(moving: Sequence[Moving], apart: set[str]) -> Iterator[Group]:
    """The parts, given from far to near, in groups; those named in `apart` join no other."""
    waiting: Cluster | None = None
    for _, run in groupby(enumerate(moving), key=lambda one: one[1].first.union or one[0]):
        clusters = [one for one in _clusters([part for _, part in run]) if not _is_too_much(one)]
        if not clusters:
            continue
        if len(clusters) > 1 or _is_apart(clusters[0], apart):
            if waiting:
                yield [waiting]
            waiting = None
            yield clusters
            continue
        (cluster,) = clusters
        if waiting and waiting.motion and cluster.motion and _same(waiting.motion, cluster):
            waiting.parts += cluster.parts
            continue
        if waiting:
            yield [waiting]
        waiting = cluster
    if waiting:
        yield [waiting]


def moving_part(frames: Frames) -> Moving:
    """A part with its pins; what does not change has the very same at every moment."""
    known = {id(part): part for part in frames}
    found = {name: list(part.rigid) or pins(part.path) for name, part in known.items()}
    return Moving(frames, [found[id(part)] for part in frames])


def _clusters(union: list[Moving]) -> list[Cluster]:
    """The parts of one union, together where they move together."""
    clusters: list[Cluster] = []
    for part in union:
        before = clusters[-1] if clusters else None
        if before and before.motion and _same(before.motion, Cluster([part], None)):
            before.parts.append(part)
            continue
        cluster = Cluster([part], close_travel(part.pins, STIFF))
        if before and before.motion is None and cluster.motion is None:
            before.parts = [_joined(before.parts[0], part)]
        else:
            clusters.append(cluster)
    return clusters


def _is_apart(cluster: Cluster, apart: set[str]) -> bool:
    part = cluster.parts[0].first
    return bool(part.again) or part.name in apart


def _is_too_much(cluster: Cluster) -> bool:
    return cluster.motion is None and cluster.parts[0].first.detail


def _same(motion: Travel, cluster: Cluster) -> bool:
    return all(motion.carries(part.pins, STIFF) for part in cluster.parts)


def _joined(one: Moving, other: Moving) -> Moving:
    """Two parts as one shape."""
    frames = [a._replace(path=a.path + b.path) for a, b in zip(one.frames, other.frames, strict=True)]
    return Moving(frames, [a + b for a, b in zip(one.pins, other.pins, strict=True)])


def uncovered(parts: list[Moving]) -> list[Moving]:
    """The parts without those that a later one of the very same kind and form always covers."""
    kinds = [part.first.name.split()[-1] for part in parts]
    return [
        part
        for place, part in enumerate(parts)
        if not any(
            kinds[later] == kinds[place] and _covers(parts[later], part)
            for later in range(place + 1, len(parts))
        )
    ]


def _covers(later: Moving, part: Moving) -> bool:
    """Whether a later part is of the same form at every moment and hides all of it, its line too."""
    one, other = later.first, part.first
    if (
        one.line
        or other.line
        or one.again
        or one.opacity < 1
        or (other.edge and not one.edge)
        or one.rim < other.rim
    ):
        return False
    return all(
        len(a) == len(b) and all(abs(x - y) < 1 for x, y in zip(a, b, strict=True))
        for a, b in zip(later.pins, part.pins, strict=True)
    )


def looks(cluster: Cluster) -> Iterator[tuple[str, list[Moving]]]:
    """The parts of a cluster in runs that look alike."""
    for common, alike in groupby(cluster.parts, key=lambda part: look(part.first)):
        yield common, list(alike)
