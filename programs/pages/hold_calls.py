"""Whom a held member is to call and how soon, in the words of the outcome page, for every page she comes back to."""

from collections.abc import Iterator

from programs.forms.hold import DATES
from programs.models import SafetyHold, Screening
from programs.pages.check_in_outcome import advice_of
from programs.pages.help import Help
from programs.rules.check_in import RULES
from programs.rules.unlock_rules import SCREEN_SAME_DAY, UNLOCKS, Requirement
from programs.rules.vocabulary import Advice, ContactWithin, Disposition, Outcome, Urgency
from programs.wording.check_in import outcome_words

# Any of these says that the call was made: what is asked of her after that is on the page of the hold.
CALLED = (Requirement.ADVICE_SAYS_OK, Requirement.CHECK_DONE, Requirement.CONTACTED_OR_BOOKED)
SCREENED_RIGHT_AWAY = (ContactWithin.NOW, (Advice.CALL_RIGHT_AWAY,))
SCREENED_TODAY = (ContactWithin.TODAY, (Advice.CALL_TODAY,))

Call = tuple[ContactWithin | None, tuple[Advice, ...]]


def calls_due(hold: SafetyHold, help_: Help | None) -> list[str]:
    """Return by when to get advice, then whom to call, the most urgent first; nothing once she said that she did.

    An emergency and a hold of the therapist's or of a change in life have words of their own, so nothing for these.
    One query for a hold by a screening with a sign for today, else none.
    """
    calls = list(_calls(hold)) if hold.outcome == Outcome.PAUSE_CLINICIAN else []
    if not calls:
        return []
    due = {code for _within, advice in calls for code in advice}
    within = ContactWithin.soonest(within for within, _advice in calls)
    by_when = str(outcome_words(Outcome.PAUSE_CLINICIAN, within).body)
    return [by_when, *advice_of([code for code in Advice if code in due], help_)]


def _calls(hold: SafetyHold) -> Iterator[Call]:
    """Yield what each rule behind `hold` asks for, left out where the member has confirmed it."""
    for way in UNLOCKS:
        asked = [DATES[one][0] for one in way.requires if one in CALLED]
        if not asked or all(name in hold.met for name in asked):
            continue
        for rule in way.rules.intersection(hold.rules_matched):
            if rule in RULES:
                yield RULES[rule].contact, RULES[rule].advice
            elif rule == SCREEN_SAME_DAY:
                yield SCREENED_RIGHT_AWAY if _is_right_away(hold) else SCREENED_TODAY


def _is_right_away(hold: SafetyHold) -> bool:
    """Return whether the screening behind `hold` asked for a call right now."""
    screenings = Screening.objects.filter(
        participant_id=hold.participant_id,
        completed_at__lte=hold.began_at,
        disposition=Disposition.URGENT_NOW,
    )
    urgency = screenings.order_by("-completed_at").values_list("urgency", flat=True).first()
    return urgency == Urgency.RIGHT_AWAY
