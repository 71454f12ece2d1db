"""Questions, answers and outcomes of the check-ins, word for word as reviewed (evidence base, section F)."""

from django.utils.translation import gettext_lazy as _

from common.texts import Text
from programs.rules.carry_over import NotCorrected
from programs.rules.vocabulary import ContactWithin, Outcome

from .questions import OptionWords, QuestionWords
from .screening import Words
from .signs import SIGN_WORDS


def _options(**labels: Text) -> dict[str, OptionWords]:
    return {answer: OptionWords(label) for answer, label in labels.items()}


def _levels(*labels: Text) -> dict[int, OptionWords]:
    return {level: OptionWords(label) for level, label in enumerate(labels)}


_SIGNS = {code: OptionWords(label) for code, label in SIGN_WORDS.items()}
_NO_YES = {False: OptionWords(_("No")), True: OptionWords(_("Yes"))}
_PAIN = {0: OptionWords(_("None")), 10: OptionWords(_("The worst you can imagine"))}
_BLEEDING = _options(
    none=_("None"),
    same=_("The same or less"),
    more=_("Heavier, or bright red again"),
    heavy=_("Soaking a pad in an hour, or clots bigger than an egg"),
)
_SCAR = _options(
    na=_("None, or healed"),
    ok=_("Okay"),
    sore=_("Sore"),
    worse=_("Red, hot, opening, oozing or smelly"),
)
_NEXT_DAY = _options(
    same_or_better=_("The same or better"),
    worse_settled=_("Worse, but it settled within a day"),
    worse_still=_("Still worse a day later"),
)

# By field, in the order asked; the keys of the options are the answers the rules read. Of a scale from 0 to
# 10 only its ends have words.
BEFORE_WORDS = {
    "redFlags": QuestionWords(
        _("Since your last check-in, have you had any of these?"), _("Pick all that fit."), _SIGNS
    ),
    "mood": QuestionWords(
        _("How are you feeling in yourself today?"),
        "",
        _options(
            ok=_("Okay"),
            low=_("Low, flat or very worried"),
            thoughts_supported=_(
                "At times I have thoughts of hurting myself or my baby. I am safe and I have help"
            ),
            not_safe=_("I have thoughts of hurting myself or my baby"),
        ),
    ),
    "pain": QuestionWords(
        _("How much pain is there right now in your back, hips, pelvis, tummy or scar?"),
        _("0 is none. 10 is the worst you can imagine."),
        _PAIN,
    ),
    "heaviness": QuestionWords(
        _("Do you feel heaviness or dragging in your vagina right now?"),
        "",
        _levels(_("None"), _("A little"), _("Strong"), _("I can see or feel a bulge at the opening")),
    ),
    "leak": QuestionWords(
        _("In the last day, did you leak urine?"),
        "",
        _levels(
            _("No"),
            _("A few drops"),
            _("Enough to wet a pad or underwear"),
            _("Soaked, or no control"),
        ),
    ),
    "bowelLeak": QuestionWords(_("In the last day, did you leak stool (poop)?"), "", _NO_YES),
    "bleeding": QuestionWords(
        _("What is your bleeding like?"), _("Do not count a normal period."), _BLEEDING
    ),
    "scar": QuestionWords(_("How do your scar or stitches feel?"), "", _SCAR),
    "energy": QuestionWords(
        _("How is your energy?"),
        "",
        _levels(_("Okay"), _("Tired"), _("Exhausted, I do not feel safe to exercise")),
    ),
    "sleep": QuestionWords(
        _("About how much sleep did you get in the last 24 hours?"),
        _("All pieces added up."),
        {
            "lt4": OptionWords(_("Less than 4 hours")),
            "4to6": OptionWords(_("4 to 6 hours")),
            "gt6": OptionWords(_("More than 6 hours")),
        },
    ),
    "lastResponse": QuestionWords(
        _("How did you feel the day after your last session?"),
        "",
        {"first": OptionWords(_("This is my first session"))} | _NEXT_DAY,
    ),
}

NEXT_MORNING_WORDS = {
    "lastResponse": QuestionWords(_("How do you feel after your last session?"), "", _NEXT_DAY),
}

AFTER_WORDS = {
    "redFlags": QuestionWords(
        _("Did any of these happen during or after the session?"), _("Pick all that fit."), _SIGNS
    ),
    "painMax": QuestionWords(
        _("What was the most pain you felt during the session?"),
        _("0 is none. 10 is the worst you can imagine."),
        _PAIN,
    ),
    "heaviness": QuestionWords(
        _("Did you feel heaviness or dragging?"),
        "",
        _levels(_("None"), _("A little"), _("Strong"), _("A bulge at the opening")),
    ),
    "leak": QuestionWords(
        _("Did you leak during the session?"),
        "",
        _levels(_("No"), _("A few drops"), _("Wet underwear or pad"), _("Soaked, or no control")),
    ),
    "bowelLeak": QuestionWords(_("Did you leak stool (poop)?"), "", _NO_YES),
    "doming": QuestionWords(
        _("Did you see a ridge or dome along the middle of your tummy?"),
        "",
        _options(
            none=_("No, or not sure"),
            fixed=_("Yes, but it went away when I made it easier"),
            kept=_("Yes, and it kept coming"),
        ),
    ),
    "pfRelease": QuestionWords(
        _("After each pelvic floor squeeze, could you let go all the way?"),
        "",
        _options(yes=_("Yes"), unsure=_("Not sure"), no=_("No, or it hurt"), na=_("No squeezes today")),
    ),
    "effort": QuestionWords(
        _("How hard did it feel?"),
        _("0 is rest, 10 is the hardest you could do."),
        {0: OptionWords(_("Rest")), 10: OptionWords(_("The hardest you could do"))},
    ),
    "bleeding": QuestionWords(_("Did your bleeding change?"), _("Do not count a normal period."), _BLEEDING),
    "scar": QuestionWords(_("How do your scar or stitches feel now?"), "", _SCAR),
}

WITHIN_WORDS = {
    ContactWithin.THIS_WEEK: _("this week"),
    ContactWithin.TODAY: _("today"),
    ContactWithin.NOW: _("right now"),
}

OUTCOME_WORDS = {
    Outcome.GO: Words(
        _("Good to go"),
        _("Your answers look fine for today. Stop any time something does not feel right."),
    ),
    Outcome.EASIER: Words(
        _("Gentler today"),
        _("We picked easier versions and fewer repeats for today. That is still real progress."),
    ),
    Outcome.BREATHING_ONLY: Words(
        _("Rest and breathe today"),
        _("Your body is asking for rest. Do the 5-minute breathing session, and check in again tomorrow."),
    ),
    Outcome.PAUSE_CLINICIAN: Words(
        _("Pause and get advice"),
        _("Please stop the program for now and get advice %(within)s. Breathing is fine."),
    ),
    Outcome.EMERGENCY: Words(_("Get help now"), _("Stop now. This needs emergency help.")),
}

# What a check-in says while an earlier report is still in force.
HELD_WORDS = {
    Outcome.PAUSE_CLINICIAN: Words(
        _("Thank you. The program still waits"),
        _(
            "Your answers are kept. What you told us before still needs a clinician's word, so the sessions stay "
            "closed. Breathing is fine."
        ),
    ),
    Outcome.EMERGENCY: Words(
        _("Help comes first"),
        _("Your answers are kept. What you told us before needs emergency help, and that has not changed."),
    ),
}

# What the last session left behind, where it makes today's gentler than today's answers alone.
CARRIED_WORDS = {
    Outcome.EASIER: _("Your last session called for a gentler one, so today starts gently."),
    Outcome.BREATHING_ONLY: _(
        "Your last session called for rest, so your body gets a little more of it today."
    ),
    Outcome.PAUSE_CLINICIAN: _("The program waits until you have had advice. Breathing is fine."),
    Outcome.EMERGENCY: _("The program waits until a clinician has seen you."),
}

# Why a check-in stays as it was answered, when a member asks to correct it.
NOT_CORRECTED_WORDS = {
    NotCorrected.SELF_HARM: Words(
        _("This answer stays, so that someone asks how you are"),
        _(
            "Thoughts of hurting yourself or your baby are not taken back with a tap, even if the tap was a mistake. "
            "Nobody is upset with you. It opens again when you have spoken with someone."
        ),
    ),
    NotCorrected.LATE: Words(
        _("These answers stay as they are"),
        _(
            "A wrong answer can be corrected for ten minutes, and that time is over. A milder answer later does not "
            "open what an earlier one closed: that keeps you safe on hard days."
        ),
    ),
    NotCorrected.AGAIN: Words(
        _("These answers stay as they are"),
        _(
            "A wrong answer can be corrected once a day, and today’s correction is made. A milder answer later does "
            "not open what an earlier one closed: that keeps you safe on hard days."
        ),
    ),
}


def outcome_words(outcome: Outcome, contact_within: ContactWithin | None = None) -> Words:
    """Return the Words of an outcome; a pause says by when to get advice (this week by default)."""
    words = OUTCOME_WORDS[outcome]
    within = WITHIN_WORDS[contact_within or ContactWithin.THIS_WEEK]
    return Words(words.title, words.body % {"within": within})
