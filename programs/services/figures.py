"""Store figures changed at the desk: their drawings as immutable files, and the exercise with a version of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from common.members import User
from common.stored_files import content_key, store
from programs.figures import WOMEN, Tempo, draw
from programs.figures.files import DRAWINGS, KINDS, drawings, name_of, undrawn
from programs.models import Program
from programs.plan import PlannedExercise, Where
from programs.services.versions import put_parts


def save_figure(
    program: Program, exercise: PlannedExercise, figure: Mapping[str, Any], by: User | None, now: datetime
) -> int:
    """Give an exercise this figure: draw it, store the drawings, and store both states as versions.

    Return the size of its largest drawing in bytes. Raise programs.figures.FigureError with nothing changed if it
    cannot be drawn.
    """
    changed = with_drawings(replace(exercise, figure=figure))
    put_parts(program, {("exercises", exercise.slug): changed}, by, now)
    names = (name_of(exercise.slug, drawing, kind) for drawing in drawings(figure) for kind in KINDS)
    key = str(changed.figure[DRAWINGS])
    return max(default_storage.size(figure_path(key, name)) for name in names)


def drawn_anew(parts: Mapping[Where, Any], written: Mapping[Where, Any]) -> dict[Where, Any]:
    """Return parts from a file (by path), each exercise drawn whose figure is not the one written now.

    Raise programs.figures.FigureError if one cannot be drawn.
    """
    return {where: _drawn_anew(part, written.get(where)) for where, part in parts.items()}


def _drawn_anew(part: Any, before: Any) -> Any:
    if not isinstance(part, PlannedExercise) or not part.figure or (before and before.figure == part.figure):
        return part
    return with_drawings(part)


def with_drawings(exercise: PlannedExercise) -> PlannedExercise:
    """Return the exercise with its figure drawn for every woman, stored, and named by the figure.

    Raise programs.figures.FigureError with nothing stored if it cannot be drawn.
    """
    figure = undrawn(exercise.figure)
    files = _drawn(exercise, figure)
    key = content_key(*(text.encode() for text in files.values()))
    for name, text in files.items():
        store(figure_path(key, name), ContentFile(text.encode()))
    return replace(exercise, figure={**figure, DRAWINGS: key})


def figure_path(key: str, name: str) -> str:
    """Return the storage path of a drawing; `name` as programs.figures.files.name_of gives it."""
    return f"exercises/{key}/{name}"


def _drawn(exercise: PlannedExercise, figure: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of every drawing by file name."""
    tempo = first_tempo(exercise)
    return {
        name_of(exercise.slug, drawing, kind): text
        for drawing in drawings(figure)
        for kind, text in draw(exercise.name, figure, tempo, WOMEN[drawing.woman], drawing.with_baby)
        ._asdict()
        .items()
    }


def first_tempo(exercise: PlannedExercise) -> Tempo | None:
    """Return the tempo of the lowest phase that has the exercise; None if it is timed."""
    dose = exercise.doses[min(exercise.doses)] if exercise.doses else None
    tempo = dose.tempo if dose else None
    return Tempo(tempo.lift, tempo.hold, tempo.lower, tempo.relax) if tempo else None
