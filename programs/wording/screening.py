"""What the screening says to her: questions, dispositions, stop signs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from programs.rules.vocabulary import Disposition, Urgency

from .questions import QUESTION_WORDS


@dataclass(frozen=True)
class Words:
    """A title and a paragraph."""

    title: str
    body: str


# screening data, messages; numbers and the birth date stand beside them on the page.
DISPOSITION_WORDS = {
    Disposition.START: Words(
        _("You can start"),
        _(
            "Your answers look fine for this program. You will get a short check before and after each session."
        ),
    ),
    Disposition.START_MODIFIED: Words(
        _("You can start, with changes"),
        _("We have set up your program to fit your answers. You can see what we changed and why."),
    ),
    Disposition.WAIT_CLINICIAN: Words(
        _("Please get checked first"),
        _(
            "One of your answers is worth a check before you exercise. You can use the breathing sessions while "
            "you wait."
        ),
    ),
    Disposition.URGENT_NOW: Words(
        _("Please call today"),
        _(
            "Some of your answers need medical advice today. Call your maternity team, doctor or local health "
            "line now. If you cannot reach anyone or you feel worse, go to emergency care."
        ),
    ),
}
RIGHT_AWAY_WORDS = Words(
    _("Please call right now"),
    _(
        "One of your answers needs a clinician now, not only today. Call your maternity team, doctor or local "
        "health line right now. If nobody answers soon, or you feel worse, call the emergency number or go to "
        "emergency care."
    ),
)
EMERGENCY_WORDS = Words(
    _("Get help now"),
    _("Call the emergency number now, or go to the nearest emergency department. Do not drive yourself."),
)
CRISIS_WORDS = Words(
    _("You deserve support right now"),
    _(
        "You are not alone and this is not your fault. Call or text a crisis line now, or the emergency number if "
        "you or your baby may be in danger. If you can, stay with someone you trust."
    ),
)


def question_words(question_id):
    """The QuestionWords of one question; KeyError for an unknown id."""
    return QUESTION_WORDS[question_id]


def disposition_words(disposition, urgency, crisis=False):
    """The Words of a result; in an emergency, or a crisis of mind, those come instead."""
    if disposition == Disposition.URGENT_NOW and crisis:
        return CRISIS_WORDS
    if urgency == Urgency.EMERGENCY:
        return EMERGENCY_WORDS
    if urgency == Urgency.RIGHT_AWAY:
        return RIGHT_AWAY_WORDS
    return DISPOSITION_WORDS[disposition]


def emergency_signs():
    """Signs that need the emergency number now."""
    return _labels("now")


def same_day_signs():
    """Signs that need a call today."""
    return _labels("today")


def _labels(question_id):
    return [words.label for key, words in QUESTION_WORDS[question_id].options.items() if key != "none"]
