"""Progress and results of a screening, for the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.members import User
from common.texts import Text
from programs.models import Enrollment, SafetyHold, Screening, ScreeningScope
from programs.pages.help import Help, help_for
from programs.rules.screening import (
    ASKED_IN_PREGNANCY,
    QUESTIONS,
    SHORT_RESCREEN,
    evaluate_so_far,
    is_pregnant,
)
from programs.rules.vocabulary import Disposition
from programs.wording.questions import OptionWords
from programs.wording.screening import Words, disposition_words, is_mind_crisis, question_words

Steps = Sequence[Sequence[str]]  # the ids of the questions of each part


@dataclass(frozen=True)
class Answered:
    """A question with the answers given to it."""

    question: Text
    answers: list[OptionWords]


def latest_screening(user: User) -> Screening | None:
    """Return the member's last completed screening, or None."""
    return (
        Screening.objects.filter(participant__user=user)
        .exclude(completed_at=None)
        .select_related("participant__country")
        .order_by("-completed_at")
        .first()
    )


def asked_in(screening: Screening, questions: Sequence[str]) -> list[str]:
    """Return those of `questions` that apply: a short screening and a pregnancy leave some out."""
    left = set(questions)
    if screening.scope == ScreeningScope.SHORT:
        left &= set(SHORT_RESCREEN)
    if is_pregnant(screening.answers) and "time_since_birth" not in questions:
        left &= set(ASKED_IN_PREGNANCY)
    return [question for question in questions if question in left]


def is_answered(screening: Screening, questions: Sequence[str]) -> bool:
    """Whether every one of `questions` that applies has its answer."""
    needed = set(asked_in(screening, questions))
    if is_pregnant(screening.answers):
        needed &= set(ASKED_IN_PREGNANCY)
    return needed <= screening.answers.keys()


def first_open_step(screening: Screening, steps: Steps) -> int:
    """Return the first part (from 1) with an unanswered question; the last one if all are answered."""
    for number, questions in enumerate(steps, start=1):
        if not is_answered(screening, questions):
            return number
    return len(steps)


def neighbour(screening: Screening, steps: Steps, step: int, by: int) -> int | None:
    """Return the part after (`by` 1) or before (-1) `step` that asks something, or None."""
    step += by
    while 1 <= step <= len(steps):
        if asked_in(screening, steps[step - 1]):
            return step
        step += by
    return None


def may_answer_less(user: User) -> bool:
    """Return whether the short screening is enough: the member is enrolled, and no hold is in force."""
    held = SafetyHold.objects.filter(participant__user=user, ended_at=None)
    return Enrollment.objects.open_of(user).exists() and not held.exists()


@dataclass(frozen=True)
class HelpPage:
    """What to do now by the answers so far, and who to call."""

    words: Words
    is_crisis: bool
    help: Help


def help_page(screening: Screening) -> HelpPage:
    """Return the HelpPage of a screening whose answers need a call now."""
    so_far = evaluate_so_far(screening.answers)
    is_crisis = is_mind_crisis(so_far.red_flags)
    words = disposition_words(so_far.disposition, so_far.urgency, crisis=is_crisis)
    return HelpPage(words, is_crisis, help_for(screening.participant.country))


def result_title(
    words: Words, disposition: str, *, is_pregnant: bool, is_held: bool, is_enrolled: bool
) -> Text:
    """Return the headline of the result: that of its `words`, unless a pregnancy, a hold or her place says more."""
    if disposition == Disposition.URGENT_NOW:
        return words.title
    if is_pregnant:
        return _("This program begins after the birth")
    if disposition == Disposition.WAIT_CLINICIAN:
        return words.title
    if is_held:
        return _("Thank you. One thing is still open")
    return _("All set to continue") if is_enrolled else words.title


def notes_of(answers: Sequence[Answered]) -> list[tuple[Text, OptionWords]]:
    """Return (question, answer) of all that change something in the program."""
    return [(one.question, option) for one in answers for option in one.answers if option.note]


def answered(screening: Screening) -> list[Answered]:
    """Return every question with its answers, in the order they are asked."""
    found = []
    for question in QUESTIONS:
        given, words = screening.answers.get(question.id), question_words(question.id)
        chosen = given if isinstance(given, list) else [given] if given else []
        if chosen:
            found.append(Answered(words.text, [words.options[option] for option in chosen]))
    return found
