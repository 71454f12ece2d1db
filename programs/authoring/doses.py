"""The dose that an exercise brings into a session."""

from typing import Any

from programs.models import Exercise

TEMPO = ("lift", "hold", "lower", "relax")


def dose_in(exercise: Exercise, phase: int | None) -> dict[str, Any]:
    """Return the fields of a prescription with the exercise's dose in `phase`, else in its first phase.

    Seconds, and repetitions at a tempo in seconds; empty for an exercise without a dose.
    """
    dose = exercise.doses.get(str(phase)) or next(iter(exercise.doses.values()), None)
    if not dose:
        return {}
    tempo = dose.get("tempo") or {}
    return {
        "sets": dose["sets"],
        "reps": dose.get("reps"),
        "seconds": dose.get("seconds"),
        "rest_seconds": dose.get("rest_seconds") or 0,
        "sides": exercise.sides,
        **{f"{part}_seconds": tempo.get(part) for part in TEMPO},
    }


def doses_in(phase: int | None) -> dict[int, dict[str, Any]]:
    """Return the dose of each exercise in `phase`, by primary key (one query)."""
    return {exercise.pk: dose_in(exercise, phase) for exercise in Exercise.objects.only("doses", "sides")}
