"""The check after a session: its ten questions and its decision table.

Source: evidence base, section F, "After a session" and "Decision table: after". A row's id is the rule id
of the check-in data. `painDelta` is the most pain of the session minus the pain before it.
"""

from .answers import Choice, Number, YesNo
from .check_in_rules import BLEEDING, HEAVINESS, LEAK, RED_FLAG_SIGNS, SCAR, Rule
from .conditions import AtLeast, Between, HasAny, Holds, Is, Lacks, MoreThan, NotMoreThan
from .red_flags import CHECK_SIGNS, EMERGENCY_SIGNS, REST_SIGNS, RIGHT_AWAY_SIGNS, SAME_DAY_SIGNS
from .vocabulary import Advice, ContactWithin, Outcome

EMERGENCY, PAUSE = Outcome.EMERGENCY, Outcome.PAUSE_CLINICIAN
BREATHE, EASIER, ADVISE_ONLY = Outcome.BREATHING_ONLY, Outcome.EASIER, None
NOW, TODAY, THIS_WEEK = ContactWithin.NOW, ContactWithin.TODAY, ContactWithin.THIS_WEEK

AFTER_FIELDS = (
    RED_FLAG_SIGNS,
    Number("painMax", 0, 10),
    HEAVINESS,
    LEAK,
    YesNo("bowelLeak"),
    Choice("doming", ("none", "fixed", "kept")),
    Choice("pfRelease", ("yes", "unsure", "no", "na")),
    Number("effort", 0, 10),
    BLEEDING,
    SCAR,
)

AFTER_RULES = (
    # Emergencies
    Rule("POST-E1", EMERGENCY, HasAny("redFlags", EMERGENCY_SIGNS),
         "Any emergency sign",
         contact=NOW, advice=(Advice.CALL_EMERGENCY,)),
    Rule("POST-E2", EMERGENCY, Is("bleeding", "heavy"),
         "Heavy bleeding",
         contact=NOW, advice=(Advice.CALL_EMERGENCY,), red_flag="RF04"),
    # Call right away
    Rule("POST-U5", PAUSE, HasAny("redFlags", RIGHT_AWAY_SIGNS),
         "Any right-away sign: call now, do not wait for tomorrow",
         contact=NOW, advice=(Advice.CALL_RIGHT_AWAY,)),
    # Call today
    Rule("POST-U1", PAUSE, HasAny("redFlags", SAME_DAY_SIGNS),
         "Any same-day sign",
         contact=TODAY, advice=(Advice.CALL_TODAY,)),
    Rule("POST-U2", PAUSE, Is("scar", "worse"),
         "Scar or stitches worse",
         contact=TODAY, advice=(Advice.CALL_TODAY,), red_flag="RF11"),
    Rule("POST-U3", PAUSE, Is("bleeding", "more") & AtLeast("bleedingMoreStreak", 2),
         "Bleeding heavier or red again at two check-ins in a row",
         contact=TODAY, advice=(Advice.CALL_TODAY,), red_flag="RF04"),
    Rule("POST-U4", PAUSE, Is("bleeding", "more") & AtLeast("weeksPostpartum", 8),
         "Non-period bleeding that increases 8 weeks or more after birth",
         contact=TODAY, advice=(Advice.CALL_TODAY,), red_flag="RF04"),
    # Be checked this week
    Rule("POST-C1", PAUSE, Is("heaviness", 3) & Lacks("clearedSymptoms", "bulge"),
         "Bulge at the opening",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,), red_flag="RF22"),
    Rule("POST-C2", PAUSE, Is("bowelLeak", True) & Lacks("clearedSymptoms", "bowel_leak"),
         "Leaking stool",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,), red_flag="RF23"),
    Rule("POST-C3", PAUSE, AtLeast("painMax", 7) & Lacks("clearedSymptoms", "pain7"),
         "Pain 7 or more",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    Rule("POST-C4", PAUSE, Is("leak", 3) & Lacks("clearedSymptoms", "leak3"),
         "Soaked, or no control",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,)),
    Rule("POST-C5", PAUSE,
         Is("bleeding", "same") & AtLeast("weeksPostpartum", 8) & Lacks("clearedSymptoms", "bleeding"),
         "Any non-period bleeding from 8 weeks on, not yet checked",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    Rule("POST-C6", PAUSE, HasAny("redFlags", CHECK_SIGNS),
         "A sign to be checked this week: burning pee, or a new lump",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    # Rest and breathe next
    Rule("POST-B1", BREATHE, Is("bleeding", "more"),
         "Bleeding heavier or red again: rest, and call today",
         contact=TODAY, advice=(Advice.REST_48H_BLEEDING, Advice.CALL_TODAY)),
    Rule("POST-B2", BREATHE,
         AtLeast("heaviness", 2)
         & (Lacks("clearedSymptoms", "bulge") | MoreThan("heaviness", "baselineHeaviness")),
         "Strong heaviness, or a known bulge above her usual level",
         advice=(Advice.LIE_DOWN_REST,)),
    Rule("POST-B3", BREATHE, AtLeast("painMax", 6),
         "Pain 6 or more",
         advice=(Advice.PAIN_TIPS,)),
    Rule("POST-B4", BREATHE, AtLeast("painDelta", 4),
         "Pain rose by 4 or more",
         advice=(Advice.PAIN_TIPS,)),
    Rule("POST-B5", BREATHE, HasAny("redFlags", REST_SIGNS),
         "Dizzy or light-headed during or after the session, settled with rest",
         contact=THIS_WEEK, advice=(Advice.DIZZY_TIP,)),
    # Easier next time
    Rule("POST-Z1", EASIER, Between("painMax", 4, 5),
         "Pain 4 or 5",
         group="pain"),
    Rule("POST-Z2", EASIER, AtLeast("painDelta", 2) & AtLeast("painMax", 3),
         "Pain rose by 2 or more, to 3 or more",
         group="pain"),
    Rule("POST-Z3", EASIER, Is("heaviness", 1),
         "A little heaviness",
         group="heaviness", advice=(Advice.LIE_DOWN_REST,)),
    Rule("POST-Z11", EASIER,
         AtLeast("heaviness", 2)
         & Holds("clearedSymptoms", "bulge")
         & NotMoreThan("heaviness", "baselineHeaviness"),
         "Bulge a clinician has cleared, no heavier than her usual level",
         group="heaviness", advice=(Advice.LIE_DOWN_REST,)),
    Rule("POST-Z4", EASIER, Between("leak", 1, 2) & MoreThan("leak", "baselineLeak"),
         "More leaking than usual",
         group="leak", advice=(Advice.KNACK_TIP,)),
    Rule("POST-Z5", EASIER, AtLeast("leak", 2),
         "Leak that wets a pad or underwear, or more",
         group="leak", advice=(Advice.KNACK_TIP,)),
    Rule("POST-Z10", EASIER, Is("bowelLeak", True),
         "Stool leak that a clinician already knows about",
         group="bowel"),
    Rule("POST-Z6", EASIER, Is("doming", "kept"),
         "Doming kept coming",
         group="doming", advice=(Advice.ADD_DOMING_FLAG,)),
    Rule("POST-Z7", EASIER, AtLeast("effort", 8),
         "Effort 8 or more",
         group="effort"),
    Rule("POST-Z8", EASIER, Is("pfRelease", "no"),
         "Could not let go, or it hurt",
         group="release", advice=(Advice.PF_RELAX_TRACK,)),
    Rule("POST-Z9", EASIER, Is("scar", "sore"),
         "Sore scar or stitches",
         group="scar"),
    Rule("POST-R1", EASIER, AtLeast("pfNoStreak", 2),
         "Could not let go two sessions in a row",
         group="release", contact=THIS_WEEK, advice=(Advice.PF_RELAX_TRACK, Advice.SEE_PELVIC_PT)),
    Rule("POST-R2", EASIER, AtLeast("domingKeptStreak", 3),
         "Doming three sessions in a row despite easier versions",
         group="doming", contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,)),
    # Advice only
    Rule("POST-A1", ADVISE_ONLY, Is("doming", "fixed"),
         "Doming seen and fixed",
         advice=(Advice.DOMING_TIP,)),
    Rule("POST-A2", ADVISE_ONLY, Is("pfRelease", "unsure"),
         "Not sure about letting go",
         advice=(Advice.LETGO_TIP,)),
    Rule("POST-A3", ADVISE_ONLY, AtLeast("easyStreak", 2),
         "Two easy, symptom-free sessions in a row",
         advice=(Advice.MAY_USE_HARDER,)),
    Rule("POST-A4", ADVISE_ONLY, AtLeast("leak", 1),
         "Any leak",
         advice=(Advice.KNACK_TIP,)),
)  # fmt: skip
