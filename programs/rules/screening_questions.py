"""The 18 questions of the screening, one row an answer.

Source: evidence base, section B; `Question.source` names the question there, and an option's `red_flag`
leads to the sources of that finding in `red_flags`. The wording lives with the labels.
"""

from dataclasses import dataclass

from .vocabulary import Disposition, Urgency

START, MODIFIED = Disposition.START, Disposition.START_MODIFIED
WAIT, URGENT = Disposition.WAIT_CLINICIAN, Disposition.URGENT_NOW
NONE, ROUTINE = Urgency.NONE, Urgency.ROUTINE
SAME_DAY, RIGHT_AWAY, EMERGENCY = Urgency.SAME_DAY, Urgency.RIGHT_AWAY, Urgency.EMERGENCY

NONE_OF_THESE = "none"  # the answer of a multi question that stands alone


@dataclass(frozen=True, slots=True)
class OptionRule:
    """One answer: where it leads, how urgent it is, the flags it sets and the red flag it stands for."""

    id: str
    disposition: Disposition
    urgency: Urgency
    flags: tuple[str, ...] = ()
    red_flag: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Of a `multi` question several answers may be chosen."""

    id: str
    number: int
    section: str
    options: tuple[OptionRule, ...]
    multi: bool = False

    @property
    def source(self) -> str:
        """Where the question and its rows come from."""
        return f"evidence base, section B, Q{self.number}"

    def option(self, option_id: object) -> OptionRule | None:
        """The row of this answer, None when there is none."""
        return next((option for option in self.options if option.id == option_id), None)


QUESTIONS: tuple[Question, ...] = (
    Question("now", 1, "safety", (
        OptionRule("chest_pain", URGENT, EMERGENCY, red_flag="RF01"),
        OptionRule("breathless", URGENT, EMERGENCY, red_flag="RF02"),
        OptionRule("cough_blood", URGENT, EMERGENCY, red_flag="RF02"),
        OptionRule("faint_seizure", URGENT, EMERGENCY, red_flag="RF03"),
        OptionRule("heavy_bleeding", URGENT, EMERGENCY, red_flag="RF04"),
        OptionRule("stroke_signs", URGENT, EMERGENCY, red_flag="RF05"),
        OptionRule("worst_headache", URGENT, EMERGENCY, red_flag="RF06"),
        OptionRule("bp_severe", URGENT, EMERGENCY, red_flag="RF07"),
        OptionRule("saddle_numb", URGENT, EMERGENCY, red_flag="RF08"),
        OptionRule("sepsis_signs", URGENT, EMERGENCY, red_flag="RF25"),
        OptionRule("none", START, NONE),
    ), multi=True),
    Question("today", 2, "safety", (
        OptionRule("leg_clot", URGENT, RIGHT_AWAY, red_flag="RF09"),
        OptionRule("fever", URGENT, SAME_DAY, red_flag="RF10"),
        OptionRule("wound_infected", URGENT, SAME_DAY, red_flag="RF11"),
        OptionRule("bad_discharge", URGENT, SAME_DAY, red_flag="RF12"),
        OptionRule("belly_severe", URGENT, SAME_DAY, red_flag="RF13"),
        OptionRule("headache_persist", URGENT, SAME_DAY, red_flag="RF06"),
        OptionRule("preeclampsia_signs", URGENT, RIGHT_AWAY, red_flag="RF07"),
        OptionRule("bp_high", URGENT, SAME_DAY, red_flag="RF07"),
        OptionRule("cannot_pee", URGENT, SAME_DAY, red_flag="RF14"),
        OptionRule("breast_ill", URGENT, SAME_DAY, red_flag="RF15"),
        OptionRule("vomiting", URGENT, SAME_DAY, red_flag="RF16"),
        OptionRule("heart_racing", URGENT, SAME_DAY, red_flag="RF17"),
        OptionRule("extreme_tired", URGENT, SAME_DAY, red_flag="RF18"),
        OptionRule("leg_weak", URGENT, SAME_DAY, red_flag="RF26"),
        OptionRule("dizzy_often", WAIT, ROUTINE, ("dizzy",), "RF21"),
        OptionRule("none", START, NONE),
    ), multi=True),
    Question("self_safety", 3, "safety", (
        OptionRule("no", START, NONE),
        OptionRule("yes_not_now", URGENT, SAME_DAY, ("mood_support",), "RF19"),
        OptionRule("yes_at_risk", URGENT, EMERGENCY, ("mood_support",), "RF19"),
        OptionRule("yes_supported", MODIFIED, ROUTINE, ("mood_support",), "RF19"),
        OptionRule("skip", MODIFIED, ROUTINE, ("mood_support",)),
    )),
    Question("unreal", 4, "safety", (
        OptionRule("no", START, NONE),
        OptionRule("yes", URGENT, EMERGENCY, ("mood_support",), "RF20"),
    )),
    Question("time_since_birth", 5, "birth", (
        OptionRule("lt_14d", MODIFIED, NONE, ("early_recovery",)),
        OptionRule("d14_41", MODIFIED, NONE, ("phase1_only",)),
        OptionRule("d42_83", START, NONE),
        OptionRule("ge_84d", START, NONE),
        OptionRule("pregnant", WAIT, ROUTINE, ("not_postpartum",)),
    )),
    Question("birth_mode", 6, "birth", (
        OptionRule("vaginal", START, NONE),
        OptionRule("vbac", START, NONE, ("old_scar",)),
        OptionRule("assisted", MODIFIED, ROUTINE, ("assisted",)),
        OptionRule("assisted_ok", MODIFIED, NONE, ("assisted", "pf_checked")),
        OptionRule("cesarean", MODIFIED, NONE, ("cesarean",)),
    )),
    Question("tear", 7, "birth", (
        OptionRule("none", START, NONE),
        OptionRule("minor", START, NONE, ("perineal_care",)),
        OptionRule("oasi_ok", MODIFIED, NONE, ("oasi",)),
        OptionRule("oasi_wait", WAIT, ROUTINE, ("oasi",)),
        OptionRule("levator", MODIFIED, ROUTINE, ("levator", "refer_pt")),
        OptionRule("unsure", MODIFIED, ROUTINE, ("tear_unknown",)),
    )),
    Question("clearance", 8, "birth", (
        OptionRule("ok", START, NONE),
        OptionRule("ok_limits", MODIFIED, NONE, ("clinician_limits",)),
        OptionRule("not_yet_early", MODIFIED, NONE, ("clearance_pending",)),
        OptionRule("not_yet_late", MODIFIED, ROUTINE, ("clearance_advised",)),
        OptionRule("told_wait", WAIT, ROUTINE, ("told_wait",)),
    )),
    Question("bleeding", 9, "body", (
        OptionRule("none", START, NONE),
        OptionRule("lighter", START, NONE),
        OptionRule("heavier", URGENT, SAME_DAY, ("bleeding_up",), "RF04"),
        OptionRule("after_8w", WAIT, ROUTINE, ("bleeding_8w",)),
        OptionRule("after_8w_ok", MODIFIED, NONE, ("cleared_bleeding",)),
    )),
    Question("bladder", 10, "body", (
        OptionRule("fine", START, NONE),
        OptionRule("leak_some", MODIFIED, NONE, ("leaking",)),
        OptionRule("leak_lots", WAIT, ROUTINE, ("leaking",)),
        OptionRule("leak_lots_ok", MODIFIED, NONE, ("leaking", "cleared_leak3")),
        OptionRule("empty_problem", WAIT, ROUTINE, ("bladder_empty",)),
        OptionRule("burning", WAIT, ROUTINE, ("uti_like",), "RF28"),
    )),
    Question("bowel", 11, "body", (
        OptionRule("fine", START, NONE),
        OptionRule("strain", MODIFIED, NONE, ("bowel_habit",)),
        OptionRule("gas", MODIFIED, ROUTINE, ("anal_leak",)),
        OptionRule("stool_ok", MODIFIED, NONE, ("anal_leak_known", "cleared_bowel_leak")),
        OptionRule("stool", WAIT, ROUTINE, ("anal_leak",), "RF23"),
    )),
    Question("heaviness", 12, "body", (
        OptionRule("none", START, NONE),
        OptionRule("mild", MODIFIED, NONE, ("heaviness",)),
        OptionRule("strong", MODIFIED, ROUTINE, ("heaviness", "refer_pt")),
        OptionRule("pessary", MODIFIED, NONE, ("heaviness", "pessary", "cleared_bulge")),
        OptionRule("bulge_ok", MODIFIED, NONE, ("heaviness", "cleared_bulge")),
        OptionRule("bulge", WAIT, ROUTINE, ("heaviness", "refer_pt"), "RF22"),
    )),
    Question("tension", 13, "body", (
        OptionRule("none", START, NONE),
        OptionRule("some", MODIFIED, ROUTINE, ("pf_tension",)),
        OptionRule("severe_ok", MODIFIED, NONE, ("pf_tension",)),
        OptionRule("severe", WAIT, ROUTINE, ("pf_tension",)),
    )),
    Question("pain", 14, "body", (
        OptionRule("p0_3", START, NONE),
        OptionRule("p4_6", MODIFIED, NONE, ("pelvic_pain",)),
        OptionRule("p7_10", WAIT, ROUTINE, ("pelvic_pain",)),
        OptionRule("p7_10_ok", MODIFIED, NONE, ("pelvic_pain", "cleared_pain7")),
        OptionRule("leg_nerve", WAIT, ROUTINE, ("nerve_signs",)),
        OptionRule("red_back", WAIT, ROUTINE, ("back_check",), "RF24"),
    )),
    Question("belly", 15, "body", (
        OptionRule("no", START, NONE),
        OptionRule("unsure", START, NONE, ("offer_drcheck",)),
        OptionRule("dome", MODIFIED, NONE, ("doming",)),
        OptionRule("lump", WAIT, ROUTINE, ("hernia_like",), "RF27"),
    )),
    Question("wound", 16, "body", (
        OptionRule("na", START, NONE),
        OptionRule("mild", START, NONE),
        OptionRule("sore", MODIFIED, NONE, ("wound_sore",)),
        OptionRule("open", URGENT, SAME_DAY, ("wound_open",), "RF11"),
    )),
    Question("health", 17, "health", (
        OptionRule("none", START, NONE),
        OptionRule("cleared", MODIFIED, NONE, ("medical",)),
        OptionRule("anemia", MODIFIED, ROUTINE, ("anemia",)),
        OptionRule("low_fuel", MODIFIED, ROUTINE, ("low_energy",)),
        OptionRule("hypermobile", MODIFIED, NONE, ("hypermobility",)),
        OptionRule("heart_bp_ok", MODIFIED, ROUTINE, ("medical", "heart_bp")),
        OptionRule("not_cleared", WAIT, ROUTINE, ("medical",)),
    ), multi=True),
    Question("mood", 18, "health", (
        OptionRule("rarely", START, NONE),
        OptionRule("some", START, NONE, ("mood_info",)),
        OptionRule("most", MODIFIED, ROUTINE, ("mood_support",)),
    )),
)  # fmt: skip
