"""The best session for the minutes a member has. Counted as a full day (evidence base, section F, REST_IS_OK)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from .prescribing import AdaptedPrescription
from .timeline import SETUP_SECONDS, session_seconds


def session_that_fits(
    minutes: int, adapted: Sequence[AdaptedPrescription], setup_seconds: int = SETUP_SECONDS
) -> tuple[AdaptedPrescription, ...]:
    """The exercises of an adapted session that fit into `minutes`, in the session's order.

    Best is: most exercises of the short form, then most exercises, then the best used time, then those
    that come earlier. When not even one fits, the shortest is given alone.
    """
    return _best(minutes, tuple(adapted), setup_seconds)


@lru_cache(
    maxsize=1024
)  # compares all choices; the program has a few hundred sessions, each in a few adaptations
def _best(
    minutes: int, adapted: tuple[AdaptedPrescription, ...], setup_seconds: int
) -> tuple[AdaptedPrescription, ...]:
    if not adapted:
        return ()
    seconds = [session_seconds([one], setup_seconds) for one in adapted]
    marked = [one.prescription.in_short_form for one in adapted]
    places = range(len(adapted))

    def total(choice: tuple[int, ...]) -> int:
        return sum(map(seconds.__getitem__, choice))

    def worth(choice: tuple[int, ...]) -> tuple[int, int, int]:
        return sum(map(marked.__getitem__, choice)), len(choice), total(choice)

    choices = (
        choice
        for size in range(len(adapted), 0, -1)
        for choice in combinations(places, size)
        if total(choice) <= minutes * 60
    )
    shortest = min(places, key=seconds.__getitem__)
    return tuple(adapted[place] for place in max(choices, key=worth, default=(shortest,)))
