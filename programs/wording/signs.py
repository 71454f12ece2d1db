"""Signs that need help, in everyday words. They never name a possible diagnosis."""

from django.utils.translation import gettext_lazy as _

from programs.rules.red_flags import SIGNS

from .questions import QUESTION_WORDS

# Signs of the check-in, as reviewed: those of the screening, and what the check-in asks in its own words.
SIGN_WORDS = {
    code: words.label
    for question in ("now", "today")
    for code, words in QUESTION_WORDS[question].options.items()
    if code in SIGNS
} | {
    "breast_ill": _("A hot, red, sore breast and feeling ill"),
    "burning_pee": _("It burns or hurts when you pee"),
    "dizzy_now": _("Dizzy or light-headed today"),
    "dizzy_persist": _("Dizzy, and it has not settled after 10 minutes of rest"),
    "hallucination_confusion": _("Seeing or hearing things others do not, or very mixed up"),
    "headache_persist": _(
        "A bad headache that will not go away with rest or pain relief, or that is worse when you sit or stand up"
    ),
    "leg_clot_with_chest_signs": _("A sore or swollen leg together with chest pain or short breath"),
    "lump": _("A new lump at your navel, groin or scar"),
    "saddle_numb": _(
        "New numbness around your genitals, bottom or inner thighs; new loss of control with back pain; or "
        "weakness in both legs"
    ),
}

# The five groups in which the check-in asks for signs: a "yes" opens its signs.
GROUP_WORDS = {
    "ill": _("Feeling ill, feverish, dizzy, or suddenly weak or confused"),
    "bleed": _(
        "Very heavy bleeding, a bad smell, strong belly pain, a new lump, or a wound that looks worse"
    ),
    "head": _("A bad headache, changes in your sight, a swollen face, or high blood pressure"),
    "chest": _("Something with your chest, breathing or heartbeat, fainting, or one sore or swollen leg"),
    "nerve": _("Trouble or burning when you pee, or a numb or weak leg, foot or saddle area"),
}

# Red flags by id: the label of the reviewed data, without the name a clinician would give it.
RED_FLAG_WORDS = {
    "RF01": _("Chest pain or pressure"),
    "RF02": _("Short of breath at rest or lying flat, or coughing blood"),
    "RF03": _("Fainted, or had a fit"),
    "RF04": _("Heavy bleeding, big clots, or bleeding that is heavier or red again"),
    "RF05": _("Face drooping, slurred speech, weakness on one side, or confusion"),
    "RF06": _("A sudden or very bad headache, or one that will not go away or is worse sitting up"),
    "RF07": _("High blood pressure, changes in sight, pain under the right ribs, or sudden swelling"),
    "RF08": _(
        "Numbness around the genitals, bottom or inner thighs, new loss of control with back pain, or both "
        "legs weak"
    ),
    "RF09": _("One leg painful, swollen, warm or red"),
    "RF10": _(
        "A temperature of 38\N{NO-BREAK SPACE}°C (100.4 °F) or more, shaking chills, or feeling ill all over"
    ),
    "RF11": _("A cut or stitches that are red, hot, opening, oozing or smelly"),
    "RF12": _("Bleeding or discharge that smells bad"),
    "RF13": _("Severe belly pain that stays"),
    "RF14": _("Cannot pee for 6 hours, or only a dribble"),
    "RF15": _("A hot, red, sore breast and feeling ill"),
    "RF16": _("Cannot keep fluids down"),
    "RF17": _("A fast or pounding heartbeat at rest"),
    "RF18": _("Sudden, extreme weakness"),
    "RF19": _("Thoughts of hurting yourself or your baby"),
    "RF20": _("Seeing or hearing things, feeling very mixed up or unusually high"),
    "RF21": _("Dizzy or light-headed"),
    "RF22": _("A bulge you can see or feel"),
    "RF23": _("Leaking stool"),
    "RF24": _(
        "Back pain that wakes you every night, with fever or weight loss, or a sudden sharp pain in your spine "
        "after a small lift"
    ),
    "RF25": _(
        "Very ill and getting worse fast: cold, pale or blotchy skin, very fast breathing, or confused"
    ),
    "RF26": _("A foot that drops or drags, or new numbness or weakness in one leg"),
    "RF27": _("A new or sore lump at the navel, groin or scar"),
    "RF28": _("Burning or pain when peeing"),
}
