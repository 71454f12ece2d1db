"""What this room holds about one person, and why."""

from django.utils.translation import gettext as _

from common.data_categories import DataCategory
from programs.models import (
    CareAction,
    CheckIn,
    Clearance,
    Concern,
    Decision,
    Enrollment,
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
from programs.wording.questions import QUESTION_WORDS

CHECK_IN_WORDS = {
    CheckInKind.BEFORE: BEFORE_WORDS,
    CheckInKind.AFTER: AFTER_WORDS,
    CheckInKind.NEXT_MORNING: NEXT_MORNING_WORDS,
}


def data_categories_of(user):
    """Every kind of rows of this room about `user`; nothing is asked of the database yet."""
    enrollments = {"enrollment__participant__user": user}
    return [
        DataCategory(
            "participant",
            _("You in the program"),
            _(
                "Your country, for the right numbers to call; whether texts leave out the baby; "
                "who shows you the exercises; sound and stillness in sessions."
            ),
            Participant.objects.filter(user=user),
            in_words=lambda row: [(_("In sessions"), wishes_in_words(row.player_wishes))],
            said_in_words=("player_wishes",),
        ),
        DataCategory(
            "screenings",
            _("Safety questionnaires"),
            _("So that you start only with what is safe for you. The answers are sealed in our database."),
            Screening.objects.filter(participant__user=user),
            in_words=lambda row: answers_in_words(row.answers, QUESTION_WORDS),
            said_in_words=("answers",),
        ),
        DataCategory(
            "enrollments",
            _("Your place in the program"),
            _("Which week you are in, the birth date and kind of birth, and what you agreed to."),
            Enrollment.objects.filter(participant__user=user),
        ),
        DataCategory(
            "sessions",
            _("Sessions you did"),
            _("To show how it goes, and to choose the next one."),
            SessionLog.objects.filter(**enrollments),
        ),
        DataCategory(
            "check_ins",
            _("Check-ins"),
            _("They decide whether you move on. The answers are sealed in our database."),
            CheckIn.objects.filter(**enrollments),
            in_words=lambda row: answers_in_words(row.answers, CHECK_IN_WORDS[row.kind]),
            said_in_words=("answers",),
        ),
        DataCategory(
            "self_checks",
            _("Self-checks of your midline"),
            _("They choose which exercises you get."),
            SelfCheck.objects.filter(**enrollments),
        ),
        DataCategory(
            "clearances",
            _("What a clinician agreed to"),
            _("They open what waited for it."),
            Clearance.objects.filter(**enrollments),
        ),
        DataCategory(
            "pauses",
            _("Your breaks"),
            _("In a break nothing counts and nobody reminds you."),
            Pause.objects.filter(**enrollments),
        ),
        DataCategory(
            "holds",
            _("Times the program waited for a clinician"),
            _("So that no page lets you practise when it is not safe."),
            SafetyHold.objects.filter(participant__user=user),
        ),
        DataCategory(
            "decisions",
            _("Decisions about your program"),
            _("Each with its reasons, so that you and your therapist can follow them."),
            Decision.objects.filter(**enrollments),
        ),
        DataCategory(
            "concerns",
            _("Notes for your therapist’s eyes"),
            _("What the rules ask her to look at, and what she noted about it."),
            Concern.objects.filter(participant__user=user),
        ),
        DataCategory(
            "care_actions",
            _("What your therapist did"),
            _("Each with her reason, for both of you to read."),
            CareAction.objects.filter(participant__user=user),
        ),
        DataCategory(
            "openings",
            _("Who opened your record"),
            _("So that you know."),
            RecordOpening.objects.filter(participant__user=user),
        ),
    ]


def consents_of(user):
    """What she agreed to and when, the newest first: rows with `consent_text` and `consented_at` (one query)."""
    return Enrollment.objects.filter(participant__user=user).only("consent_text", "consented_at")


def openings_of(user):
    """Who opened her record and when, the newest first."""
    return RecordOpening.objects.filter(participant__user=user)


def wishes_in_words(wishes):
    """What she likes in sessions, with commas."""
    return ", ".join(str(PlayerWish(wish).label) for wish in wishes)


def answers_in_words(answers, words_by_question):
    """(question, answer) in the words she was asked in; what has no words any more stays as it was stored."""
    for code, answer in answers.items():
        words = words_by_question.get(code)
        if words is None:
            yield code, str(answer)
            continue
        given = answer if isinstance(answer, list) else [answer]
        yield str(words.text), ", ".join(_option(words, one) for one in given)


def _option(words, answer):
    option = words.options.get(answer) if isinstance(answer, str | int | bool) else None
    return str(option.label) if option else str(answer)
