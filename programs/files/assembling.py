"""Assemble parsed files into parts of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from programs.plan import About, PlannedExercise, PlannedPhase, PlannedSession, PlannedWeek
from programs.rules.prescribing import Prescription
from programs.rules.vocabulary import SessionKind

from .shapes import DailyFile, ExerciseFile, PrescriptionFile, ProgramFile, SessionFile, TrackFile, WeekFile

Sides = dict[str, int]


def about(written: ProgramFile) -> About:
    """Return the texts and settings of the program."""
    return About(**{field.name: getattr(written, field.name) for field in fields(About)})


def phases(written: ProgramFile) -> tuple[PlannedPhase, ...]:
    """Return the phases, numbered from 1 in the order of the file."""
    return tuple(
        PlannedPhase(number, phase.slug, phase.name, phase.goal, phase.milestones)
        for number, phase in enumerate(written.phases, start=1)
    )


def exercise(slug: str, written: ExerciseFile) -> PlannedExercise:
    """Return an exercise; its slug is the name of its file."""
    return PlannedExercise(
        slug=slug,
        name=written.name,
        focus=written.focus,
        position=written.position,
        equipment=written.equipment,
        mode=written.mode,
        sides=written.sides,
        side_note=written.side_note,
        why=written.why,
        steps=written.steps,
        inhale_cue=written.breathing.in_,
        exhale_cue=written.breathing.out,
        form_cues=written.form_cues,
        common_mistake=written.common_mistake,
        easier_text=written.easier.text,
        easier_variant=written.easier.variant,
        harder_text=written.harder.text,
        harder_variant=written.harder.variant,
        harder_from_phase=written.harder.from_phase,
        harder_never_with=written.harder.never_with,
        harder_not_with_hypermobility=written.harder.not_with_hypermobility,
        safety=written.safety,
        doses={int(phase): dose for phase, dose in written.doses.items()},
        no_baby_text=written.no_baby,
        tags=written.tags,
        figure=written.figure,
    )


def week(number: int, written: WeekFile) -> PlannedWeek:
    """Return a week without its sessions; its number is the name of its file."""
    return PlannedWeek(
        number=number,
        phase=written.phase,
        theme=written.theme,
        education=written.education,
        theme_no_baby=written.no_baby.theme,
        education_no_baby=written.no_baby.education,
        walking_minutes=written.walking.minutes,
        walking_days=written.walking.days,
        walking_note=written.walking.note,
    )


def session(number: int, written: SessionFile, sides: Sides) -> PlannedSession:
    """Return one of the three sessions of week `number`; the last character of its key is its letter."""
    return PlannedSession(
        key=written.key,
        kind=SessionKind.SESSION,
        title=written.title,
        week=number,
        letter=written.key[-1:].upper(),
        note=written.note,
        prescriptions=_prescriptions(written.exercises, sides, written.short_form),
    )


def daily(number: int, written: DailyFile, sides: Sides) -> PlannedSession:
    """Return the daily practice of week `number`."""
    return PlannedSession(
        key=f"w{number:02}-daily",
        kind=SessionKind.DAILY,
        title="Daily practice",
        week=number,
        note=written.note,
        rounds_target=written.rounds_a_day,
        prescriptions=_prescriptions(written.exercises, sides),
    )


def track(key: str, written: TrackFile, sides: Sides) -> PlannedSession:
    """Return a practice that belongs to no week; its key is the name of its file."""
    return PlannedSession(
        key=key,
        kind=written.kind,
        title=written.title,
        use_when=written.when,
        note=written.note,
        walking_note=written.walking_note,
        rounds_target=written.rounds_a_day,
        prescriptions=_prescriptions(written.exercises, sides),
    )


def _prescriptions(
    written: Sequence[PrescriptionFile], sides: Sides, short_form: Sequence[str] = ()
) -> tuple[Prescription, ...]:
    return tuple(
        Prescription(one.exercise, one.dose(), sides.get(one.exercise, 1), one.exercise in short_form)
        for one in written
    )
