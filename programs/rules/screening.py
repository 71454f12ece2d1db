"""The screening: answers in, disposition, urgency and flags out. The worst answer decides; flags add up.

Source: evidence base, section B; the rows are in `screening_questions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from .schedule import CESAREAN_SWAP_DAYS
from .screening_questions import NONE_OF_THESE, QUESTIONS, OptionRule, Question
from .vocabulary import AnswerError, BirthType, ClearedSymptom, Disposition, SafetyFlag, Urgency

__all__ = ["QUESTIONS", "OptionRule", "Question", "ScreeningResult", "evaluate", "evaluate_so_far"]

# screening data, meta.when: asked again before a new phase; the answers about birth and health stay.
SHORT_RESCREEN = tuple(
    question.id for question in QUESTIONS if question.number in {1, 2, 3, 4, *range(9, 17), 18}
)

# In pregnancy nothing is asked about a birth, the body after it or exercise: no session can open. Safety and mood are.
PREGNANT = "pregnant"
ASKED_IN_PREGNANCY = ("now", "today", "self_safety", "unreal", "time_since_birth", "mood")

# Answers that need a call before anything else, as "question.option".
URGENT_OPTIONS = frozenset(
    f"{question.id}.{option.id}"
    for question in QUESTIONS
    for option in question.options
    if option.urgency.rank >= Urgency.RIGHT_AWAY.rank
)

# screening data, flagToSafetyFlag. "cesarean" is computed from the days since birth.
SAFETY_FLAG_OF = {
    "doming": SafetyFlag.DOMING,
    "heaviness": SafetyFlag.HEAVINESS,
    "pelvic_pain": SafetyFlag.PELVIC_PAIN,
    "leaking": SafetyFlag.LEAKING,
    "pf_tension": SafetyFlag.PF_TENSION,
}

# screening data, flagToClearedSymptom.
CLEARED_SYMPTOM_OF = {
    "cleared_bulge": ClearedSymptom.BULGE,
    "cleared_bowel_leak": ClearedSymptom.BOWEL_LEAK,
    "cleared_leak3": ClearedSymptom.LEAK3,
    "cleared_pain7": ClearedSymptom.PAIN7,
    "cleared_bleeding": ClearedSymptom.BLEEDING,
}

# The bladder answer on the leak scale of the check-ins, 0 to 3: the baseline when the program begins.
LEAK_LEVEL_OF = {"leak_some": 1, "leak_lots": 3, "leak_lots_ok": 3}

# screening data, answerToBaselineHeaviness: the usual level when the program begins. A bulge not checked is none.
HEAVINESS_LEVEL_OF = {"mild": 1, "strong": 2, "bulge_ok": 3, "pessary": 1}

# The birth type, where the answer says more than that.
BIRTH_TYPE_OF = {"vbac": BirthType.VAGINAL, "assisted_ok": BirthType.ASSISTED}

BLEEDING_CHECK_DAYS = 56  # section B, Q9: still bleeding 8 weeks or more since birth

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """Where a screening leads.

    `reasons` are the (question, answer) pairs that gave the disposition, empty for "start"; `stops` all that
    ask for a clinician before a session, whichever is worst. `red_flags` are ids of `red_flags.RED_FLAGS`.
    """

    disposition: Disposition
    urgency: Urgency
    flags: frozenset[str]
    red_flags: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    stops: tuple[tuple[str, str], ...] = ()

    @property
    def needs_call_now(self) -> bool:
        """Whether to say at once, before anything else, to call a clinician right away or the emergency number."""
        return self.urgency.rank >= Urgency.RIGHT_AWAY.rank


def evaluate(answers: Answers) -> ScreeningResult:
    """Judge all 18 answers: question id → option id, or a list of option ids where several may be chosen.

    Raises AnswerError when an answer is missing or unknown, or "none of these" is combined.
    """
    for question in QUESTIONS:
        if _unanswered(answers.get(question.id)):
            raise AnswerError(question.id, "missing")
    return evaluate_so_far(answers)


def evaluate_asked(answers: Answers) -> ScreeningResult:
    """Judge all answers that are asked for: 18, or in pregnancy those of ASKED_IN_PREGNANCY, which never allow a start.

    Raises AnswerError as `evaluate` does.
    """
    if not is_pregnant(answers):
        return evaluate(answers)
    for question_id in ASKED_IN_PREGNANCY:
        if _unanswered(answers.get(question_id)):
            raise AnswerError(question_id, "missing")
    return evaluate_so_far(answers)


def is_pregnant(answers: Answers) -> bool:
    """Whether the answers so far say that the birth is still to come."""
    return answers.get("time_since_birth") == PREGNANT


def evaluate_so_far(answers: Answers) -> ScreeningResult:
    """Judge the answers given until now, so that an emergency shows at once. Never read it as leave to start.

    Raises AnswerError for an unknown answer or question; unanswered questions are passed over.
    """
    chosen = list(_chosen(answers))
    disposition = Disposition.worst(option.disposition for _, option in chosen)
    red_flags = (option.red_flag for _, option in chosen if option.red_flag)
    return ScreeningResult(
        disposition=disposition,
        urgency=Urgency.worst(option.urgency for _, option in chosen),
        flags=frozenset(flag for _, option in chosen for flag in option.flags),
        red_flags=tuple(dict.fromkeys(red_flags)),
        reasons=tuple(
            (question.id, option.id)
            for question, option in chosen
            if option.disposition == disposition != Disposition.START
        ),
        stops=tuple(
            (question.id, option.id) for question, option in chosen if not start_allowed(option.disposition)
        ),
    )


def option_of(question_id: str, option_id: str) -> OptionRule:
    """The row of an answer. Raises AnswerError when there is none."""
    for question in QUESTIONS:
        if question.id == question_id and (option := question.option(option_id)):
            return option
    raise AnswerError(question_id, "unknown", option_id)


def start_allowed(disposition: Disposition) -> bool:
    """Whether sessions may begin."""
    return disposition in (Disposition.START, Disposition.START_MODIFIED)


def safety_flags(flags: Collection[str], days_since_birth: int | None = None) -> frozenset[SafetyFlag]:
    """The safety flags these screening flags set; `cesarean_lt_8w` only when the days are given."""
    found = {SAFETY_FLAG_OF[flag] for flag in flags if flag in SAFETY_FLAG_OF}
    if "cesarean" in flags and days_since_birth is not None and days_since_birth < CESAREAN_SWAP_DAYS:
        found.add(SafetyFlag.CESAREAN_LT_8W)
    return frozenset(found)


# Answers that ask for a clinician first, and the symptom that such a clinician may clear.
SYMPTOM_OF_ANSWER = {
    ("heaviness", "bulge"): ClearedSymptom.BULGE,
    ("bowel", "stool"): ClearedSymptom.BOWEL_LEAK,
    ("bladder", "leak_lots"): ClearedSymptom.LEAK3,
    ("pain", "p7_10"): ClearedSymptom.PAIN7,
    ("bleeding", "after_8w"): ClearedSymptom.BLEEDING,
}


def cleared_symptoms(flags: Collection[str]) -> frozenset[ClearedSymptom]:
    """The symptoms a clinician agreed to exercise with, by these screening flags."""
    return frozenset(CLEARED_SYMPTOM_OF[flag] for flag in flags if flag in CLEARED_SYMPTOM_OF)


def leak_level(answers: Answers) -> int:
    """Return the leak level (0 to 3) by the bladder question."""
    return LEAK_LEVEL_OF.get(str(answers.get("bladder")), 0)


def heaviness_level(answers: Answers) -> int:
    """Return the usual heaviness (0 to 3) by the heaviness question."""
    return HEAVINESS_LEVEL_OF.get(str(answers.get("heaviness")), 0)


def birth_type(answers: Answers) -> BirthType | None:
    """Return the birth type; None where that is not answered."""
    answer = str(answers.get("birth_mode", ""))
    return BIRTH_TYPE_OF.get(answer) or next((one for one in BirthType if one == answer), None)


def time_since_birth_option(days: int) -> str:
    """The answer to question 5 for this many days since birth. Raises AnswerError for less than 0."""
    if days < 0:
        raise AnswerError("time_since_birth", "unknown", days)
    for below, option in ((14, "lt_14d"), (42, "d14_41"), (84, "d42_83")):
        if days < below:
            return option
    return "ge_84d"


def with_birth_facts(answers: Answers, days: int) -> dict[str, object]:
    """Return the answers, corrected where the days since birth contradict them.

    Question 5 follows from the days; "not checked yet" becomes the answer of its time (question 8, 12
    weeks); bleeding that gets lighter is still a reason for a check from 8 weeks on (question 9, the more
    careful reading, and rule PRE-C7).
    """
    known = dict(answers)
    if not is_pregnant(known):
        known["time_since_birth"] = time_since_birth_option(days)
    if known.get("clearance") in ("not_yet_early", "not_yet_late"):
        late = known["time_since_birth"] == "ge_84d"
        known["clearance"] = "not_yet_late" if late else "not_yet_early"
    if known.get("bleeding") == "lighter" and days >= BLEEDING_CHECK_DAYS:
        known["bleeding"] = "after_8w"
    return known


def _unanswered(given: object) -> bool:
    return given is None or given == "" or given == [] or given == ()


def _chosen(answers: Answers) -> Iterator[tuple[Question, OptionRule]]:
    """Every chosen answer with its question, in the questions' order; raises AnswerError."""
    for name in answers:
        if name not in {question.id for question in QUESTIONS}:
            raise AnswerError(str(name), "unknown")
    for question in QUESTIONS:
        given = answers.get(question.id)
        if not _unanswered(given):
            for option_id in _option_ids(question, given):
                option = question.option(option_id)
                if option is None:
                    raise AnswerError(question.id, "unknown", option_id)
                yield question, option


def _option_ids(question: Question, given: object) -> list[object]:
    if not question.multi:
        return [given]
    if isinstance(given, str):
        return [given]
    if not isinstance(given, list | tuple | set | frozenset):
        raise AnswerError(question.id, "unknown", given)
    if NONE_OF_THESE in given and len(given) > 1:
        raise AnswerError(question.id, "combined", given)
    return list(given)
