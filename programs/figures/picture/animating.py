"""Parts over time as SVG: what stands still is drawn once, what only travels is moved, the rest changes shape."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import degrees

from ..timing import STEADY, Moment, spline, thinned
from .parts import Part
from .rigid import Travel, travel
from .writing import element, look, short, shown_as

CLOSE = 2.6  # picture units by which a part that travels may be off its sampled way
LOOSE = 5.0  # the same for a part that changes its shape
STIFF = 6.0  # picture units by which a part may change its shape and still be drawn as if it did not
LEAST_TURN = 0.3  # degrees

Frames = Sequence[Part]  # one part at every sampled moment


class Clock:
    """The sampled moments of a loop and how attributes are written to follow them."""

    def __init__(self, moments: Sequence[Moment], seconds: float):
        self.moments, self.seconds = moments, seconds
        self.progress = [moment.progress for moment in moments]

    def stops(self, values: Sequence[tuple[float, ...]], close: float) -> list[int]:
        """The moments at which a value has to be written down."""
        return thinned(self.progress, values, close)

    def attribute(
        self, tag: str, name: str, values: Sequence[tuple[float, ...]], close: float, texts: Sequence[str]
    ) -> str:
        """The element that makes an attribute change."""
        kept = self.stops(values, close)
        ways = (
            STEADY if texts[a] == texts[b] else spline(self.progress[a], self.progress[b])
            for a, b in pairwise(kept)
        )
        times = (short(self.moments[here].time / self.seconds, 3) for here in kept)
        return (
            f'<{tag} attributeName="{name}" dur="{self.seconds:g}s" repeatCount="indefinite" calcMode="spline" '
            f'keyTimes="{";".join(times)}" keySplines="{";".join(ways)}" '
            f'values="{";".join(texts[here] for here in kept)}"/>'
        )


STILL = Clock([Moment(0, 0, 0, 0, 0, 0)], 1)


def animated(parts: Sequence[Frames], clock: Clock) -> str:
    """All parts, given from far to near, as SVG."""
    return "".join(_group(cluster, motion, clock) for cluster, motion in _clusters(_seen(parts), clock))


def standing(parts: Sequence[Part]) -> str:
    """The same for parts that do not move."""
    return animated([[part] for part in parts], STILL)


def _seen(parts: Sequence[Frames]) -> list[Frames]:
    """The parts without those that a later one of the very same shape always covers."""
    shapes = [tuple(part.path.numbers for part in frames) for frames in parts]
    return [frames for place, frames in enumerate(parts) if shapes[place] not in shapes[place + 1 :]]


def _clusters(parts: Sequence[Frames], clock: Clock) -> list[tuple[list[Frames], Travel | None]]:
    """Neighbouring parts that travel as one; what changes its shape has no travel."""
    clusters: list[tuple[list[Frames], Travel | None]] = []
    for frames in parts:
        before, moved = clusters[-1] if clusters else ([], None)
        together = _travel([*before, frames], clock) if moved else None
        alone = None if together else _travel([frames], clock)
        if together:
            clusters[-1] = ([*before, frames], together)
        elif before and moved is None and alone is None and _belong(before[0][0], frames[0]):
            clusters[-1] = ([_joined(before[0], frames)], None)
        else:
            clusters.append(([frames], alone))
    return clusters


def _belong(part: Part, other: Part) -> bool:
    """Whether two parts are of one limb and of one colour, so that they can be one shape."""
    return part.name.split()[0] == other.name.split()[0] and look(part) == look(other)


def _joined(frames: Frames, others: Frames) -> Frames:
    return [part._replace(path=part.path + other.path) for part, other in zip(frames, others, strict=True)]


def _travel(cluster: Sequence[Frames], clock: Clock) -> Travel | None:
    """How the parts move together, about the pivot that is quickest to write down."""
    moments = range(len(cluster[0]))
    outlines = [[pin for frames in cluster for pin in frames[here].path.pins] for here in moments]
    motion = travel(outlines, STIFF)
    if motion is None:
        return None
    told = (motion.about(pivot) for pivot in (motion.pivot, *outlines[0][:6]))
    return min(told, key=lambda one: 0 if _still(one.places) else len(clock.stops(_steps(one.places), CLOSE)))


def _still(places: Sequence[complex]) -> bool:
    return max(abs(place - places[0]) for place in places) < CLOSE


def _steps(places: Sequence[complex]) -> list[tuple[float, float]]:
    return [(place.real, place.imag) for place in places]


def _group(cluster: list[Frames], motion: Travel | None, clock: Clock) -> str:
    if motion is None:
        (frames,) = cluster
        return element(frames[0], _reshaped(frames, clock) + _shown(frames, clock))
    pivot = complex(round(motion.pivot.real), round(motion.pivot.imag))
    motion = motion.about(pivot)
    moves = _travelled(cluster, motion, clock)
    if not moves:
        return _drawn(cluster, 0j, clock)
    return f'<g transform="translate({_pair(motion.places[0])})">{moves}{_drawn(cluster, pivot, clock)}</g>'


def _travelled(cluster: list[Frames], motion: Travel, clock: Clock) -> str:
    """What moves and turns a group whose shapes are drawn about the pivot; nothing where it stands still."""
    tag, moves = "animateTransform", ""
    if not _still(motion.places):
        places = [_pair(place) for place in motion.places]
        moves += clock.attribute(f'{tag} type="translate"', "transform", _steps(motion.places), CLOSE, places)
    reach = max(20, *(abs(pin - motion.pivot) for frames in cluster for pin in frames[0].path.pins))
    close = max(LEAST_TURN, degrees(CLOSE / reach))
    if max(map(abs, motion.angles)) > close:
        angles, texts = [(angle,) for angle in motion.angles], [short(angle, 1) for angle in motion.angles]
        moves += clock.attribute(f'{tag} type="rotate" additive="sum"', "transform", angles, close, texts)
    return moves


def _pair(place: complex) -> str:
    return f"{short(place.real)} {short(place.imag)}"


def _drawn(cluster: list[Frames], pivot: complex, clock: Clock) -> str:
    """The shapes of a group about its pivot; neighbours that look alike share what they have in common."""
    drawn = ""
    for common, alike in groupby(cluster, key=lambda frames: look(frames[0])):
        shapes = [shown_as(frames[0].path.about(pivot), _shown(frames, clock)) for frames in alike]
        drawn += (
            f"<path {common} {shapes[0]}"
            if len(shapes) == 1
            else f"<g {common}>{''.join(map('<path {}'.format, shapes))}</g>"
        )
    return drawn


def _reshaped(frames: Frames, clock: Clock) -> str:
    values, texts = [part.path.numbers for part in frames], [part.path.text() for part in frames]
    return clock.attribute("animate", "d", values, LOOSE, texts)


def _shown(frames: Frames, clock: Clock) -> str:
    values = [(part.opacity,) for part in frames]
    if len(set(values)) == 1:
        return ""
    return clock.attribute("animate", "opacity", values, 0.03, [short(value, 2) for (value,) in values])
