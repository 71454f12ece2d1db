"""The outcome page of one check-in: what follows, why, what to do, and whom to call."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from programs.models import CheckIn, Country, SafetyHold
from programs.pages.help import Help, help_for
from programs.rules.check_in import symptoms_of
from programs.rules.vocabulary import Advice, CheckInKind, ContactWithin, Outcome, SafetyFlag
from programs.wording.advice import advice_words
from programs.wording.check_in import CARRIED_WORDS, HELD_WORDS, outcome_words
from programs.wording.decisions import SYMPTOM_WORDS
from programs.wording.journey import AFTER_OUTCOME_WORDS, MORNING_OUTCOME_WORDS
from programs.wording.screening import CRISIS_WORDS, Words, is_mind_crisis

SUPPORT = (Advice.MOOD_SUPPORT, Advice.MOOD_SEE_CLINICIAN, Advice.THOUGHTS_SUPPORT)
PAUSES = (Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY)
RETROSPECTIVE_WORDS = {
    CheckInKind.AFTER: AFTER_OUTCOME_WORDS,
    CheckInKind.NEXT_MORNING: MORNING_OUTCOME_WORDS,
}


@dataclass(frozen=True)
class OutcomePage:
    """One check-in in text. `outcome` is the one in force: before a session, with the carry-over of the last one."""

    check_in: CheckIn
    outcome: Outcome
    words: Words
    carried: str = ""
    because: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    help: Help | None = None
    is_crisis: bool = (
        False  # a mental health crisis only: with a physical sign the emergency number comes first
    )

    @property
    def is_emergency(self) -> bool:
        """Return whether this is an emergency, so that the page shows nothing but help."""
        return self.outcome == Outcome.EMERGENCY

    @property
    def is_pause(self) -> bool:
        """Return whether the program pauses for a clinician's advice."""
        return self.outcome == Outcome.PAUSE_CLINICIAN

    @property
    def rests(self) -> bool:
        """Return whether the outcome is rest and breathing only."""
        return self.outcome == Outcome.BREATHING_ONLY

    @property
    def ends_well(self) -> bool:
        """Return whether a session is done and no answer asks for rest or for a person."""
        well = self.outcome in (Outcome.GO, Outcome.EASIER)
        return well and self.check_in.kind == CheckInKind.AFTER and not self.help

    @property
    def before_session(self) -> bool:
        """Return whether the check-in was made before a session."""
        return self.check_in.kind == CheckInKind.BEFORE and bool(self.check_in.session_key)


def outcome_page_of(
    check_in: CheckIn,
    country: Country | None,
    hold: SafetyHold | None = None,
    flags: Collection[SafetyFlag] = (),
) -> OutcomePage:
    """Return the outcome page of `check_in` (one query more if it shows numbers to call).

    A `hold` in force takes precedence over milder answers. `flags` are the safety flags in force: with a tense pelvic
    floor no advice asks for a squeeze.
    """
    outcome = Outcome(check_in.outcome)
    in_force = Outcome(check_in.mode) if check_in.kind == CheckInKind.BEFORE else outcome
    overriding = hold if hold and Outcome(hold.outcome).rank > outcome.rank else None
    in_force = Outcome(overriding.outcome) if overriding else in_force
    advice = [Advice(code) for code in check_in.advice]
    needs_help = outcome in PAUSES or in_force in PAUSES or bool(set(SUPPORT) & set(advice))
    help_ = help_for(country) if needs_help else None
    is_crisis = Advice.CRISIS_SUPPORT in advice and Advice.CALL_EMERGENCY not in advice
    redundant = {Advice.CRISIS_SUPPORT} if is_crisis else set()  # CRISIS_WORDS contain it
    return OutcomePage(
        check_in=check_in,
        outcome=in_force,
        words=_words(check_in, in_force, overriding, is_crisis),
        carried=str(CARRIED_WORDS[in_force]) if in_force != outcome and not overriding else "",
        because=[str(SYMPTOM_WORDS[code]) for code in symptoms_of(check_in.rules_matched)],
        advice=advice_of(
            [code for code in advice if code not in redundant],
            help_,
            without_squeezes=SafetyFlag.PF_TENSION in flags,
        ),
        help=help_,
        is_crisis=is_crisis or (overriding is not None and is_mind_crisis(overriding.red_flags)),
    )


def _words(check_in: CheckIn, outcome: Outcome, hold: SafetyHold | None, is_crisis: bool) -> Words:
    if hold:
        return CRISIS_WORDS if is_mind_crisis(hold.red_flags) else HELD_WORDS[Outcome(hold.outcome)]
    if is_crisis:
        return CRISIS_WORDS
    retrospective = RETROSPECTIVE_WORDS.get(CheckInKind(check_in.kind), {})
    within = ContactWithin(check_in.contact_within) if check_in.contact_within else None
    return retrospective.get(outcome) or outcome_words(outcome, within)


def advice_of(codes: Iterable[str], help_: Help | None, without_squeezes: bool = False) -> list[str]:
    """Return the text of each advice code, with the numbers of the member's country if it is known."""
    known = help_ if help_ and help_.country else None
    emergency = known.emergency if known else ""
    crisis = known.crisis_lines[0].contact if known and known.crisis_lines else ""
    return [str(advice_words(Advice(code), emergency, crisis, without_squeezes)) for code in codes]
