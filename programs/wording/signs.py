"""Signs that need help, in the words she would use. Never what may lie behind them."""

from django.utils.translation import gettext_lazy as _

from .questions import QUESTION_WORDS

# Signs of the check-in: the reviewed words of the screening, and three that only the check-in asks.
SIGN_WORDS = {
    code: words.label
    for question in ("now", "today")
    for code, words in QUESTION_WORDS[question].options.items()
    if code != "none"
} | {
    "hallucination_confusion": _("Seeing or hearing things other people do not, or feeling very mixed up"),
    "leg_clot_with_chest_signs": _(
        "Pain or swelling in one leg, together with chest pain or trouble breathing"
    ),
    "dizzy_persist": _("Dizzy, and not settled after 10 minutes of rest"),
}

# Red flags by id: the label of the reviewed data, without the name a clinician would give it.
RED_FLAG_WORDS = {
    "RF01": _("Chest pain or pressure"),
    "RF02": _("Short of breath at rest or lying flat, or coughing blood"),
    "RF03": _("Fainted, or had a fit"),
    "RF04": _("Heavy bleeding, big clots, or bleeding that is heavier or red again"),
    "RF05": _("Face drooping, slurred speech, weakness on one side, or confusion"),
    "RF06": _("A sudden or very bad headache, or one that will not go away"),
    "RF07": _("High blood pressure, changes in sight, pain under the right ribs, or sudden swelling"),
    "RF08": _(
        "Numbness around the genitals, bottom or inner thighs, new loss of control with back pain, or both "
        "legs weak"
    ),
    "RF09": _("One leg painful, swollen, warm or red"),
    "RF10": _("A temperature of 38 °C (100.4 °F) or more, or shaking chills"),
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
    "RF21": _("Still dizzy 10 minutes after stopping"),
    "RF22": _("A bulge you can see or feel"),
    "RF23": _("Leaking stool"),
    "RF24": _(
        "Back pain that wakes you every night, with fever or weight loss, or a sudden sharp pain in your spine "
        "after a small lift"
    ),
}
