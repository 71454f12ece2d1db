"""The questions and answers of the screening, word for word as reviewed (evidence base, section B).

The notes are those of the reviewed data that are addressed to the app, reworded for members.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.texts import Text


@dataclass(frozen=True)
class OptionWords:
    """An answer to choose, and a note on what it changes (empty if nothing)."""

    label: Text
    note: Text = ""


@dataclass(frozen=True)
class QuestionWords:
    """A question, its help, and its answers by id."""

    text: Text
    help: Text = ""
    options: Mapping[Any, OptionWords] = field(default_factory=dict)


QUESTION_WORDS = {
    "now": QuestionWords(
        _("Do you have any of these right now, or in the last 24 hours?"),
        _("Pick all that fit. If none fit, choose the last line."),
        {
            "chest_pain": OptionWords(_("Chest pain, or a tight or crushing feeling in your chest")),
            "breathless": OptionWords(
                _("Trouble breathing, or short of breath at rest or when you lie flat")
            ),
            "cough_blood": OptionWords(_("Coughing up blood")),
            "faint_seizure": OptionWords(_("Fainted, or had a seizure (fit)")),
            "heavy_bleeding": OptionWords(
                _("Bleeding that soaks a pad in an hour or less, or clots bigger than an egg")
            ),
            "stroke_signs": OptionWords(
                _("A drooping face, slurred speech, sudden confusion, or weakness on one side")
            ),
            "worst_headache": OptionWords(
                _("A sudden, worst-ever headache, or a bad headache with changes in your sight")
            ),
            "bp_severe": OptionWords(
                _("A blood pressure reading of 160 or more on top, or 110 or more below")
            ),
            "saddle_numb": OptionWords(
                _(
                    "New numbness around your genitals, bottom or inner thighs; new loss of bladder or bowel control with back pain; or weakness in both legs"
                )
            ),
            "sepsis_signs": OptionWords(
                _(
                    "Very ill and getting worse fast: cold, pale or blotchy skin, very fast breathing, or feeling confused"
                )
            ),
            "none": OptionWords(_("None of these")),
        },
    ),
    "today": QuestionWords(
        _("In the last few days, have you had any of these?"),
        _("Pick all that fit."),
        {
            "leg_clot": OptionWords(
                _("Pain, swelling, warmth or redness in one leg, often the calf"),
                _("Please call a clinician right now, not only today."),
            ),
            "fever": OptionWords(
                _(
                    "A temperature of 38 °C (100.4 °F) or more, shaking chills, or feeling ill all over as if with the flu"
                )
            ),
            "wound_infected": OptionWords(
                _("A cut or stitches that are red, hot, opening, oozing or smelly")
            ),
            "bad_discharge": OptionWords(_("Vaginal discharge or bleeding that smells bad")),
            "belly_severe": OptionWords(_("Severe belly pain that does not go away")),
            "headache_persist": OptionWords(
                _(
                    "A bad headache that will not go away with rest or pain relief, or that is worse when you sit or stand up (for example after an epidural)"
                )
            ),
            "preeclampsia_signs": OptionWords(
                _(
                    "Sudden changes in your sight, pain under your right ribs, or sudden swelling of your face or hands"
                ),
                _("Please call a clinician right now, not only today."),
            ),
            "bp_high": OptionWords(_("A blood pressure reading of 140 to 159 on top, or 90 to 109 below")),
            "cannot_pee": OptionWords(_("You cannot pee, or only dribble, for 6 hours or more")),
            "breast_ill": OptionWords(_("A hot, red, sore breast and feeling ill, like the flu")),
            "vomiting": OptionWords(_("Being sick so much that you cannot keep fluids down")),
            "heart_racing": OptionWords(_("A fast or pounding heartbeat at rest that does not settle")),
            "extreme_tired": OptionWords(
                _("Sudden, extreme weakness or tiredness, far beyond normal new-parent tiredness")
            ),
            "leg_weak": OptionWords(_("A foot that drops or drags, or new numbness or weakness in one leg")),
            "dizzy_often": OptionWords(
                _("Dizzy or light-headed often, or each time you stand up"),
                _("Please be checked this week. Breathing sessions sitting or lying are fine."),
            ),
            "none": OptionWords(_("None of these")),
        },
    ),
    "self_safety": QuestionWords(
        _(
            "In the last 2 weeks, have you had thoughts of hurting yourself or your baby, or that life is not worth living?"
        ),
        _(
            "Many new parents have frightening thoughts. You deserve support, and telling us will not get you in trouble."
        ),
        {
            "no": OptionWords(_("No")),
            "yes_not_now": OptionWords(
                _("Yes, but I am safe right now"),
                _("Here are people you can talk to. Please speak with someone today."),
            ),
            "yes_at_risk": OptionWords(
                _("Yes, and I may not be able to stay safe"),
                _("Please call a crisis line or the emergency number now."),
            ),
            "yes_supported": OptionWords(
                _("Yes, and a clinician already knows and is helping me; I am safe"),
                _("People to talk to are always one tap away. The program may go on."),
            ),
            "skip": OptionWords(
                _("I would rather not say"),
                _("People to talk to are always one tap away. Breathing sessions stay open."),
            ),
        },
    ),
    "unreal": QuestionWords(
        _(
            "In the last few days, did any of these happen to you? Seeing or hearing things other people do not. Feeling very mixed up. Feeling far too high, with almost no need for sleep."
        ),
        _("If someone close to you is worried about this, please choose yes."),
        {
            "no": OptionWords(_("No")),
            "yes": OptionWords(
                _("Yes, or someone close to me is worried"),
                _("Please call the emergency number now, and ask another adult to stay with you."),
            ),
        },
    ),
    "time_since_birth": QuestionWords(
        _("How long ago did you give birth?"),
        _("Use the birth date if you can. The app counts the days."),
        {
            "lt_14d": OptionWords(
                _("Less than 2 weeks"),
                _("For the first two weeks: breathing, gentle pelvic floor work and short walks."),
            ),
            "d14_41": OptionWords(_("2 weeks to just under 6 weeks"), _("First phase only for now.")),
            "d42_83": OptionWords(
                _("6 weeks to just under 12 weeks"),
                _("Phases open step by step, when your body has had its time."),
            ),
            "ge_84d": OptionWords(_("12 weeks or more (months or years is fine)")),
            "pregnant": OptionWords(
                _("I am pregnant now, or have not given birth yet"),
                _("This program is for after birth. Ask your maternity team about exercise in pregnancy."),
            ),
        },
    ),
    "birth_mode": QuestionWords(
        _("How did you give birth?"),
        _("If twins were born in different ways, choose cesarean."),
        {
            "vaginal": OptionWords(_("Vaginal birth")),
            "vbac": OptionWords(
                _("Vaginal birth, and I had a cesarean before"),
                _(
                    "Your dates are those of a vaginal birth. If the old scar pulls or hurts, move smaller and tell us."
                ),
            ),
            "assisted": OptionWords(
                _("Vaginal birth with forceps or vacuum, and my pelvic floor has not been checked yet"),
                _(
                    "Phases open a little later until a pelvic floor check is recorded. Ask your clinician for a referral."
                ),
            ),
            "assisted_ok": OptionWords(
                _("Vaginal birth with forceps or vacuum, and my pelvic floor has been checked since"),
                _(
                    "Your dates are those of a vaginal birth. Pelvic floor training with a physical therapist is advised."
                ),
            ),
            "cesarean": OptionWords(
                _("Cesarean birth"),
                _("Phases open a little later after a cesarean, and some exercises change until 8 weeks."),
            ),
        },
    ),
    "tear": QuestionWords(
        _("Did you have a tear or cut (episiotomy)?"),
        _("Grade 3 and 4 tears reach the muscle around the back passage. Your birth notes will say."),
        {
            "none": OptionWords(_("No tear or cut, or a cesarean only")),
            "minor": OptionWords(
                _("A small tear, grade 1 or 2, or a cut"), _("In the first 6 weeks, comfort comes first.")
            ),
            "oasi_ok": OptionWords(
                _("A grade 3 or 4 tear, and a clinician has said exercise is OK"),
                _(
                    "Phases open as after a cesarean. No straining; pelvic health physical therapy is advised."
                ),
            ),
            "oasi_wait": OptionWords(
                _("A grade 3 or 4 tear, and I have not been checked yet"),
                _(
                    "Book a check with your maternity team or a pelvic health physical therapist first. Breathing and Let-Go are fine."
                ),
            ),
            "levator": OptionWords(
                _("A deep tear in the pelvic floor muscle (levator), seen or suspected"),
                _(
                    "First phase only until a pelvic health check; then phases open a little later. No straining."
                ),
            ),
            "unsure": OptionWords(_("I am not sure"), _("First phase only until you find out.")),
        },
    ),
    "clearance": QuestionWords(
        _("Has a clinician checked you since the birth and talked about exercise?"),
        _("Often called the 6-week check or postpartum visit."),
        {
            "ok": OptionWords(_("Yes, and I can exercise")),
            "ok_limits": OptionWords(
                _("Yes, with some limits"), _("Your clinician's limits come first, always.")
            ),
            "not_yet_early": OptionWords(
                _("Not yet, and it is less than 12 weeks since birth"),
                _("First phase only until the check is done."),
            ),
            "not_yet_late": OptionWords(
                _("Not yet, and it is 12 weeks or more since birth"),
                _(
                    "You may start. Please book a check. It is needed before the second phase after a cesarean, an assisted birth, a grade 3 or 4 tear, or with a health condition."
                ),
            ),
            "told_wait": OptionWords(
                _("Yes, and I was told to wait"), _("Please wait until they say you can start.")
            ),
        },
    ),
    "bleeding": QuestionWords(
        _("Tell us about bleeding from your vagina. Do not count a normal period."),
        _("Bleeding after birth (lochia) often lasts 2 to 6 weeks and slowly gets lighter."),
        {
            "none": OptionWords(_("None, or only my period")),
            "lighter": OptionWords(_("Some, and it is getting lighter")),
            "heavier": OptionWords(
                _("It got heavier or bright red again"), _("Rest and call your maternity team today.")
            ),
            "after_8w": OptionWords(
                _("I still bleed or spot, it is 8 weeks or more since birth, and it has not been checked"),
                _("Ask your clinician before you start."),
            ),
            "after_8w_ok": OptionWords(
                _(
                    "I still bleed or spot a little after 8 weeks, and a clinician has checked it and said gentle exercise is OK"
                ),
                _("If it gets heavier or bright red again: rest, and call today."),
            ),
        },
    ),
    "bladder": QuestionWords(
        _("How is your bladder?"),
        _("Think of the last 2 weeks."),
        {
            "fine": OptionWords(_("No problems")),
            "leak_some": OptionWords(
                _("I leak a little, for example with a cough, laugh or rush"), _("Common and treatable.")
            ),
            "leak_lots": OptionWords(
                _("I leak a lot, or all the time, and have not been checked"),
                _("Please be checked first. Breathing and Let-Go are fine."),
            ),
            "leak_lots_ok": OptionWords(
                _("I leak a lot, and a clinician has said gentle exercise is OK"), _("Common and treatable.")
            ),
            "empty_problem": OptionWords(
                _("I cannot feel when it is full, or it is hard to start or empty"),
                _("Please be checked this week."),
            ),
            "burning": OptionWords(
                _("It burns or hurts when I pee"), _("Ask a clinician or pharmacist in the next day or two.")
            ),
        },
    ),
    "bowel": QuestionWords(
        _("How are your bowels?"),
        _("Think of the last 2 weeks."),
        {
            "fine": OptionWords(_("No problems")),
            "strain": OptionWords(
                _("I am constipated or strain"), _("No breath holding. Week 8 is about bathroom habits.")
            ),
            "gas": OptionWords(
                _("I cannot always hold gas"),
                _("You may start. First and second phase only until a pelvic health check."),
            ),
            "stool_ok": OptionWords(
                _("I leak stool, and a clinician has said gentle exercise is OK"),
                _("Easier versions; no straining."),
            ),
            "stool": OptionWords(
                _("I leak stool, or cannot reach the toilet in time, and have not been checked"),
                _("Please be checked first. This can be treated."),
            ),
        },
    ),
    "heaviness": QuestionWords(
        _("Do you feel heaviness, dragging or a bulge in your vagina?"),
        "",
        {
            "none": OptionWords(_("No")),
            "mild": OptionWords(
                _("A little heaviness, mostly later in the day or after standing"),
                _("More work lying down, and lighter loads."),
            ),
            "strong": OptionWords(
                _("Strong heaviness, or every day"), _("First phase only until a pelvic health check.")
            ),
            "pessary": OptionWords(
                _(
                    "I wear a pessary (a support ring), it sits well, and a clinician has said gentle exercise is OK"
                ),
                _(
                    "Keep it in if that feels best. If it slips out, hurts or bleeds, stop and call the clinic that fitted it."
                ),
            ),
            "bulge_ok": OptionWords(
                _("I have a bulge, and a clinician has said gentle exercise is OK"),
                _("More work lying down, and lighter loads."),
            ),
            "bulge": OptionWords(
                _("I can see or feel a bulge at or outside the opening, and have not been checked"),
                _("Please be checked first. Breathing and Let-Go lying down are fine."),
            ),
        },
    ),
    "tension": QuestionWords(
        _("Do you have pain or tightness in the pelvic floor?"),
        _(
            "For example pain with sex, tampons or exams, tailbone pain, or trouble letting go to pee or poop."
        ),
        {
            "none": OptionWords(_("No")),
            "some": OptionWords(_("Yes, some of these"), _("Letting go comes first: no squeezes for now.")),
            "severe_ok": OptionWords(
                _("Yes, strong pain, and a clinician has said gentle exercise is OK"),
                _("Letting go comes first: no squeezes for now."),
            ),
            "severe": OptionWords(
                _("Yes, strong pain (7 or more out of 10), and have not been checked"),
                _("Please be checked first."),
            ),
        },
    ),
    "pain": QuestionWords(
        _(
            "What is your worst back, hip, pelvis or tummy pain on most days? 0 is none, 10 is the worst you can imagine."
        ),
        "",
        {
            "p0_3": OptionWords(_("0 to 3")),
            "p4_6": OptionWords(_("4 to 6"), _("Starts with easier versions.")),
            "p7_10": OptionWords(
                _("7 to 10, and have not been checked"), _("Please be checked first. Breathing is fine.")
            ),
            "p7_10_ok": OptionWords(
                _("7 to 10, and a clinician has said gentle exercise is OK"),
                _("Starts with easier versions."),
            ),
            "leg_nerve": OptionWords(
                _("Pain shoots down my leg with numbness or a foot that feels weak"),
                _("Please be seen in the next few days. Sudden or two-leg weakness is an emergency."),
            ),
            "red_back": OptionWords(
                _(
                    "Back pain wakes me every night, or began with a sudden sharp pain after a small lift or cough"
                ),
                _("Please be checked first. Fever with back pain: call today."),
            ),
        },
    ),
    "belly": QuestionWords(
        _("When you sit up or lift, does a ridge or dome pop up along the middle of your tummy?"),
        _("Not sure? Then say so. The program has a self-check for it."),
        {
            "no": OptionWords(_("No")),
            "unsure": OptionWords(_("I am not sure"), _("The self-check in the program helps you find out.")),
            "dome": OptionWords(
                _("Yes, or I feel a gap of 2 or more fingers that feels soft"),
                _("We choose versions that keep your tummy flat."),
            ),
            "lump": OptionWords(
                _("I have a lump at my navel, groin or scar that is new, hurts, or does not go back in"),
                _("Please be checked first. Lump with vomiting or severe pain: get help now."),
            ),
        },
    ),
    "wound": QuestionWords(
        _("How do your scar or stitches feel?"),
        _("Cesarean or vaginal stitches."),
        {
            "na": OptionWords(_("I have none, or it is healed")),
            "mild": OptionWords(_("A bit tender, 0 to 3 out of 10")),
            "sore": OptionWords(_("Sore, 4 or more out of 10"), _("Keep to positions that do not pull.")),
            "open": OptionWords(
                _("It is open or weeping"), _("Call your maternity team or clinician today.")
            ),
        },
    ),
    "health": QuestionWords(
        _("Do any of these fit you?"),
        _(
            "The list: high blood pressure or pre-eclampsia; a heart, lung or kidney problem; heart muscle disease; a blood clot or stroke; diabetes with low sugars; seizures; a broken bone or pubic joint separation; an eating disorder; other surgery; any other problem that could affect exercise. Pick all that fit."
        ),
        {
            "none": OptionWords(_("None of these")),
            "cleared": OptionWords(
                _("A health problem from the list, and a clinician has said gentle exercise is OK"),
                _("Their advice comes first."),
            ),
            "anemia": OptionWords(
                _("Low iron or a low blood count (anemia)"),
                _(
                    "You may start. First and second phase only until a clinician says your blood count allows more. Dizzy or breathless: stop and call."
                ),
            ),
            "low_fuel": OptionWords(
                _("I often cannot eat enough, or I keep losing weight while I feed my baby"),
                _(
                    "You may start. First and second phase only until you have talked with a clinician. No food or weight advice from us."
                ),
            ),
            "hypermobile": OptionWords(
                _("Very bendy joints (hypermobility or EDS)"),
                _(
                    "Stop stretches before the end of the range and move slowly. No harder versions of stretches."
                ),
            ),
            "heart_bp_ok": OptionWords(
                _(
                    "Heart muscle disease, or blood pressure that is not steady yet, and my own team has said gentle exercise is OK"
                ),
                _("First phase only until your team says strength work is OK."),
            ),
            "not_cleared": OptionWords(
                _("A health problem from the list, and I have not asked yet"),
                _("Please ask before you start. Breathing is fine."),
            ),
        },
    ),
    "mood": QuestionWords(
        _(
            "In the last 2 weeks, how often have you felt very low, hopeless, or so worried it was hard to cope?"
        ),
        "",
        {
            "rarely": OptionWords(_("Not at all, or a day or two")),
            "some": OptionWords(_("Several days"), _("People to talk to are always one tap away.")),
            "most": OptionWords(
                _("More than half the days"), _("You may start. Please talk with a clinician this week.")
            ),
        },
    ),
}
