"""The inside of the trunk during breathing and lifting: named styles, each a list of states in time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from .errors import FigureError
from .rig.vectors import mix
from .timing import Tempo, eased

QUIET_BREATH = 4.0  # seconds of a small breath during a hold


class State(NamedTuple):
    """The trunk at one moment.

    breath: 0 out to 1 in, ribs wide and diaphragm low; floor: -1 soft and low, 0 at rest, 1 lifted;
    hug: 0 to 1, the deep belly muscle drawn in.
    """

    breath: float
    floor: float
    hug: float = 0.0


Course = list[tuple[float, State]]

OPEN = State(1, -0.8)
EMPTY = State(0, 0.3)


def course(style: str, tempo: Tempo) -> Course:
    """The states of one repetition, each with its time, the last like the first.

    Raises FigureError for a style nobody knows.
    """
    if style not in STYLES:
        raise FigureError(f"section: no style “{style}”; there are {', '.join(STYLES)}")
    states = STYLES[style](tempo)
    return [*states, (tempo.seconds, states[0][1])]


def state_at(states: Course, time: float) -> State:
    """The state at a time, eased between those before and after it."""
    place = min(bisect_right([when for when, _ in states], time), len(states) - 1)
    (start, before), (end, after) = states[place - 1], states[place]
    return State(*mix(before, after, eased((time - start) / (end - start))))


def _breath(tempo: Tempo) -> Course:
    """In: ribs widen, diaphragm falls, floor softens; out: all come back, the floor lifts a little by itself."""
    return [(0, EMPTY), (tempo.lift, OPEN)]


def _let_go(tempo: Tempo) -> Course:
    """The floor sinks on the in-breath and stays soft on the out-breath."""
    return [(0, State(0, -0.35)), (tempo.lift, State(1, -1))]


def _lift(tempo: Tempo, height: float = 1.0, hug: float = 0.0) -> Course:
    """Soft on the in-breath; lift on the out-breath; quiet breaths while it is held; lower, and a full breath."""
    lift, hold, lower, relax = tempo
    held = State(0.35, height, hug)
    states = [(0, OPEN), (lift, held)]
    breaths = int(hold / QUIET_BREATH)
    for number in range(breaths):
        start, long = lift + number * hold / breaths, hold / breaths
        states += [(start + long * 0.45, State(0.65, height, hug)), (start + long, held)]
    if hold and not breaths:
        states.append((lift + hold, held._replace(breath=0.15)))
    states.append((lift + hold + lower, State(0.1, -0.1)))
    if relax >= 5:
        states.append((tempo.seconds - 4, State(0.05, -0.2)))
    return states if relax else [*states[:-1]]


def _steady(tempo: Tempo) -> Course:
    return _lift(tempo, height=0.5)


def _hug(tempo: Tempo) -> Course:
    return _lift(tempo, height=0.35, hug=1.0)


def _elevator(tempo: Tempo) -> Course:
    """Up floor by floor, and down floor by floor."""
    lift, hold, lower, _ = tempo
    states = [(0.0, OPEN)]
    for number in (1, 2, 3):
        level = State(0.35, number / 3)
        states += [(lift * (number - 0.45) / 3, level), (lift * number / 3, level)]
    top = states[-1][1]
    states.append((lift + hold, top))
    for number in (2, 1, 0):
        level = State(0.35, number / 3)
        down = lift + hold + lower * (3 - number) / 3
        states += [(down - lower * 0.45 / 3, level), (down, level)]
    return [*states, (tempo.seconds - 4, State(0.05, -0.2))]


def _knack(tempo: Tempo) -> Course:
    """Lift first, keep it through one small cough, then let go."""
    lift, hold, lower, _ = tempo
    kept = State(0.6, 1)
    cough = lift + hold * 0.45
    return [
        (0, OPEN),
        (lift, kept),
        (cough, kept),
        (cough + 0.2, State(0.05, 0.9, 0.5)),
        (cough + 0.8, State(0.2, 1)),
        (lift + hold, State(0.2, 1)),
        (lift + hold + lower, State(0.15, -0.2)),
    ]


STYLES: dict[str, Callable[[Tempo], Course]] = {
    "breath": _breath,
    "let_go": _let_go,
    "lift": _lift,
    "steady": _steady,
    "hug": _hug,
    "elevator": _elevator,
    "knack": _knack,
}
