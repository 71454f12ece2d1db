"""What an outcome page tells her of one check-in: what follows, why, what to do, and whom to call."""

from dataclasses import dataclass, field

from programs.models import CheckIn
from programs.pages.help import Help, help_for
from programs.rules.check_in import symptoms_of
from programs.rules.vocabulary import Advice, CheckInKind, Outcome
from programs.wording.advice import advice_words
from programs.wording.check_in import CARRIED_WORDS, HELD_WORDS, outcome_words
from programs.wording.decisions import SYMPTOM_WORDS
from programs.wording.journey import AFTER_OUTCOME_WORDS, MORNING_OUTCOME_WORDS
from programs.wording.screening import CRISIS_WORDS, Words, is_mind_crisis

SUPPORT = (Advice.MOOD_SUPPORT, Advice.MOOD_SEE_CLINICIAN, Advice.THOUGHTS_SUPPORT)
PAUSES = (Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY)
LOOKING_BACK = {CheckInKind.AFTER: AFTER_OUTCOME_WORDS, CheckInKind.NEXT_MORNING: MORNING_OUTCOME_WORDS}


@dataclass(frozen=True)
class OutcomePage:
    """One check-in in her words. `outcome` is what counts now: before a session, with what the last one left."""

    check_in: CheckIn
    outcome: Outcome
    words: Words
    carried: str = ""
    because: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    help: Help | None = None
    is_crisis: bool = False  # of the mind alone: with a sign of the body that number comes first

    @property
    def is_emergency(self):
        """Whether nothing but help matters on this page."""
        return self.outcome == Outcome.EMERGENCY

    @property
    def is_pause(self):
        """Whether the program pauses for a clinician's advice."""
        return self.outcome == Outcome.PAUSE_CLINICIAN

    @property
    def rests(self):
        """Whether it is time for rest and breathing."""
        return self.outcome == Outcome.BREATHING_ONLY

    @property
    def before_session(self):
        """Whether a session was to follow."""
        return self.check_in.kind == CheckInKind.BEFORE and bool(self.check_in.session_key)


def outcome_page_of(check_in, country, hold=None):
    """What to tell her of `check_in` (one query more where numbers to call are shown).

    A `hold` in force comes before what milder answers would say.
    """
    outcome = Outcome(check_in.outcome)
    now = Outcome(check_in.mode) if check_in.kind == CheckInKind.BEFORE else outcome
    held = hold is not None and Outcome(hold.outcome).rank > outcome.rank
    now = Outcome(hold.outcome) if held else now
    advice = [Advice(code) for code in check_in.advice]
    help_ = help_for(country) if outcome in PAUSES or now in PAUSES or set(SUPPORT) & set(advice) else None
    is_crisis = Advice.CRISIS_SUPPORT in advice and Advice.CALL_EMERGENCY not in advice
    said = {Advice.CRISIS_SUPPORT} if is_crisis else set()  # CRISIS_WORDS say it already
    return OutcomePage(
        check_in=check_in,
        outcome=now,
        words=_held_words(hold) if held else CRISIS_WORDS if is_crisis else _words(check_in, now),
        carried=str(CARRIED_WORDS[now]) if now != outcome and not held else "",
        because=[str(SYMPTOM_WORDS[code]) for code in symptoms_of(check_in.rules_matched)],
        advice=advice_of([code for code in advice if code not in said], help_),
        help=help_,
        is_crisis=is_crisis or (held and is_mind_crisis(hold.red_flags)),
    )


def _held_words(hold):
    return CRISIS_WORDS if is_mind_crisis(hold.red_flags) else HELD_WORDS[Outcome(hold.outcome)]


def _words(check_in, outcome):
    looking_back = LOOKING_BACK.get(check_in.kind, {})
    return looking_back.get(outcome) or outcome_words(outcome, check_in.contact_within or None)


def advice_of(codes, help_):
    """What each advice code says, with the numbers of her country where they are known."""
    known = help_ is not None and bool(help_.country)
    emergency = help_.emergency if known else ""
    crisis = help_.crisis_lines[0].contact if known and help_.crisis_lines else ""
    return [advice_words(Advice(code), emergency, crisis) for code in codes]
