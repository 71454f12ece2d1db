"""All that the rules must know to judge one check-in made at a journey's moment: the history and the member's baseline."""

from programs.facts.clearances import baseline_of
from programs.rules import contexts
from programs.rules.carry_over import CHECK_GOOD_FOR
from programs.rules.safety_flags import active_flags
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import CheckInKind, SafetyFlag


def before_context(journey, answers):
    """Return the context of a check-in before a session (three queries). Raises AnswerError."""
    return contexts.before_context(
        journey.history_before,
        answers,
        at=journey.now,
        baseline=baseline_of(journey),
        last_session=journey.last_finished and journey.last_finished.ended,
        weeks_postpartum=_weeks(journey),
    )


def after_context(journey, answers, mode):
    """Return the context of a check-in after a session done in `mode` (two queries). Raises AnswerError."""
    history = journey.history_before
    return contexts.after_context(
        history,
        answers,
        at=journey.now,
        pain_before=_pain_before(history, journey.now),
        baseline=baseline_of(journey),
        weeks_postpartum=_weeks(journey),
        session_mode=mode,
    )


def safety_flags(journey, check_in=None):
    """Return the safety flags that marks and check-ins keep in force, with `check_in` (a PastCheckIn) counted.

    Sorted, and without the flag that hangs on the date.
    """
    history = [*journey.history_before, *([check_in] if check_in else [])]
    birth_type, days = journey.enrollment.birth_type, journey.days_since_birth
    return sorted(active_flags(journey.flag_marks, history, birth_type, days) - {SafetyFlag.CESAREAN_LT_8W})


def _weeks(journey):
    return weeks_postpartum(journey.enrollment.birth_date, journey.today)


def _pain_before(history, at):
    """The pain of the check-in before this session; 0, the more careful figure, where there was none."""
    for past in reversed(history):
        if past.kind == CheckInKind.AFTER or at - past.at > CHECK_GOOD_FOR:
            break
        if past.kind == CheckInKind.BEFORE:
            return past.answers["pain"]
    return 0
