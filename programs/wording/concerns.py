"""Titles and reasons of concerns, for the therapist's desk only."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programs.rules.check_in import RULES
from programs.rules.concerns import ConcernCode
from programs.rules.progression import PROGRESS_RULES
from programs.rules.vocabulary import Advice, ClearedSymptom, Situation, Urgency

from .advice import advice_words
from .journey import SITUATION_WORDS
from .questions import QUESTION_WORDS
from .signs import RED_FLAG_WORDS, SIGN_WORDS

CONCERN_WORDS = {
    ConcernCode.SELF_HARM: _("Thoughts of hurting herself or her baby"),
    ConcernCode.EMERGENCY_SIGN: _("An emergency sign at a check-in"),
    ConcernCode.RIGHT_AWAY_SIGN: _("A sign that needs a clinician right away"),
    ConcernCode.SAME_DAY_SIGN: _("A sign that needs advice the same day"),
    ConcernCode.SYMPTOM_PAUSE: _("A symptom paused her program"),
    ConcernCode.THOUGHTS_WITH_HELP: _("Thoughts of harm at times; she is safe and has help"),
    ConcernCode.REST_DAYS: _("Rest was needed three days in a row; think of anemia, thyroid, mood"),
    ConcernCode.DIZZY: _("Dizzy before or in a session"),
    ConcernCode.LOW_MOOD: _("Low mood on most check-ins"),
    ConcernCode.CANNOT_LET_GO: _("She cannot let go after squeezes"),
    ConcernCode.DOMING_STAYS: _("Doming stays in spite of easier versions"),
    ConcernCode.SCREENING_URGENT_NOW: _("Urgent answers in the screening"),
    ConcernCode.SCREENING_WAIT_CLINICIAN: _("The screening asks for a clinician first"),
    ConcernCode.SCREENING_ROUTINE: _("A check is advised by the screening"),
    ConcernCode.SELF_CHECK: _("The midline self-check advises a clinician"),
    ConcernCode.PAUSE_REFER: _("The week's decision refers her to a clinician"),
    ConcernCode.STEP_BACK_PHASE: _("She went back a whole phase"),
    ConcernCode.SECOND_SYMPTOM_HOLD: _("Symptoms held her week a second time"),
    ConcernCode.SYMPTOM_GATE: _("Mild, steady symptoms wait for someone to look"),
    ConcernCode.CHECK_GATE: _("The next phase waits for a check that is not recorded yet"),
    ConcernCode.KEEPS_FAILING: _("Sessions keep being too much for her"),
    ConcernCode.LONG_IN_WEEK: _("She has practiced for six weeks or more in the same week of the program"),
    ConcernCode.COMMENT_SELF_HARM: _("A comment speaks of self-harm"),
    ConcernCode.COMMENT_EMERGENCY: _("A comment speaks of an emergency"),
    ConcernCode.WORDS_SELF_HARM: _("Words typed in a form speak of self-harm"),
    ConcernCode.WORDS_EMERGENCY: _("Words typed in a form speak of an emergency"),
    "situation_changed": _("Something in her life changed"),
}
PROGRESS = {rule.id: rule for rule in PROGRESS_RULES}
# A rule that is about one thing has a plainer name than its code.
RULE_TITLES = {
    "PRE-C1": _("Bulge reported"),
    "POST-C1": _("Bulge reported"),
    "PRE-C2": _("Leaking of stool reported"),
    "POST-C2": _("Leaking of stool reported"),
}
# Symptoms that a clinician may agree to exercise with.
SYMPTOM_NAMES = {
    ClearedSymptom.BULGE: _("a bulge or strong heaviness"),
    ClearedSymptom.BOWEL_LEAK: _("leaking stool"),
    ClearedSymptom.LEAK3: _("a lot of leaking"),
    ClearedSymptom.PAIN7: _("strong pain"),
    ClearedSymptom.BLEEDING: _("light bleeding or spotting"),
}
URGENCY_WORDS = {
    Urgency.EMERGENCY: _("now"),
    Urgency.RIGHT_AWAY: _("right away"),
    Urgency.SAME_DAY: _("today"),
    Urgency.ROUTINE: _("this week"),
    Urgency.NONE: _("when there is time"),
}


def concern_title(code: str, because: Iterable[str] = ()) -> str:
    """Return the title of a concern; a code without words of its own is shown with spaces."""
    for rule in because:
        if rule in RULE_TITLES:
            return str(RULE_TITLES[rule])
    return str(CONCERN_WORDS.get(code) or capfirst(code.replace("_", " ")))


def because_lines(because: Iterable[str]) -> list[str]:
    """Return the reasons of a concern as words, each once."""
    return list(dict.fromkeys(filter(None, (_one(item) for item in because))))


def _one(item: str) -> str:
    if item in RULES:
        return RULES[item].says
    if item in PROGRESS:
        return PROGRESS[item].says
    if item in RED_FLAG_WORDS:
        return str(RED_FLAG_WORDS[item])
    if item in SIGN_WORDS:
        return str(SIGN_WORDS[item])
    if item in set(Advice):
        return str(advice_words(Advice(item)))
    if item in set(Situation):
        return str(SITUATION_WORDS[Situation(item)].title)
    question, _colon, option = item.partition(":")
    words = QUESTION_WORDS.get(question)
    if words and option in words.options:
        return f"{words.text} {words.options[option].label}"
    return ""
