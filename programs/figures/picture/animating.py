"""Parts over time as SVG: what stands still is drawn once, what only travels is moved, the rest changes form."""

from __future__ import annotations

from cmath import phase
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from math import degrees

from ..timing import Moment
from .clock import Clock
from .clustering import Cluster, Frames, Group, Moving, grouped, looks, moving_part, uncovered
from .parts import Part
from .rigid import Travel, travel
from .shapes import moved, simplified, text
from .sharing import Piece, Shared
from .writing import drawn, look, short

CLOSE = 2.8  # picture units by which a part that travels may be off its sampled way
LOOSE = 5.8  # the same for a part that changes its form
LEAST_TURN = 0.3  # degrees


STILL = Clock([Moment(0, 0, 0, 0, 0, 0)], 1)


def animated(parts: Sequence[Frames], clock: Clock, ids: str = "") -> str:
    """All parts, given from far to near, as SVG; `ids` begins the names of shapes that are used twice."""
    twice = {frames[0].again for frames in parts}
    moving = uncovered([moving_part(frames) for frames in parts])
    runs = [list(run) for _, run in groupby(moving, key=lambda part: part.first.chain or part.first.name)]
    return "".join(
        _run(run, clock, f"{ids}{place}" if run[0].first.chain else ids, twice)
        for place, run in enumerate(_neighbours(runs))
    )


def _neighbours(runs: list[list[Moving]]) -> Iterator[list[Moving]]:
    """Runs of parts of one chain, and between them all that belongs to none."""
    for is_chain, some in groupby(runs, key=lambda run: bool(run[0].first.chain)):
        together = list(some)
        yield from together if is_chain else [list(chain.from_iterable(together))]


def _run(run: list[Moving], clock: Clock, ids: str, twice: set[str]) -> str:
    """The parts of a run each by itself, or carried by the one they hang from: whichever is shorter."""
    flat = _groups(run, clock, ids, twice)
    base = next((part for part in run if part.first.name.split()[-1] in BASES), None)
    if not base or flat.count("<animate") <= FEW:
        return flat
    motion = travel(base.pins)
    if _stays(motion):
        return flat
    motion = _steadiest(motion, [base], clock)
    motion = motion.about(complex(round(motion.pivot.real), round(motion.pivot.imag)))
    moves = _travelled(Cluster([base], motion), motion, clock)
    inside = _groups([_undone(part, motion) for part in run], clock, ids, twice)
    carried = f'<g transform="translate({_pair(motion.places[0])})">{moves}{inside}</g>'
    return min(flat, carried, key=len)


FEW = 2  # changes in a run that nothing needs to carry
BASES = ("upper", "thigh", "top")  # what the other parts of a chain hang from


def _stays(motion: Travel) -> bool:
    return _still(motion.places) and max(map(abs, motion.angles)) < LEAST_TURN


def _undone(part: Moving, motion: Travel) -> Moving:
    """A part as it moves for who is carried by the motion."""
    frames = [
        frame._replace(path=moved(frame.path, -place * turn.conjugate(), turn.conjugate()))
        for frame, place, turn in zip(part.frames, motion.places, motion.turns, strict=True)
    ]
    pins = [[motion.undone(pin, here) for pin in moment] for here, moment in enumerate(part.pins)]
    return Moving(frames, pins)


def _groups(parts: Sequence[Moving], clock: Clock, ids: str, twice: set[str]) -> str:
    told = ""
    for place, group in enumerate(grouped(parts, twice)):
        part = group[0].parts[0].first
        if part.again:
            told += f'<use href="#fig{ids}{part.again}"/>'
        elif part.name in twice:
            told += _kept(group[0], clock, f"fig{ids}{part.name}")
        else:
            told += _united(group, clock, f"fig{ids}{place}") if len(group) > 1 else _cluster(group[0], clock)
    return told


def standing(parts: Sequence[Part], ids: str = "", shared: Shared | None = None) -> str:
    """The same for parts that do not move; what is alike in other panels is `shared` with them."""
    if shared is None:
        return animated([[part] for part in parts], STILL, ids)
    twice = {part.again for part in parts}
    still = uncovered([moving_part([part]) for part in parts])
    runs = groupby(still, key=lambda part: part.first.frame or part.first.chain or part.first.name.split()[0])
    return "".join(shared.mark(_piece(list(run), ids, twice)) for _, run in runs)


def _piece(run: list[Moving], ids: str, twice: set[str]) -> Piece:
    """A run of parts about the place it hangs from, or about its first pin."""
    place, turn = run[0].first.frame or (run[0].pins[0][0], 1 + 0j)

    def local() -> str:
        standing = Travel(0j, [place], [degrees(phase(turn))])
        return _groups([_undone(part, standing) for part in run], STILL, ids, twice)

    own = [ids] if any(part.first.again or part.first.name in twice for part in run) else []
    return Piece(
        (*own, *(_form(part, place, turn) for part in run)),
        lambda: _groups(run, STILL, ids, twice),
        local,
        place,
        turn,
    )


def _form(part: Moving, place: complex, turn: complex) -> tuple:
    """What two parts have in common that are drawn alike about their places."""
    pins = ((pin - place) * turn.conjugate() for pin in part.pins[0])
    return look(part.first), part.first.again, *((round(pin.real), round(pin.imag)) for pin in pins)


def _united(group: Group, clock: Clock, name: str) -> str:
    """Parts that move apart but share one line: drawn with it, then once more without."""
    part = group[0].parts[0].first
    inside = "".join(_cluster(cluster, clock, bare=True) for cluster in group)
    return f'<g {look(part)}><g id="{name}">{inside}</g></g><use href="#{name}" fill="{part.colour}"/>'


def _kept(cluster: Cluster, clock: Clock, name: str) -> str:
    """A part that will be drawn once more without its line."""
    part = cluster.parts[0].first
    inside = _cluster(cluster, clock, bare=True)
    return f'<g stroke="{part.edge}"><g id="{name}" fill="{part.colour}">{inside}</g></g>'


def _cluster(cluster: Cluster, clock: Clock, bare: bool = False) -> str:
    if cluster.motion is None:
        (part,) = cluster.parts
        return min(_reshaped(part, clock, bare), _turned(part, clock, bare), key=len)
    motion = _steadiest(cluster.motion, cluster.parts, clock)
    pivot = complex(round(motion.pivot.real), round(motion.pivot.imag))
    motion = motion.about(pivot)
    moves = _travelled(cluster, motion, clock)
    if not moves:
        return _shapes(cluster, 0j, clock, bare)
    return f'<g transform="translate({_pair(motion.places[0])})">{moves}{_shapes(cluster, pivot, clock, bare)}</g>'


def _reshaped(part: Moving, clock: Clock, bare: bool) -> str:
    """A part that changes its form where it is."""
    return f"<path {'' if bare else look(part.first) + ' '}{drawn(_told(part), _changes(part, clock))}"


def _turned(part: Moving, clock: Clock, bare: bool) -> str:
    """The same part in a group that turns and travels with it, so that less of its form changes."""
    motion = travel(part.pins)
    motion = motion.about(complex(round(motion.pivot.real), round(motion.pivot.imag)))
    moves = _travelled(Cluster([part], motion), motion, clock)
    inside = _reshaped(_undone(part, motion), clock, bare)
    return f'<g transform="translate({_pair(motion.places[0])})">{moves}{inside}</g>'


def _steadiest(motion: Travel, parts: Sequence[Moving], clock: Clock) -> Travel:
    """The motion about the pivot that is quickest to write down."""
    told = (motion.about(pivot) for pivot in (motion.pivot, *parts[0].pins[0][:2]))
    return min(told, key=lambda one: 0 if _still(one.places) else len(clock.stops(_steps(one.places), CLOSE)))


def _still(places: Sequence[complex]) -> bool:
    return max(abs(place - places[0]) for place in places) < CLOSE


def _steps(places: Sequence[complex]) -> list[tuple[float, float]]:
    return [(place.real, place.imag) for place in places]


def _travelled(cluster: Cluster, motion: Travel, clock: Clock) -> str:
    """What moves and turns a group whose shapes are drawn about the pivot; nothing where it stands still."""
    tag, moves = "animateTransform", ""
    if not _still(motion.places):
        moves += clock.attribute(
            f'{tag} type="translate"',
            "transform",
            _steps(motion.places),
            CLOSE,
            lambda here: _pair(motion.places[here]),
        )
    reach = max(20, *(abs(pin - motion.pivot) for part in cluster.parts for pin in part.pins[0]))
    close = max(LEAST_TURN, degrees(CLOSE / reach))
    if max(map(abs, motion.angles)) > close:
        angles = [(angle,) for angle in motion.angles]
        told = f'{tag} type="rotate" additive="sum"'
        moves += clock.attribute(told, "transform", angles, close, lambda here: short(motion.angles[here], 1))
    return moves


def _pair(place: complex) -> str:
    return f"{short(place.real)} {short(place.imag)}"


def _shapes(cluster: Cluster, pivot: complex, clock: Clock, bare: bool) -> str:
    """The shapes of a cluster about its pivot; neighbours that look alike share what they have in common."""
    told = ""
    for common, alike in looks(cluster):
        common = "" if bare else f"{common} "
        shown = [_shown(part, clock) for part in alike]
        if alike[0].first.union and not any(shown):
            told += f"<path {common}{drawn(''.join(_once(part, pivot) for part in alike))}"
            continue
        shapes = [drawn(_once(part, pivot), inside) for part, inside in zip(alike, shown, strict=True)]
        told += (
            f"<path {common}{shapes[0]}"
            if len(shapes) == 1
            else f"<g {common.strip()}>{''.join(map('<path {}'.format, shapes))}</g>"
        )
    return told


def _once(part: Moving, pivot: complex) -> str:
    """The outline of what keeps its form, about a pivot."""
    return text(simplified(moved(part.first.path, -pivot)))


def _told(part: Moving, here: int = 0) -> str:
    return text(part.frames[here].path)


def _changes(part: Moving, clock: Clock) -> str:
    values = [[value for pin in moment for value in (pin.real, pin.imag)] for moment in part.pins]
    if max(abs(a - b) for moment in values for a, b in zip(moment, values[0], strict=True)) < 1:
        return _shown(part, clock)
    told = clock.attribute("animate", "d", values, LOOSE, lambda here: _told(part, here))
    return told + _shown(part, clock)


def _shown(part: Moving, clock: Clock) -> str:
    values = [(frame.opacity,) for frame in part.frames]
    if len(set(values)) == 1:
        return ""
    return clock.attribute("animate", "opacity", values, 0.03, lambda here: short(values[here][0], 2))
