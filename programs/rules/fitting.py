"""The best session for the minutes she has. Counted as a full day (evidence base, section F, REST_IS_OK)."""

from __future__ import annotations

from collections.abc import Sequence
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
    choices = (
        choice
        for size in range(len(adapted), 0, -1)
        for choice in combinations(adapted, size)
        if session_seconds(choice, setup_seconds) <= minutes * 60
    )

    def worth(choice: tuple[AdaptedPrescription, ...]) -> tuple[int, int, int]:
        marked = sum(one.prescription.in_short_form for one in choice)
        return marked, len(choice), session_seconds(choice, setup_seconds)

    if not adapted:
        return ()
    shortest = min(adapted, key=lambda one: session_seconds([one], setup_seconds))
    return max(choices, key=worth, default=(shortest,))
