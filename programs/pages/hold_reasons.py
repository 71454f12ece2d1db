"""Why a program waits, in the words of what the member reported."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programs.models import CareAction, SafetyHold, Screening
from programs.pages.help import Help
from programs.pages.hold_calls import calls_due
from programs.rules.check_in import RULES, symptoms_of
from programs.rules.screening import evaluate_so_far, option_of
from programs.rules.unlock_rules import SCREEN_WAIT, THERAPIST
from programs.rules.vocabulary import Disposition
from programs.wording.decisions import SYMPTOM_WORDS
from programs.wording.journey import SITUATION_WORDS
from programs.wording.screening import question_words
from programs.wording.signs import RED_FLAG_WORDS

STOPS = (Disposition.WAIT_CLINICIAN, Disposition.URGENT_NOW)


def hold_reasons(hold: SafetyHold) -> list[str]:
    """Return what the member reported that `hold` rests on: signs, symptoms that are no signs, answers to the screening.

    One query for a hold that waits for a check after a screening, else none.
    """
    signs = [str(RED_FLAG_WORDS[flag]) for flag in hold.red_flags if flag in RED_FLAG_WORDS]
    plain = [rule for rule in hold.rules_matched if rule in RULES and not RULES[rule].red_flag]
    symptoms = [code for code in symptoms_of(plain) if code != "sign"]
    answers = _answers_that_wait(hold) if SCREEN_WAIT in hold.rules_matched else []
    return [*signs, *(capfirst(str(SYMPTOM_WORDS[code])) for code in symptoms), *answers]


def _answers_that_wait(hold: SafetyHold) -> list[str]:
    """Return the answers, with their questions, of the screening behind `hold` that ask for a check and are no signs."""
    screenings = Screening.objects.filter(
        participant_id=hold.participant_id, completed_at__lte=hold.began_at, disposition__in=STOPS
    )
    screening = screenings.order_by("-completed_at").first()
    stops = evaluate_so_far(screening.answers).stops if screening else ()
    return [_in_words(*stop) for stop in stops if not option_of(*stop).red_flag]


def _in_words(question_id: str, option_id: str) -> str:
    words = question_words(question_id)
    answer = words.options[option_id].label
    return _("%(question)s Your answer: %(answer)s") % {"question": words.text, "answer": answer}


def _note_of(hold: SafetyHold) -> CareAction | None:
    """Return the therapist's action that began or widened the hold, with its note."""
    actions = CareAction.objects.filter(participant_id=hold.participant_id, kind=CareAction.Kind.HOLD)
    return actions.order_by("-at").first()


def hold_context(hold: SafetyHold, help_: Help | None = None) -> dict[str, Any]:
    """Return what every page says of a hold: its reasons, whether it is the therapist's, and words for a situation.

    `calls` say by when to get advice and whom to call, with the numbers of `help_`. `note` is what the therapist wrote about it (one more query for a hold of the therapist's).
    """
    return {
        "reasons": hold_reasons(hold),
        "calls": calls_due(hold, help_),
        "note": _note_of(hold) if THERAPIST in hold.rules_matched else None,
        "by_therapist": hold.rules_matched == [THERAPIST],
        "situation": SITUATION_WORDS.get(hold.situation),
    }
