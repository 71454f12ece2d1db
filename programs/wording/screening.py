"""Texts of the screening: questions, dispositions, stop signs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from common.texts import Text
from programs.rules.red_flags import SIGNS, SignSet
from programs.rules.vocabulary import Disposition, Urgency

from .questions import QUESTION_WORDS, QuestionWords
from .signs import SIGN_WORDS


@dataclass(frozen=True)
class Words:
    """A title and a paragraph."""

    title: Text
    body: Text


# screening data, messages; the page shows numbers and the birth date beside them.
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


def question_words(question_id: str) -> QuestionWords:
    """Return the QuestionWords of one question. Raise KeyError for an unknown id."""
    return QUESTION_WORDS[question_id]


def is_mind_crisis(red_flags: Iterable[str]) -> bool:
    """Whether the red flags (ids) are of mental health alone; with any physical sign the emergency number comes first."""
    found = set(red_flags)
    return bool(found) and found <= {"RF19", "RF20"}


def disposition_words(disposition: str, urgency: str, crisis: bool = False) -> Words:
    """Return the Words of a result; those of an emergency or a mental health crisis take precedence."""
    if disposition == Disposition.URGENT_NOW and crisis:
        return CRISIS_WORDS
    if urgency == Urgency.EMERGENCY:
        return EMERGENCY_WORDS
    if urgency == Urgency.RIGHT_AWAY:
        return RIGHT_AWAY_WORDS
    return DISPOSITION_WORDS[Disposition(disposition)]


# Of the mind, as the check-in and the screening ask for them: help for these is on the same page as for the body.
MIND_SIGNS = (
    _("Thoughts of hurting yourself or your baby, or that life is not worth living"),
    _(
        "Seeing or hearing things other people do not, feeling very mixed up, or far too high with almost no sleep"
    ),
)
_IN_THE_MIND = "hallucination_confusion"  # said above in more words


def emergency_signs() -> list[Text]:
    """Return the signs that need the emergency number now, those of the mind first."""
    return [*MIND_SIGNS, *_signs(SignSet.EMERGENCY)]


def right_away_signs() -> list[Text]:
    """Return the signs that need a call to a clinician right now."""
    return _signs(SignSet.RIGHT_AWAY)


def same_day_signs() -> list[Text]:
    """Return the signs that need a call today."""
    return [*_signs(SignSet.SAME_DAY), _("Bleeding that is heavier or bright red again")]


def this_week_signs() -> list[Text]:
    """Return the signs that need a check this week."""
    return _signs(SignSet.CHECK)


def _signs(wanted: SignSet) -> list[Text]:
    found = [sign.code for sign in SIGNS.values() if sign.set == wanted]
    return [SIGN_WORDS[code] for code in found if code != _IN_THE_MIND]
