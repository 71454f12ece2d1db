"""What keeps her safety flags true: marks set outright, and the flags in force."""

from programs.facts.check_in_context import safety_flags
from programs.facts.journey import journey_of


def mark_flags(enrollment, flags, at, on=True):
    """Set (or lift) `flags` outright at `at`, and keep what is in force then. Call it with the enrollment locked."""
    marks = [{"flag": flag, "at": at.isoformat(), "on": on} for flag in sorted(flags)]
    if marks:
        enrollment.flag_marks = [*enrollment.flag_marks, *marks]
        enrollment.save(update_fields=["flag_marks"])
        keep_flags(enrollment, safety_flags(journey_of(enrollment, at)))


def keep_flags(enrollment, flags):
    """Keep the safety flags in force, where they changed."""
    if enrollment.safety_flags != flags:
        enrollment.safety_flags = flags
        enrollment.save(update_fields=["safety_flags"])
