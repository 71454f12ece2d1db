"""The text of each advice code: check-ins as reviewed (section F), then the weekly decision's."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programs.rules.vocabulary import Advice

ADVICE_WORDS = {
    Advice.CALL_EMERGENCY: _(
        "Stop. Call %(emergency)s now or go to the nearest emergency department. Say when you gave birth."
    ),
    Advice.CRISIS_SUPPORT: _(
        "Call or text %(crisis_line)s now, or %(emergency)s if you or your baby may be in danger. Stay with "
        "someone you trust."
    ),
    Advice.CALL_RIGHT_AWAY: _(
        "Call your maternity team, doctor or local health line right now. Do not wait for tomorrow. If nobody "
        "answers soon or you feel worse, call %(emergency)s."
    ),
    Advice.CALL_TODAY: _(
        "Call your maternity team, doctor or local health line today. If you cannot reach anyone or feel worse, "
        "go to emergency care."
    ),
    Advice.CALL_CLINICIAN: _("Please contact your doctor or a physical therapist this week."),
    Advice.SEE_PELVIC_PT: _(
        "A pelvic health physical therapist is the right person for this. Ask your clinician how to see one."
    ),
    Advice.MOOD_SUPPORT: _("Feeling low is common and help works. Here are people you can talk to."),
    Advice.MOOD_SEE_CLINICIAN: _(
        "You have felt low on most check-ins. Please talk with your doctor, midwife or health visitor this week."
    ),
    Advice.THOUGHTS_SUPPORT: _(
        "Thank you for telling us. Please talk with the person who helps you this week. Your lines for any hour: "
        "%(crisis_line)s. If the thoughts get stronger or you feel unsafe, call now."
    ),
    Advice.REST_48H_BLEEDING: _(
        "Rest more for the next 48 hours, and call your maternity team today to tell them. If it gets heavy or you "
        "feel ill, get help at once."
    ),
    Advice.LIE_DOWN_REST: _(
        "Lie down with your hips on a pillow for 10 to 15 minutes. Heaviness often eases with rest."
    ),
    Advice.DIZZY_TIP: _(
        "Sit or lie down, drink something and eat a little. Still dizzy after 10 minutes of rest? Call today. "
        "Please tell a clinician this week."
    ),
    Advice.PAIN_TIPS: _(
        "Rest the sore area today, change positions often, and try gentle breathing. Check again tomorrow."
    ),
    Advice.REST_IS_OK: _("Rest is part of the program. Breathing is all that today asks for."),
    Advice.REST_DAYS_CHECK: _(
        "You have needed rest three days in a row. Please contact your doctor or midwife this week and tell them "
        "how tired or sore you are. They may suggest a blood test and will ask how you sleep and feel."
    ),
    Advice.STEP_BACK_HINT: _("We will start a little lower and build up again."),
    Advice.KNACK_TIP: _(
        "Lift your pelvic floor just before you cough, sneeze or lift. Leaks are common and treatable."
    ),
    Advice.SHORT_FORM_OK: _("Short on sleep? Choose the 4-exercise short form."),
    Advice.ADD_DOMING_FLAG: _("We will use flatter-tummy versions for your next sessions."),
    Advice.DOMING_TIP: _("Nice catch. Keep choosing the version that keeps your tummy flat."),
    Advice.PF_RELAX_TRACK: _("We will swap squeezes for the Let-Go for your next 2 sessions."),
    Advice.LETGO_TIP: _(
        "Try one full slow breath between squeezes and picture your sit bones drifting apart."
    ),
    Advice.MAY_USE_HARDER: _("You may try the harder version of one exercise next time."),
    Advice.LOCK_UNTIL_OK: _(
        "The program waits until you have had advice and gentle exercise is fine for you."
    ),
    Advice.RESCREEN: _("Please answer the safety questions again before you continue."),
    Advice.RESCREEN_SHORT: _("A few short safety questions come first, to be sure the next step fits you."),
    Advice.SYMPTOM_HOLD: _("We keep this week as it is until your body has settled."),
    Advice.FEW_SESSIONS: _("Two sessions are enough for a week, and short ones count."),
    Advice.NO_REPORT: _(
        "Tell us how your body felt after at least two sessions of a week. Then we can move you on safely."
    ),
    Advice.MILESTONES: _("Look at the self-checks of this phase and tick what you can do now."),
    Advice.TIME_GATE: _("Healing takes time, and time is part of the program."),
    Advice.WEEK_GATE: _(
        "Well done. Your body builds strength between sessions, so the next week opens when this one is over."
    ),
    Advice.SYMPTOM_GATE: _(
        "Before the next phase, please let a pelvic health physical therapist have a look. Your week stays open "
        "meanwhile."
    ),
    Advice.GENTLE_TRACK: _(
        "Your symptoms are mild and steady, and they settle by the next morning. You continue with the easier "
        "versions."
    ),
    Advice.WHAT_NEXT: _(
        "Keep one pelvic floor round a day and two strength days a week. Running and jumping come later: not "
        "before 12 weeks after the birth, without leaking, heaviness, bleeding or pelvic pain, and best after a "
        "check with a pelvic health physical therapist."
    ),
}

# What is said instead to a member with a tense pelvic floor, who does no squeezes for now.
WITHOUT_SQUEEZES = {Advice.KNACK_TIP: _("Leaks are common and treatable.")}


def advice_words(
    code: Advice, emergency: str = "", crisis_line: str = "", without_squeezes: bool = False
) -> str:
    """Return the text of an advice; `emergency` and `crisis_line` are the numbers of the member's country, if known."""
    words = WITHOUT_SQUEEZES.get(code) if without_squeezes else None
    return (words or ADVICE_WORDS[code]) % {
        "emergency": emergency or _now("the emergency number"),
        "crisis_line": crisis_line or _now("a crisis line"),
    }
