"""How long a session takes, and the steps the player runs.

Source of every figure: evidence base, section E; program data, meta.timeModel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .prescribing import AdaptedPrescription, Dose, Prescription, Tempo
from .vocabulary import StepKind

SETUP_SECONDS = 25  # transitionSecPerExercise: getting into place for each exercise of a session
BLOCK_SETUP_SECONDS = 5  # dailyPracticeSec: the same for a block of the daily practice or a special track
SWITCH_SECONDS = 5  # switchSidesSec

AnyPrescription = Prescription | AdaptedPrescription


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the player shows.

    `id` is stable while the prescriptions are: "3.2.1" is the third exercise, second set, first side;
    "-prepare", "-switch" and "-rest" follow the id of the work they come before ("-prepare") or after.
    `exercise_index` counts prescriptions from 0; `set_number` and `side_number` count from 1.
    `reps` and `tempo` are there for counted work only.
    """

    id: str
    kind: StepKind
    exercise_index: int
    set_number: int
    side_number: int
    reps: int | None
    tempo: Tempo | None
    seconds: int


def as_done(prescription: AnyPrescription) -> Prescription:
    """The plain prescription to do, adapted or not."""
    return prescription.prescription if isinstance(prescription, AdaptedPrescription) else prescription


def exercise_seconds(dose: Dose, sides: int) -> int:
    """How long all sets of an exercise take, rests and side changes included, setting up not."""
    one_set = dose.side_seconds * sides + (sides - 1) * SWITCH_SECONDS
    return dose.sets * one_set + (dose.sets - 1) * dose.rest_seconds


def session_seconds(prescriptions: Iterable[AnyPrescription], setup_seconds: int = SETUP_SECONDS) -> int:
    """How long a session takes, setting up each exercise included."""
    plain = [as_done(prescription) for prescription in prescriptions]
    return sum(exercise_seconds(one.dose, one.sides) + setup_seconds for one in plain)


def whole_minutes(seconds: int) -> int:
    """Minutes to show for a session: rounded up."""
    return -(-seconds // 60)


def minutes_done(seconds: float) -> int:
    """Minutes to show of what was done, as the player says them: the nearest, and at least 1 of anything at all."""
    return max(1, int(seconds + 30) // 60) if seconds else 0


def build_timeline(
    prescriptions: Sequence[AnyPrescription], setup_seconds: int = SETUP_SECONDS
) -> tuple[Step, ...]:
    """The steps of a session in order; their seconds add up to `session_seconds` exactly.

    For the daily practice and the special tracks pass `setup_seconds=BLOCK_SETUP_SECONDS`.
    """
    return tuple(
        step
        for index, prescription in enumerate(prescriptions)
        for step in _exercise_steps(index, as_done(prescription), setup_seconds)
    )


def exercise_number(step_id: str) -> int:
    """Which exercise of the session, from 1, the step belongs to."""
    return int(step_id.split(".")[0])


def is_work(step_id: str) -> bool:
    """Whether the step is work, not getting ready, resting or changing sides."""
    return "-" not in step_id


def _exercise_steps(index: int, prescription: Prescription, setup_seconds: int) -> Iterator[Step]:
    """Prepare, then for every set: first side, switch, second side; a rest between sets only."""
    dose, sides = prescription.dose, prescription.sides

    def step(kind: StepKind, set_number: int, side: int, seconds: int) -> Step:
        work = kind == StepKind.WORK
        suffix = "" if work else f"-{kind}"
        return Step(
            id=f"{index + 1}.{set_number}.{side}{suffix}",
            kind=kind,
            exercise_index=index,
            set_number=set_number,
            side_number=side,
            reps=dose.reps if work else None,
            tempo=dose.tempo if work else None,
            seconds=seconds,
        )

    yield step(StepKind.PREPARE, 1, 1, setup_seconds)
    for set_number in range(1, dose.sets + 1):
        for side in range(1, sides + 1):
            yield step(StepKind.WORK, set_number, side, dose.side_seconds)
            if side < sides:
                yield step(StepKind.SWITCH, set_number, side, SWITCH_SECONDS)
        if set_number < dose.sets and dose.rest_seconds:
            yield step(StepKind.REST, set_number, sides, dose.rest_seconds)
