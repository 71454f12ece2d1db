"""Texts of the session page and its player."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from common.texts import Text
from programs.rules.prescribing import Because, Dose, Tempo
from programs.rules.vocabulary import Advice, SafetyFlag

from .advice import advice_words

# The safety flags in mid-sentence, to follow "because of".
FLAG_WORDS = {
    SafetyFlag.CESAREAN_LT_8W: _lazy("less than 8 weeks since a cesarean"),
    SafetyFlag.DOMING: _lazy("a ridge or dome along your tummy"),
    SafetyFlag.HEAVINESS: _lazy("heaviness or dragging"),
    SafetyFlag.PELVIC_PAIN: _lazy("back or pelvic pain"),
    SafetyFlag.LEAKING: _lazy("leaking"),
    SafetyFlag.PF_TENSION: _lazy("a tense or painful pelvic floor"),
}


def dose_words(dose: Dose, sides: int) -> list[str]:
    """Return a dose in short parts: ["2 sets", "8 times each side", "lift 3 s, lower 3 s", "20 s rest between"]."""
    parts = [ngettext("%(n)d set", "%(n)d sets", dose.sets) % {"n": dose.sets}] if dose.sets > 1 else []
    parts.append(amount_words(dose, sides))
    if dose.tempo:
        parts.append(_tempo_words(dose.tempo))
    if dose.sets > 1 and dose.rest_seconds:
        parts.append(_("%(n)d s rest between") % {"n": dose.rest_seconds})
    return parts


def seconds_words(seconds: int) -> str:
    """Return a duration: "45 s", "1 min", "1 min 40 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(n)d s") % {"n": rest}
    if not rest:
        return _("%(n)d min") % {"n": minutes}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


def round_words(number: int, target: int) -> str:
    """Return which round of the day it is: "round 2 of 3 today", beyond the target "round 4 today"."""
    words = _("round %(n)d of %(all)d today") if number <= target else _("round %(n)d today")
    return words % {"n": number, "all": target}


def because_words(because: Iterable[Because]) -> str:
    """Return why an exercise was changed, as one line; `because` as in AdaptedPrescription."""
    return ", ".join(str(_one_reason(reason)) for reason in because)


def amount_words(dose: Dose, sides: int) -> str:
    """Return how much one set is: "8 times each side", "45 s"."""
    if dose.reps is None:
        amount = seconds_words(dose.seconds or 0)
    else:
        amount = ngettext("%(n)d time", "%(n)d times", dose.reps) % {"n": dose.reps}
    return _("%(amount)s each side") % {"amount": amount} if sides == 2 else amount


def _tempo_words(tempo: Tempo) -> str:
    named = [
        (tempo.lift, _("move %(n)d s")),
        (tempo.hold, _("hold %(n)d s")),
        (tempo.lower, _("return %(n)d s")),
        (tempo.relax, _("let go %(n)d s")),
    ]
    return ", ".join(words % {"n": seconds} for seconds, words in named if seconds)


def _one_reason(reason: Because) -> Text:
    if reason == "outcome":
        return _("how you feel today")
    if reason == "cesarean_weeks":
        return _("the first weeks of core work after a cesarean")
    return FLAG_WORDS[SafetyFlag(reason)]


def player_words() -> dict[str, str]:
    """Return every text the player composes itself. {placeholders} are filled in by the player."""
    return {
        "begin": _("Start"),
        "goOn": _("Continue with {place}"),
        "placeRep": _("{name}, {rep} of {reps}"),
        "soundNote": _("You can change the sound during the session, too."),
        "voiceSample": _("I will read each step to you."),
        "backTitle": _("Your place is kept"),
        "backText": _("{done} of {all} exercises done, {minutes} min. Continue, or start again."),
        "backTextNone": _("Continue, or start again."),
        "minutesShort": _("{minutes} min"),
        "exerciseOf": _("{n} of {all}"),
        "setOf": _("Set {n} of {all}"),
        "side1": _("First side"),
        "side2": _("Other side"),
        "alternate": _("Change sides each time"),
        "repOf": _("of {reps}"),
        "seconds": _("seconds"),
        "in": _("Breathe in"),
        "out": _("Breathe out"),
        "lift": _("Lift"),
        "hold": _("Hold"),
        "letGo": _("Let go"),
        "getReady": _("Get ready"),
        "rest": _("Rest"),
        "restCue": _("Breathe easily. Start sooner if you feel ready."),
        "switch": _("Change sides"),
        "switchCue": _("Turn over or switch sides. No hurry."),
        "turnCue": _("One easy breath, then the second half."),
        "next": _("Next: {name}"),
        "thenAmount": _("Then {amount}"),
        "last": _("Then you are done"),
        "pause": _("Pause"),
        "continue": _("Continue"),
        "paused": _("Paused. Your place is kept."),
        "easier": _("Easier"),
        "asPlanned": _("As planned"),
        "easierNow": _("Easier version: {text}"),
        "sent": _("Saved."),
        "waiting": _("Saved on this phone, will be sent when there is a network."),
        "signed_out": _("Saved on this phone, will be sent when you sign in again."),
        "refused": _("Kept on this phone, but the site could not take it."),
        "memoryOnly": _(
            "This browser keeps nothing for later, so please leave this page open until it says “Saved”."
        ),
        "redated": _("Saved. Your phone’s clock was off, so it is dated by ours."),
        "restToday": _("Your answers call for rest today. Breathing is open, and it is enough."),
        "pauseNow": _("One of your answers is worth a check first. Your sessions wait until then."),
        "checkFirst": _("a check-in first"),
        "incomplete": _("Some answers are still open. Everything you tapped is kept."),
        "callNow": advice_words(Advice.CALL_RIGHT_AWAY),
        "callToday": advice_words(Advice.CALL_TODAY),
        "awake": _("The screen may go dark. Your place is kept."),
        "noVoice": _("This device cannot read aloud."),
        "doneTitle": _("Well done."),
        "doneText": _("{minutes} min for you today."),
        "enoughTitle": _("Enough for now."),
        "enoughText": _("{minutes} min for you. All of it is kept."),
        "nothingText": _("Nothing done yet, and that is fine. The session waits for you."),
        "welcomeBack": _("Welcome back. Your place is kept."),
        "sayPrepare": _("{name}. {steps}"),
        "sayWork": _("{amount}. {side}"),
        "sayReps": _("{reps} times"),
        "saySeconds": _("{time} seconds"),
        "sayMinutes": _("{time} minutes"),
        "sayRest": _("Rest, {seconds} seconds."),
        "sayLast": _("Last one"),
    }


NOT_OPEN_WORDS = _(
    "It is saved. It does not count for the week, because a check comes before a session, not after it."
)


def too_few_words(needed: int) -> str:
    """Return why a session of too few exercises does not complete one of the week: `needed` are enough."""
    words = ngettext(
        "These minutes are yours. From %(n)d exercise on, it also counts as a session of the week.",
        "These minutes are yours. From %(n)d exercises on, it also counts as a session of the week.",
        needed,
    )
    return words % {"n": needed}


def phone_words() -> dict[str, str]:
    """Return the texts of the phone's script on every page of a member. {what} lists the titles of what waits."""
    shared = ("waiting", "signed_out", "refused", "memoryOnly", "incomplete", "callNow", "callToday")
    return {name: words for name, words in player_words().items() if name in shared} | {
        "unsent": _("Not sent yet: {what}."),
        "withinAWeek": _("Please open this site again within a week: some phones keep nothing longer."),
        "something": _("something you did"),
        "leave": _("Not sent yet: {what}. Signing out now would lose it on this phone. Sign out anyway?"),
        "arrived": _("Your check-in has arrived."),
        "arrivedLink": _("What it means for today"),
    }
