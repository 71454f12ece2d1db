"""How attributes follow the moments of a loop, eased from stage to stage or in steady steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from ..timing import STEADY, Moment, spline, thinned
from .writing import short

SHORT = 3  # values up to which eased ways are as short as steady ones


class Clock:
    """The sampled moments of a loop and how attributes are written to follow them."""

    def __init__(self, moments: Sequence[Moment], seconds: float):
        self.moments, self.seconds = moments, seconds
        self.progress = [moment.progress for moment in moments]
        self.times = [moment.time for moment in moments]
        self.ends = [0, len(moments) - 1]

    def stops(self, values: Sequence[Sequence[float]], close: float) -> list[int]:
        """The moments at which a value has to be written down."""
        return thinned(self.progress, values, close)

    def attribute(
        self,
        tag: str,
        name: str,
        values: Sequence[Sequence[float]],
        close: float,
        told: Callable[[int], str],
    ) -> str:
        """The element that makes an attribute change; `told` writes it down for a moment.

        Eased from stage to stage, or in steady steps: whichever is shorter.
        """
        eased = self.stops(values, close)
        ways = [spline(self.progress[a], self.progress[b]) for a, b in pairwise(eased)]
        loop = _near(values[0], values[-1], close)
        written = self._written(tag, name, eased, ways, told, loop)
        if len(eased) <= SHORT:
            return written
        steady = thinned(self.times, values, close, self.ends)
        return min(
            written, self._written(tag, name, steady, [STEADY] * (len(steady) - 1), told, loop), key=len
        )

    def _written(
        self,
        tag: str,
        name: str,
        kept: Sequence[int],
        ways: list[str],
        told: Callable[[int], str],
        loop: bool,
    ) -> str:
        """The element with the values of the moments `kept`; a `loop` ends with what it began with."""
        texts = [told(here) for here in kept]
        texts[-1] = texts[0] if loop else texts[-1]
        ways = [STEADY if texts[at] == texts[at + 1] else way for at, way in enumerate(ways)]
        eased = any(way != STEADY for way in ways)
        easing = f' calcMode="spline" keySplines="{";".join(ways)}"' if eased else ""
        times = (short(self.times[here] / self.seconds, 3) for here in kept)
        return (
            f'<{tag} attributeName="{name}" dur="{self.seconds:g}s" repeatCount="indefinite"{easing} '
            f'keyTimes="{";".join(times)}" values="{";".join(texts)}"/>'
        )


def _near(a: Sequence[float], b: Sequence[float], close: float) -> bool:
    return all(abs(one - other) <= close for one, other in zip(a, b, strict=True))
