"""The personal data this app holds about one person, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.data_categories import DataCategory
from common.members import User
from programs.models import (
    CareAction,
    CheckIn,
    Clearance,
    Concern,
    Decision,
    Enrollment,
    Favorite,
    Participant,
    Pause,
    PlayerWish,
    RecordOpening,
    SafetyHold,
    Screening,
    SelfCheck,
    SessionLog,
)
from programs.rules.vocabulary import CheckInKind
from programs.wording.check_in import AFTER_WORDS, BEFORE_WORDS, NEXT_MORNING_WORDS
from programs.wording.questions import QUESTION_WORDS, OptionWords, QuestionWords

CHECK_IN_WORDS = {
    CheckInKind.BEFORE: BEFORE_WORDS,
    CheckInKind.AFTER: AFTER_WORDS,
    CheckInKind.NEXT_MORNING: NEXT_MORNING_WORDS,
}


def data_categories_of(user: User) -> list[DataCategory]:
    """Return every category of this app's data about `user`, without querying the database yet."""
    return [*_profile(user), *_reports(user), *_outcomes(user), *_care(user)]


def _profile(user: User) -> list[DataCategory]:
    """Return who the member is in the program: participant, screenings, enrollments."""
    return [
        DataCategory(
            "participant",
            _("You in the program"),
            _(
                "Your country, for the right numbers to call. Whether the words leave out the baby. "
                "Who shows you the exercises. Your sound and motion settings."
            ),
            Participant.objects.filter(user=user),
            in_words=lambda row: [(_("In sessions"), wishes_in_words(row.player_wishes))],
            said_in_words=("player_wishes",),
        ),
        DataCategory(
            "favorites",
            _("Your favorites"),
            _("They help you find those exercises again."),
            Favorite.objects.filter(participant__user=user),
        ),
        DataCategory(
            "screenings",
            _("Safety questionnaires"),
            _("You start only with what is safe for you. The answers are encrypted in our database."),
            Screening.objects.filter(participant__user=user),
            in_words=lambda row: answers_in_words(row.answers, QUESTION_WORDS),
            said_in_words=("answers",),
        ),
        DataCategory(
            "enrollments",
            _("Your place in the program"),
            _("Your week, the birth date and type of birth, and what you agreed to."),
            Enrollment.objects.filter(participant__user=user),
        ),
    ]


def _reports(user: User) -> list[DataCategory]:
    """Return what the member did and reported."""
    return [
        DataCategory(
            "sessions",
            _("Sessions you did"),
            _("They show how it’s going, and help choose the next one."),
            SessionLog.objects.filter(enrollment__participant__user=user),
        ),
        DataCategory(
            "check_ins",
            _("Check-ins"),
            _("They decide whether you move on. The answers are encrypted in our database."),
            CheckIn.objects.filter(enrollment__participant__user=user),
            in_words=lambda row: answers_in_words(row.answers, CHECK_IN_WORDS[row.kind]),
            said_in_words=("answers",),
        ),
        DataCategory(
            "self_checks",
            _("Self-checks of your midline"),
            _("They choose which exercises you get."),
            SelfCheck.objects.filter(enrollment__participant__user=user),
        ),
        DataCategory(
            "clearances",
            _("What a clinician agreed to"),
            _("It opens what was waiting."),
            Clearance.objects.filter(enrollment__participant__user=user),
        ),
        DataCategory(
            "pauses",
            _("Your breaks"),
            _("During a break nothing counts and we send no reminders."),
            Pause.objects.filter(enrollment__participant__user=user),
        ),
    ]


def _outcomes(user: User) -> list[DataCategory]:
    """Return what followed by the rules: holds, decisions, concerns."""
    return [
        DataCategory(
            "holds",
            _("Times the program waited for a clinician"),
            _("They keep you from exercising when it is not safe."),
            SafetyHold.objects.filter(participant__user=user),
        ),
        DataCategory(
            "decisions",
            _("Decisions about your program"),
            _("Each with its reasons, for you and your therapist to see."),
            Decision.objects.filter(enrollment__participant__user=user),
        ),
        DataCategory(
            "concerns",
            _("Notes for your therapist"),
            _("What we asked her to look at, and what she wrote about it."),
            Concern.objects.filter(participant__user=user),
        ),
    ]


def _care(user: User) -> list[DataCategory]:
    """Return what the therapist did with the member's record."""
    return [
        DataCategory(
            "care_actions",
            _("What your therapist did"),
            _("Each with her reason, for both of you to read."),
            CareAction.objects.filter(participant__user=user),
        ),
        DataCategory(
            "openings",
            _("Who opened your record"),
            _("You should know."),
            RecordOpening.objects.filter(participant__user=user),
        ),
    ]


def consents_of(user: User) -> QuerySet[Enrollment]:
    """Return the member's consents, newest first: rows with `consent_text`, `consented_at`, `consent_versions`."""
    rows = Enrollment.objects.filter(participant__user=user)
    return rows.only("consent_text", "consented_at", "consent_versions")


def openings_of(user: User) -> QuerySet[RecordOpening]:
    """Return the accesses to the member's record, newest first."""
    return RecordOpening.objects.filter(participant__user=user)


def wishes_in_words(wishes: Iterable[str]) -> str:
    """Return the labels of PlayerWish codes, separated by commas."""
    return ", ".join(str(PlayerWish(wish).label) for wish in wishes)


def answers_in_words(
    answers: Mapping[str, object], words_by_question: Mapping[str, QuestionWords]
) -> Iterator[tuple[str, str]]:
    """Yield (question, answer) as the member read them; a code without a text is returned as stored."""
    for code, answer in answers.items():
        words = words_by_question.get(code)
        if words is None:
            yield code, str(answer)
            continue
        given = answer if isinstance(answer, list) else [answer]
        yield str(words.text), ", ".join(_option(words, one) for one in given)


def _option(words: QuestionWords, answer: object) -> str:
    options: Mapping[Any, OptionWords] = words.options  # some questions have numbers or booleans as keys
    option = options.get(answer) if isinstance(answer, str | int | bool) else None
    return str(option.label) if option else str(answer)
