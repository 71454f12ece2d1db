"""Which exercise's figure stands for a whole session."""

from programs.facts.adapted_session import AdaptedSession
from programs.plan import PlannedExercise
from programs.rules.vocabulary import Focus

UNSEEN = (Focus.BREATHING, Focus.PELVIC_FLOOR)  # a figure hardly moves in these


def figure_of_session(todo: AdaptedSession) -> PlannedExercise:
    """Return the first exercise of `todo` that can be seen from outside, else its first one."""
    seen = [item.exercise for item in todo.items if item.exercise.focus not in UNSEEN]
    return [*seen, todo.items[0].exercise][0]
