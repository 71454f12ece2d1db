"""The texts of program decisions and their reasons: kind, true to the decision, and never blaming."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programs.rules.schedule import LAST_WEEK

from .screening import Words

# By the id of the rule that decided (evidence base, section C). Week is the week that follows.
DECISION_WORDS = {
    "PR-1": Words(
        _("Time for advice first"),
        _(
            "One of your last check-ins named something that is worth a check. Your place is kept, and the "
            "program waits for you."
        ),
    ),
    "PR-2": Words(
        _("Welcome back"),
        _(
            "It has been four weeks or more since your last session. Please answer the questions again. Then "
            "this phase begins gently from its first week, week %(week)d."
        ),
    ),
    "PR-2a": Words(
        _("Welcome back"),
        _(
            "It has been four weeks or more since your last session. Please answer the questions again. Then we "
            "continue gently with week %(week)d and build up again."
        ),
    ),
    "PR-3": Words(
        _("Back to gentler ground"),
        _(
            "Your body has asked for a step back a few times in this phase. So we continue from week %(week)d, "
            "where the work is lighter, and build up from there."
        ),
    ),
    "PR-4": Words(
        _("Welcome back"),
        _(
            "It has been two weeks or more since your last session. So we continue gently with week %(week)d and "
            "build up again."
        ),
    ),
    "PR-5": Words(
        _("A gentler week"),
        _(
            "Two of your last three days called for rest%(because)s. So we continue with week %(week)d and "
            "build up again from there."
        ),
    ),
    "PR-6": Words(
        _("A gentler week"),
        _(
            "After two of your last three sessions you still felt worse a day later. So we continue with week "
            "%(week)d and build up again from there."
        ),
    ),
    "PR-7": Words(
        _("This week once more"),
        _(
            "Two of your last three days called for a gentler session%(because)s. So this week stays gentle: you "
            "repeat week %(week)d. A calmer day or two opens the next one. If it stays mild and settles "
            "overnight, the third such week leads on gently by itself; sooner when a clinician has looked and you "
            "record the day, or when your therapist agrees."
        ),
    ),
    "PR-8": Words(
        _("This week waits for you"),
        _(
            "Life comes first some weeks, and nothing is lost. Week %(week)d goes on: two sessions, short ones "
            "included, open the next week."
        ),
    ),
    "PR-14": Words(
        _("How did your body feel?"),
        _(
            "Your sessions are done, but we don’t know yet how you felt after them. Tell us after two sessions of "
            "week %(week)d, right away or the next morning, and the next week can open."
        ),
    ),
    "PR-9": Words(
        _("A little more of this phase"),
        _(
            "Before the next step we look for seven different sessions in this phase (one done twice counts once) and "
            "all of its self-checks. Do week %(week)d again: Today begins with the session you have not done for "
            "longest. Tick each self-check as it comes."
        ),
    ),
    "PR-15": Words(
        _("A look first, then the next step"),
        _(
            "Your symptoms are mild and steady%(because)s. Before the work gets heavier, please let a pelvic health "
            "physical therapist have a look, and tell us the day. Your therapist here can do it, too. Until then, "
            "week %(week)d keeps you strong."
        ),
    ),
    "PR-16": Words(
        _("Well done, and the week is not over yet"),
        _(
            "You have done what week %(week)d asks for. Your body builds strength between sessions, so the next "
            "week opens when six days have passed since this one began."
        ),
    ),
    "PR-10": Words(
        _("All done here, and a little early"),
        _("You have everything this phase asks for. %(opens)s Until then, week %(week)d keeps you strong."),
    ),
    "PR-11": Words(
        _("You have done all 12 weeks"),
        _("From the first wide breath to here: this is your strength now. Here is how to keep it."),
    ),
    "PR-12": Words(
        _("The next phase is open"),
        _(
            "You have done what this phase asks for, and told us how your body felt. Week %(week)d begins a new one."
        ),
    ),
    "PR-13": Words(
        _("On to week %(week)d"),
        _("You did your sessions and told us how your body felt. The next week is open."),
    ),
}

# The same decision in the last week, after which no heavier work comes.
LAST_WEEK_WORDS = {
    "PR-15": Words(
        _("All 12 weeks done, and one look to come"),
        _(
            "You have done what the 12 weeks ask for. Your symptoms are mild and steady%(because)s, so please let a "
            "pelvic health physical therapist have a look, and tell us the day. Your therapist here can do it, too. "
            "Your plan to keep strong is open to you already, and so are the sessions of week %(week)d."
        ),
    ),
}

# What a rule is about (`check_in.symptoms_of`), phrased to follow "because of".
SYMPTOM_WORDS = {
    "pain": _("pain"),
    "heaviness": _("heaviness"),
    "leak": _("leaking"),
    "bowel": _("your bowels"),
    "bleeding": _("bleeding"),
    "scar": _("your scar or stitches"),
    "doming": _("doming"),
    "effort": _("how hard it felt"),
    "release": _("letting go"),
    "response": _("how you felt the next day"),
    "energy": _("tiredness"),
    "break": _("a break"),
    "mood": _("how you felt in yourself"),
    "sign": _("a sign that is worth a check"),
}


def decision_words(rule: str, week: int, symptoms: Iterable[str] = (), opens_on: date | None = None) -> Words:
    """Return the Words of a decision made by `rule` that leads to `week`.

    `symptoms` (codes of `SYMPTOM_WORDS`) say what kept the week gentle; `opens_on` is the day a closed phase
    opens, None if not a day but a check opens it.
    """
    words = (LAST_WEEK_WORDS if week == LAST_WEEK and rule in LAST_WEEK_WORDS else DECISION_WORDS)[rule]
    named = {"week": week, "because": because_of(symptoms), "opens": _opens(opens_on)}
    return Words(words.title % named, words.body % named)


def because_of(symptoms: Iterable[str]) -> str:
    """Return the symptoms (codes) as the end of a clause, " because of pain and leaking"; "" without any."""
    if not symptoms:
        return ""
    names = get_text_list([str(SYMPTOM_WORDS[code]) for code in symptoms], _now("and"))
    return _now(" because of %(symptoms)s") % {"symptoms": names}


def _opens(day: date | None) -> str:
    if day is None:
        return _now(
            "The next one opens when your check after the birth is done and your body has had its time."
        )
    return _now("The next one opens on %(day)s, when your body has had its time.") % {"day": date_format(day)}
