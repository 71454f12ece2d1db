"""Progress and results of a screening, for the pages."""

from __future__ import annotations

from collections.abc import Sequence

from common.members import User
from common.texts import Text
from programs.models import Enrollment, SafetyHold, Screening, ScreeningScope
from programs.rules.screening import SHORT_RESCREEN
from programs.wording.screening import question_words

Steps = Sequence[Sequence[str]]  # the ids of the questions of each step


def latest_screening(user: User) -> Screening | None:
    """Return the member's last completed screening, or None."""
    return (
        Screening.objects.filter(participant__user=user)
        .exclude(completed_at=None)
        .select_related("participant__country")
        .order_by("-completed_at")
        .first()
    )


def first_open_step(screening: Screening, steps: Steps) -> int:
    """Return the first step (from 1) with an unanswered question; the last step if all are answered."""
    for number, questions in enumerate(steps, start=1):
        if any(question not in screening.answers for question in questions):
            return number
    return len(steps)


def neighbour(screening: Screening, steps: Steps, step: int, by: int) -> int | None:
    """Return the step after (`by` 1) or before (-1) `step`, or None. A short screening skips steps it does not ask."""
    step += by
    while 1 <= step <= len(steps):
        if screening.scope == ScreeningScope.WHOLE or set(steps[step - 1]) & set(SHORT_RESCREEN):
            return step
        step += by
    return None


def may_answer_less(user: User) -> bool:
    """Return whether the short screening is enough: the member is enrolled, and no hold is in force."""
    held = SafetyHold.objects.filter(participant__user=user, ended_at=None)
    return Enrollment.objects.open_of(user).exists() and not held.exists()


def screening_changes(screening: Screening) -> list[tuple[Text, Text]]:
    """Return (the member's answer, what it changes in the program) in the order of the answers."""
    changes = []
    for question_id, answer in screening.answers.items():
        options = question_words(question_id).options
        for option_id in answer if isinstance(answer, list) else [answer]:
            if options[option_id].note:
                changes.append((options[option_id].label, options[option_id].note))
    return changes
