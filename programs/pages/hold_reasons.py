"""Why a program waits, in the words of what the member reported."""

from typing import Any

from django.utils.text import capfirst

from programs.models import SafetyHold
from programs.rules.check_in import RULES, symptoms_of
from programs.rules.unlock_rules import THERAPIST
from programs.wording.decisions import SYMPTOM_WORDS
from programs.wording.journey import SITUATION_WORDS
from programs.wording.signs import RED_FLAG_WORDS


def hold_reasons(hold: SafetyHold) -> list[str]:
    """Return what the member reported that `hold` rests on: its signs, and symptoms that are no signs. No query."""
    signs = [str(RED_FLAG_WORDS[flag]) for flag in hold.red_flags if flag in RED_FLAG_WORDS]
    plain = [rule for rule in hold.rules_matched if rule in RULES and not RULES[rule].red_flag]
    symptoms = [code for code in symptoms_of(plain) if code != "sign"]
    return [*signs, *(capfirst(str(SYMPTOM_WORDS[code])) for code in symptoms)]


def hold_context(hold: SafetyHold) -> dict[str, Any]:
    """Return what every page says of a hold: its reasons, whether it is the therapist's, and words for a situation."""
    return {
        "reasons": hold_reasons(hold),
        "by_therapist": hold.rules_matched == [THERAPIST],
        "situation": SITUATION_WORDS.get(hold.situation),
    }
