"""Exercises whose figure a new one can begin with, those in the same position first."""

from dataclasses import dataclass

from programs.models import Exercise

from .figures import addresses_of


@dataclass(frozen=True)
class SimilarFigure:
    """An exercise with a figure; `still` is the URL of its still picture, "" for none."""

    slug: str
    name: str
    still: str


def similar_figures(exercise: Exercise) -> list[SimilarFigure]:
    """Return the other exercises that have a figure: same position and focus first, then same position, then all."""
    others = Exercise.objects.exclude(figure={}).exclude(pk=exercise.pk).order_by("name")

    def nearness(other: Exercise) -> tuple[bool, bool]:
        return other.position != exercise.position, other.focus != exercise.focus

    return [
        SimilarFigure(other.slug, other.name, addresses_of(other).still)
        for other in sorted(others, key=nearness)
    ]
