"""Texts of the journey beside the reviewed ones: the one-tap answers, outcomes after a session, placings, clearances."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.rules.schedule import Released
from programs.rules.vocabulary import ClearedSymptom, Outcome, SafetyFlag, Situation

from .screening import Words

# (question, answer) → what the one tap for all of them says in so many words; no other answer is ever suggested.
# Pain of 4 or more asks for an easier session (PRE-Z1, POST-Z1), so that question is then asked by itself.
SUGGESTED_WORDS: dict[tuple[str, object], Promise] = {
    ("pain", 0): _("No pain in back, hips, pelvis, tummy or scar"),
    ("pain", 1): _("Pain 1 of 10"),
    ("pain", 2): _("Pain 2 of 10"),
    ("pain", 3): _("Pain 3 of 10"),
    ("painMax", 0): _("No pain"),
    ("painMax", 1): _("Pain at most 1 of 10"),
    ("painMax", 2): _("Pain at most 2 of 10"),
    ("painMax", 3): _("Pain at most 3 of 10"),
    ("heaviness", 0): _("No heaviness, dragging or bulge"),
    ("leak", 0): _("No leaking of urine"),
    ("leak", 1): _("A few drops of urine leaked"),
    ("bowelLeak", False): _("No leaking of stool (poop)"),
    ("doming", "none"): _("No ridge or dome along my tummy, or not sure"),
    ("pfRelease", "yes"): _("I could let go all the way after each squeeze"),
    ("bleeding", "none"): _("No bleeding (a normal period does not count)"),
    ("bleeding", "same"): _("Bleeding the same or less"),
    ("scar", "na"): _("No scar or stitches, or healed"),
    ("scar", "ok"): _("Scar or stitches okay"),
    ("energy", 0): _("Energy okay"),
    ("energy", 1): _("Tired"),
    ("sleep", "lt4"): _("Slept less than 4 hours"),
    ("sleep", "4to6"): _("Slept 4 to 6 hours"),
    ("sleep", "gt6"): _("Slept more than 6 hours"),
    ("lastResponse", "same_or_better"): _("Day after my last session: same or better"),
}

# After a session the reviewed titles ("today") would look back; the texts mean the same for the next one.
AFTER_OUTCOME_WORDS = {
    Outcome.GO: Words(_("All noted"), _("Your answers look fine. Rest a little and drink something.")),
    Outcome.EASIER: Words(
        _("Gentler next time"),
        _("Your next session brings easier versions and fewer repeats. That is still real progress."),
    ),
    Outcome.BREATHING_ONLY: Words(
        _("Rest and breathe now"),
        _("Your body is asking for rest. The next day is for breathing. After that, it continues gently."),
    ),
}
MORNING_OUTCOME_WORDS = AFTER_OUTCOME_WORDS | {
    Outcome.GO: Words(_("Good to hear"), _("Your next session can go ahead as planned.")),
    Outcome.EASIER: Words(
        _("Thank you for telling us"),
        _("Your next check-in asks again, and the session follows how you feel then."),
    ),
    Outcome.BREATHING_ONLY: Words(
        _("Rest and breathe today"),
        _("Your body is still busy with the last session. Today is for breathing and rest."),
    ),
}

# Placings other than by the weekly decision.
PLACING_WORDS = {
    "ASKED": Words(
        _("A step back, at once"),
        _(
            "You told us that something got worse. So you continue from week %(week)d, where the work is lighter."
        ),
    ),
    "THERAPIST": Words(
        _("A gentler week, from your therapist"),
        _(
            "Your therapist has looked at how it goes. So you continue from week %(week)d, where the work is lighter."
        ),
    ),
    "UNLOCKED": Words(
        _("The program is open again"),
        _("Your program waits no longer. You continue gently with week %(week)d."),
    ),
    "UNLOCKED_BY_THERAPIST": Words(
        _("The program is open again"),
        _("Your therapist has opened it for you. You continue gently with week %(week)d."),
    ),
    "GATE": Words(
        _("A phase that fits you now"),
        _(
            "Your last answers ask for a check before the later phases. Until then you continue with week %(week)d."
        ),
    ),
}

# What a member can record that a clinician checked; the first ones open phases.
CLEARANCE_WORDS: dict[str, Promise] = {
    Released.POSTPARTUM_CHECK: _("My check after the birth is done, and exercise is agreed"),
    Released.TEAR_GRADE: _("I now know my tear: grade 1 or 2"),
    Released.PELVIC_CHECK: _("A pelvic health check is done"),
    Released.HEART_TEAM: _("My heart or blood pressure team agreed to strength work"),
    Released.BLOOD_COUNT: _("A clinician said that my blood count allows more"),
    Released.EATING_ENOUGH: _("I have talked with a clinician, and I eat enough again"),
    ClearedSymptom.BULGE: _("A clinician agreed: exercise with a bulge is fine"),
    ClearedSymptom.BOWEL_LEAK: _("A clinician agreed: exercise is fine though I leak stool"),
    ClearedSymptom.LEAK3: _("A clinician agreed: exercise is fine though I leak a lot"),
    ClearedSymptom.PAIN7: _("A clinician agreed: exercise is fine with strong pain"),
    ClearedSymptom.BLEEDING: _("A clinician checked my light bleeding or spotting: exercise is fine"),
    "mild_symptoms": _("A clinician has looked at my mild, steady symptoms and agreed that I continue"),
    SafetyFlag.PF_TENSION: _("A clinician said that I may squeeze my pelvic floor again"),
}

# What opens a phase that is closed.
RELEASE_WORDS = {
    Released.POSTPARTUM_CHECK: _("your check after the birth, with exercise agreed"),
    Released.TEAR_GRADE: _("knowing the grade of your tear"),
    Released.PELVIC_CHECK: _("a pelvic health check"),
    Released.HEART_TEAM: _("your heart or blood pressure team to say that strength work is fine"),
    Released.BLOOD_COUNT: _("a clinician's word that your blood count allows more"),
    Released.EATING_ENOUGH: _("a talk with a clinician about eating enough"),
}

SITUATION_WORDS: dict[str, Words] = {
    Situation.PREGNANT: Words(
        _("This program waits"),
        _(
            "It is made for the time after a birth. Ask your maternity team which exercise is right for you now. "
            "Slow breathing stays open, and everything you did is kept."
        ),
    ),
    Situation.LOSS: Words(
        _("We are so sorry"),
        _(
            "Nothing here will ask anything of you. No reminders will come, and no text speaks of a baby. When you "
            "want to move again, a few questions make sure it fits you."
        ),
    ),
    Situation.SURGERY: Words(
        _("First things first"),
        _("The program waits until your clinician says gentle exercise is fine. Slow breathing stays open."),
    ),
    Situation.OTHER: Words(
        _("The program waits"),
        _("A few questions make sure that it fits you as things are now. Slow breathing stays open."),
    ),
}
