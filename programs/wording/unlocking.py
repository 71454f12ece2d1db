"""The requirements that end a pause, as the member reads and confirms them (evidence base, section F)."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from programs.rules.unlock_rules import Requirement

REQUIREMENT_WORDS = {
    Requirement.SAFE_AND_SUPPORTED: _("I am safe, and someone supports me."),
    Requirement.SPOKE_WITH_SOMEONE: _("I have spoken with a clinician, a crisis line or my therapist."),
    Requirement.A_DAY_PASSED: _("A day has passed since I reported it."),
    Requirement.MOOD_NOT_UNSAFE: _("A check-in since then says that I am safe."),
    Requirement.SAFETY_QUESTIONS_AGAIN: _(
        "The two questions about thoughts and feelings are answered again."
    ),
    Requirement.CLINICIAN_AGREED: _("A clinician has seen me and agreed to gentle exercise."),
    Requirement.ADVICE_SAYS_OK: _("I had medical advice, and exercise is okay."),
    Requirement.SIGN_GONE: _("The sign is gone."),
    Requirement.SIGN_GONE_LONG_ENOUGH: _("The sign has been gone for %(hours)d hours or more."),
    Requirement.SCREENED_AGAIN: _("The questions from the start are answered again."),
    Requirement.CHECK_DONE: _("I had a pelvic health or medical check."),
    Requirement.CONTACTED_OR_BOOKED: _("I have contacted or booked a clinician."),
    Requirement.SYMPTOM_SETTLED: _("The symptom was low at two check-ins, at least a day apart."),
    Requirement.THERAPIST_AGREES: _("My therapist has opened the program again."),
}

# Who can meet a requirement, and how: shown beside each one that is still open.
HOW_WORDS = {
    Requirement.SAFE_AND_SUPPORTED: _("You say so below, when it is true."),
    Requirement.SPOKE_WITH_SOMEONE: _("You say so below. Any of them will do, by phone too."),
    Requirement.A_DAY_PASSED: _("By itself, on %(day)s at %(time)s."),
    Requirement.MOOD_NOT_UNSAFE: _("You do it, with a check-in: the button is below."),
    Requirement.SAFETY_QUESTIONS_AGAIN: _("You answer them below, when you have spoken with someone."),
    Requirement.CLINICIAN_AGREED: _("A doctor, midwife or emergency team can. You give the day below."),
    Requirement.ADVICE_SAYS_OK: _(
        "Your maternity team, doctor or local health line can, by phone too. You give the day below."
    ),
    Requirement.SIGN_GONE: _("You tell us below since which day."),
    Requirement.SIGN_GONE_LONG_ENOUGH: _("You tell us below since which day."),
    Requirement.SCREENED_AGAIN: _("You answer them, in about four minutes: the button is below."),
    Requirement.CHECK_DONE: _(
        "A doctor, midwife or pelvic health physical therapist can do it. You give the day below. Your therapist "
        "here can also look and open the program."
    ),
    Requirement.CONTACTED_OR_BOOKED: _("A call or a booking is enough. You give the day below."),
    Requirement.SYMPTOM_SETTLED: _("You check in on two days, also without a session: the button is below."),
    Requirement.THERAPIST_AGREES: _("She opens it at her desk. Write to her below, and she will answer."),
}

# The same once she has given the day since when the sign is gone, and only time is missing.
SIGN_GONE_HOW = _(
    "If the sign stays away, this is done on %(day)s. If it comes back, tell us with a check-in."
)

# With whom the member has spoken since reporting thoughts of self-harm.
SPOKE_WITH_WORDS = {
    "clinician": _("A clinician, such as my doctor or midwife"),
    "crisis_line": _("A crisis line"),
    "therapist": _("My therapist here"),
}


def requirement_words(requirement: Requirement, hours: int = 0) -> str:
    """Return one requirement as a sentence; `hours` is how long a sign must have been gone, 0 for no set time."""
    if requirement == Requirement.SIGN_GONE_LONG_ENOUGH and not hours:
        return str(REQUIREMENT_WORDS[Requirement.SIGN_GONE])
    return REQUIREMENT_WORDS[requirement] % {"hours": hours}


def how_words(requirement: Requirement, day_later: datetime, sign_free_on: date | None = None) -> str:
    """Return who can meet a requirement, and how; `day_later` is a day after the report, in local time.

    `sign_free_on` is the day on which a sign will have been gone long enough, None before she said since when it is.
    """
    if requirement == Requirement.SIGN_GONE_LONG_ENOUGH and sign_free_on:
        return SIGN_GONE_HOW % {"day": date_format(sign_free_on, "l, F j")}
    named = {"day": date_format(day_later, "l"), "time": date_format(day_later, "TIME_FORMAT")}
    return HOW_WORDS[requirement] % named
