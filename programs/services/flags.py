"""Update the safety flags of an enrollment: marks set outright, and the flags in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from programs.facts.check_in_context import flags_after
from programs.facts.journey import past_check_in
from programs.models import CheckIn, Enrollment
from programs.rules.vocabulary import SafetyFlag


def mark_flags(enrollment: Enrollment, flags: Iterable[SafetyFlag], at: datetime, on: bool = True) -> None:
    """Set (or lift) `flags` outright at `at`, and store those in force then. Call it with the enrollment locked."""
    marks = [{"flag": flag, "at": at.isoformat(), "on": on} for flag in sorted(flags)]
    if marks:
        enrollment.flag_marks = [*enrollment.flag_marks, *marks]
        enrollment.save(update_fields=["flag_marks"])
        history = [past_check_in(row) for row in CheckIn.objects.latest_of(enrollment) if row.made_at < at]
        store_flags(enrollment, flags_after(enrollment, history))


def store_flags(enrollment: Enrollment, flags: list[SafetyFlag]) -> None:
    """Store the safety flags in force, where they changed."""
    if enrollment.safety_flags != flags:
        enrollment.safety_flags = flags
        enrollment.save(update_fields=["safety_flags"])
