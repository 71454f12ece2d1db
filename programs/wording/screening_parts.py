"""What heads each part of the screening, and what a result rests on, in the member's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.texts import Text


@dataclass(frozen=True)
class PartWords:
    """The title of a part, a sentence below it, and how long it takes."""

    title: Text
    lead: Text
    takes: Text


PART_WORDS = (
    PartWords(
        _("First, your safety"),
        _("If one of these fits, you learn at once who to call."),
        _("about 1 minute"),
    ),
    PartWords(
        _("Now the birth"), _("Every birth is different. Yours decides where you begin."), _("about 1 minute")
    ),
    PartWords(
        _("Now your body"),
        _("Think of the last two weeks. There are no wrong answers; they only decide where you begin."),
        _("about 1 minute"),
    ),
    PartWords(_("Last, your health"), _("Then you see what your answers mean."), _("under a minute")),
)

# What an answer is called where a result rests on it: “because of …”. One for each answer that changes the result.
REASON_WORDS: dict[tuple[str, str], Text] = {
    ("now", "chest_pain"): _("the pain or tightness in your chest"),
    ("now", "breathless"): _("your trouble breathing"),
    ("now", "cough_blood"): _("coughing up blood"),
    ("now", "faint_seizure"): _("the fainting or seizure"),
    ("now", "heavy_bleeding"): _("the heavy bleeding"),
    ("now", "stroke_signs"): _("the sudden signs in your face, speech or one side"),
    ("now", "worst_headache"): _("the sudden, bad headache"),
    ("now", "bp_severe"): _("your very high blood pressure"),
    ("now", "saddle_numb"): _("the new numbness, weakness or loss of control"),
    ("now", "sepsis_signs"): _("feeling very ill and getting worse fast"),
    ("today", "leg_clot"): _("the pain or swelling in your leg"),
    ("today", "fever"): _("your fever, or feeling ill all over"),
    ("today", "wound_infected"): _("your stitches or cut"),
    ("today", "bad_discharge"): _("the smell of your discharge or bleeding"),
    ("today", "belly_severe"): _("the strong pain in your belly"),
    ("today", "headache_persist"): _("the headache that will not go away"),
    ("today", "preeclampsia_signs"): _("the changes in your sight, the pain under your ribs, or the swelling"),
    ("today", "bp_high"): _("your high blood pressure"),
    ("today", "cannot_pee"): _("not being able to pee"),
    ("today", "breast_ill"): _("your sore breast and feeling ill"),
    ("today", "vomiting"): _("being sick so much"),
    ("today", "heart_racing"): _("your fast heartbeat"),
    ("today", "extreme_tired"): _("the sudden, extreme weakness"),
    ("today", "leg_weak"): _("the weak or numb leg or foot"),
    ("today", "dizzy_often"): _("being dizzy often"),
    ("self_safety", "yes_not_now"): _("the thoughts you told us about"),
    ("self_safety", "yes_at_risk"): _("the thoughts you told us about"),
    ("self_safety", "yes_supported"): _("the thoughts you told us about"),
    ("self_safety", "skip"): _("a question you would rather not answer"),
    ("unreal", "yes"): _("what happened to you in the last few days"),
    ("time_since_birth", "lt_14d"): _("the first two weeks after birth"),
    ("time_since_birth", "d14_41"): _("the first six weeks after birth"),
    ("time_since_birth", "pregnant"): _("the birth still to come"),
    ("birth_mode", "assisted"): _("the birth with forceps or vacuum"),
    ("birth_mode", "assisted_ok"): _("the birth with forceps or vacuum"),
    ("birth_mode", "cesarean"): _("your cesarean"),
    ("tear", "oasi_ok"): _("your grade 3 or 4 tear"),
    ("tear", "oasi_wait"): _("your grade 3 or 4 tear, which has not been checked yet"),
    ("tear", "levator"): _("the deep tear in your pelvic floor muscle"),
    ("tear", "unsure"): _("not knowing if you had a tear"),
    ("clearance", "ok_limits"): _("the limits your clinician gave you"),
    ("clearance", "not_yet_early"): _("the check after birth that is still to come"),
    ("clearance", "not_yet_late"): _("the check after birth that is still to come"),
    ("clearance", "told_wait"): _("your clinician’s advice to wait"),
    ("bleeding", "heavier"): _("the bleeding that got heavier or bright red again"),
    ("bleeding", "after_8w"): _("the bleeding 8 weeks or more after birth"),
    ("bleeding", "after_8w_ok"): _("the bleeding that a clinician has checked"),
    ("bladder", "leak_some"): _("leaking a little"),
    ("bladder", "leak_lots"): _("leaking a lot"),
    ("bladder", "leak_lots_ok"): _("leaking a lot"),
    ("bladder", "empty_problem"): _("trouble feeling or emptying your bladder"),
    ("bladder", "burning"): _("the burning when you pee"),
    ("bowel", "strain"): _("straining or constipation"),
    ("bowel", "gas"): _("gas you cannot always hold"),
    ("bowel", "stool_ok"): _("leaking stool"),
    ("bowel", "stool"): _("leaking stool"),
    ("heaviness", "mild"): _("the heaviness you feel"),
    ("heaviness", "strong"): _("the strong heaviness you feel"),
    ("heaviness", "pessary"): _("your pessary"),
    ("heaviness", "bulge_ok"): _("the bulge you feel"),
    ("heaviness", "bulge"): _("the bulge you feel"),
    ("tension", "some"): _("the pain or tightness in your pelvic floor"),
    ("tension", "severe_ok"): _("the strong pain in your pelvic floor"),
    ("tension", "severe"): _("the strong pain in your pelvic floor"),
    ("pain", "p4_6"): _("your pain of 4 to 6"),
    ("pain", "p7_10"): _("your pain of 7 or more"),
    ("pain", "p7_10_ok"): _("your pain of 7 or more"),
    ("pain", "leg_nerve"): _("the pain that shoots down your leg"),
    ("pain", "red_back"): _("your back pain"),
    ("belly", "dome"): _("the ridge or gap along your belly"),
    ("belly", "lump"): _("the lump you feel"),
    ("wound", "sore"): _("your sore scar or stitches"),
    ("wound", "open"): _("the scar or stitches that are open or weeping"),
    ("health", "cleared"): _("your health problem"),
    ("health", "anemia"): _("your low iron or blood count"),
    ("health", "low_fuel"): _("not being able to eat enough"),
    ("health", "hypermobile"): _("your very bendy joints"),
    ("health", "heart_bp_ok"): _("your heart or blood pressure"),
    ("health", "not_cleared"): _("a health problem you have not asked about yet"),
    ("mood", "most"): _("how low or worried you have felt"),
}  # fmt: skip


def because(reasons: Iterable[tuple[str, str]]) -> str:
    """Return what a result rests on as one phrase, "your fever, your cesarean and leaking a little"; "" for nothing."""
    said = dict.fromkeys(str(REASON_WORDS[reason]) for reason in reasons)
    return get_text_list(list(said), gettext("and"))
