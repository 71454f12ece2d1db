"""What a screening tells the pages: where it stands, and what it changes for her."""

from programs.models import Enrollment, SafetyHold, Screening, ScreeningScope
from programs.rules.screening import SHORT_RESCREEN
from programs.wording.screening import question_words


def latest_screening(user):
    """Her last finished screening, or None."""
    return (
        Screening.objects.filter(participant__user=user)
        .exclude(completed_at=None)
        .select_related("participant__country")
        .order_by("-completed_at")
        .first()
    )


def first_open_step(screening, steps):
    """The first step (from 1) with a question she has not answered; the last step when all are answered."""
    for number, questions in enumerate(steps, start=1):
        if any(question not in screening.answers for question in questions):
            return number
    return len(steps)


def neighbour(screening, steps, step, by):
    """The step after (`by` 1) or before (-1) `step`, None at the end; a short one passes over what it keeps."""
    step += by
    while 1 <= step <= len(steps):
        if screening.scope == ScreeningScope.WHOLE or set(steps[step - 1]) & set(SHORT_RESCREEN):
            return step
        step += by
    return None


def may_answer_less(user):
    """Whether the short screening is enough for her: she has a place in the program, and no hold is in force."""
    held = SafetyHold.objects.filter(participant__user=user, ended_at=None)
    return Enrollment.objects.open_of(user).exists() and not held.exists()


def screening_changes(screening):
    """Why her program differs: a list of (her own answer, what it changes), in the order she answered."""
    changes = []
    for question_id, answer in screening.answers.items():
        options = question_words(question_id).options
        for option_id in answer if isinstance(answer, list) else [answer]:
            if options[option_id].note:
                changes.append((options[option_id].label, options[option_id].note))
    return changes
