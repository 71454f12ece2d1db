"""The check before a session: its eleven questions and its decision table.

Source: evidence base, section F, "Before a session" and "Decision table: before". A row's id is the rule
id of the check-in data.
"""

from .answers import Choice, Number, YesNo
from .check_in_rules import BLEEDING, HEAVINESS, LEAK, RED_FLAG_SIGNS, SCAR, Rule
from .conditions import AtLeast, Between, HasAny, Holds, Is, Lacks, MoreThan, NotMoreThan
from .red_flags import CHECK_SIGNS, EMERGENCY_SIGNS, REST_SIGNS, RIGHT_AWAY_SIGNS, SAME_DAY_SIGNS
from .vocabulary import Advice, ContactWithin, Outcome

EMERGENCY, PAUSE = Outcome.EMERGENCY, Outcome.PAUSE_CLINICIAN
BREATHE, EASIER, ADVISE_ONLY = Outcome.BREATHING_ONLY, Outcome.EASIER, None
NOW, TODAY, THIS_WEEK = ContactWithin.NOW, ContactWithin.TODAY, ContactWithin.THIS_WEEK

LAST_RESPONSE = Choice("lastResponse", ("first", "same_or_better", "worse_settled", "worse_still"))

BEFORE_FIELDS = (
    RED_FLAG_SIGNS,
    Choice("mood", ("ok", "low", "thoughts_supported", "not_safe")),
    Number("pain", 0, 10),
    HEAVINESS,
    LEAK,
    YesNo("bowelLeak"),
    BLEEDING,
    SCAR,
    Number("energy", 0, 2),
    Choice("sleep", ("lt4", "4to6", "gt6")),
    LAST_RESPONSE,
)

BEFORE_RULES = (
    # Emergencies
    Rule("PRE-E1", EMERGENCY, Is("mood", "not_safe"),
         "Any thought of hurting self or baby, without help in place",
         contact=NOW, advice=(Advice.CRISIS_SUPPORT,), red_flag="RF19"),
    Rule("PRE-E2", EMERGENCY, HasAny("redFlags", EMERGENCY_SIGNS),
         "Any emergency sign",
         contact=NOW, advice=(Advice.CALL_EMERGENCY,)),
    Rule("PRE-E3", EMERGENCY, Is("bleeding", "heavy"),
         "Soaking a pad in an hour, or clots bigger than an egg",
         contact=NOW, advice=(Advice.CALL_EMERGENCY,), red_flag="RF04"),
    # Call right away
    Rule("PRE-U5", PAUSE, HasAny("redFlags", RIGHT_AWAY_SIGNS),
         "Any right-away sign: call now, do not wait for tomorrow",
         contact=NOW, advice=(Advice.CALL_RIGHT_AWAY,)),
    # Call today
    Rule("PRE-U1", PAUSE, HasAny("redFlags", SAME_DAY_SIGNS),
         "Any same-day sign",
         contact=TODAY, advice=(Advice.CALL_TODAY,)),
    Rule("PRE-U2", PAUSE, Is("scar", "worse"),
         "Scar or stitches red, hot, opening, oozing or smelly",
         contact=TODAY, advice=(Advice.CALL_TODAY,), red_flag="RF11"),
    Rule("PRE-U3", PAUSE, Is("bleeding", "more") & AtLeast("bleedingMoreStreak", 2),
         "Bleeding heavier or red again at two check-ins in a row",
         contact=TODAY, advice=(Advice.CALL_TODAY,), red_flag="RF04"),
    Rule("PRE-U4", PAUSE, Is("bleeding", "more") & AtLeast("weeksPostpartum", 8),
         "Non-period bleeding that increases 8 weeks or more after birth",
         contact=TODAY, advice=(Advice.CALL_TODAY,), red_flag="RF04"),
    # Be checked this week
    Rule("PRE-C1", PAUSE, Is("heaviness", 3) & Lacks("clearedSymptoms", "bulge"),
         "Bulge seen or felt at the opening",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,), red_flag="RF22"),
    Rule("PRE-C2", PAUSE, Is("bowelLeak", True) & Lacks("clearedSymptoms", "bowel_leak"),
         "Leaking stool",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,), red_flag="RF23"),
    Rule("PRE-C3", PAUSE, AtLeast("pain", 7) & Lacks("clearedSymptoms", "pain7"),
         "Pain 7 or more",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    Rule("PRE-C4", PAUSE, Is("leak", 3) & Lacks("clearedSymptoms", "leak3"),
         "Soaked, or no bladder control",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,)),
    Rule("PRE-C5", PAUSE, AtLeast("heavyStreak", 3) & Lacks("clearedSymptoms", "bulge"),
         "Strong heaviness at three check-ins in a row, no bulge cleared by a clinician",
         contact=THIS_WEEK, advice=(Advice.SEE_PELVIC_PT,)),
    Rule("PRE-C6", PAUSE, AtLeast("worseStillStreak", 3),
         "Still worse the next day, three times in a row",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    Rule("PRE-C7", PAUSE,
         Is("bleeding", "same") & AtLeast("weeksPostpartum", 8) & Lacks("clearedSymptoms", "bleeding"),
         "Any non-period bleeding from 8 weeks on, not yet checked",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    Rule("PRE-C8", PAUSE, HasAny("redFlags", CHECK_SIGNS),
         "A sign to be checked this week: burning pee, or a new lump",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN,)),
    # Rest and breathe today
    Rule("PRE-B1", BREATHE, Is("bleeding", "more"),
         "Bleeding heavier or red again (first time, before 8 weeks): rest, and call today",
         contact=TODAY, advice=(Advice.REST_48H_BLEEDING, Advice.CALL_TODAY)),
    Rule("PRE-B2", BREATHE,
         AtLeast("heaviness", 2)
         & (Lacks("clearedSymptoms", "bulge") | MoreThan("heaviness", "baselineHeaviness")),
         "Strong heaviness, or a known bulge above her usual level",
         advice=(Advice.LIE_DOWN_REST,)),
    Rule("PRE-B3", BREATHE, AtLeast("pain", 6),
         "Pain 6 or more",
         advice=(Advice.PAIN_TIPS,)),
    Rule("PRE-B4", BREATHE, Is("energy", 2),
         "Exhausted",
         group="energy", advice=(Advice.REST_IS_OK,)),
    Rule("PRE-B5", BREATHE, Is("lastResponse", "worse_still"),
         "Still worse a day after the last session",
         advice=(Advice.STEP_BACK_HINT,)),
    Rule("PRE-B6", BREATHE, HasAny("redFlags", REST_SIGNS),
         "Dizzy or light-headed before a session",
         contact=THIS_WEEK, advice=(Advice.DIZZY_TIP,)),
    # Easier today
    Rule("PRE-Z1", EASIER, Between("pain", 4, 5),
         "Pain 4 or 5",
         group="pain"),
    Rule("PRE-Z2", EASIER, Is("heaviness", 1),
         "A little heaviness",
         group="heaviness", advice=(Advice.LIE_DOWN_REST,)),
    Rule("PRE-Z10", EASIER,
         AtLeast("heaviness", 2)
         & Holds("clearedSymptoms", "bulge")
         & NotMoreThan("heaviness", "baselineHeaviness"),
         "Bulge a clinician has cleared, no heavier than her usual level",
         group="heaviness", advice=(Advice.LIE_DOWN_REST,)),
    Rule("PRE-Z3", EASIER, Between("leak", 1, 2) & MoreThan("leak", "baselineLeak"),
         "More leaking than usual",
         group="leak", advice=(Advice.KNACK_TIP,)),
    Rule("PRE-Z4", EASIER, AtLeast("leak", 2),
         "Leak that wets a pad or underwear, or more",
         group="leak", advice=(Advice.KNACK_TIP,)),
    Rule("PRE-Z5", EASIER, Is("scar", "sore"),
         "Sore scar or stitches",
         group="scar"),
    Rule("PRE-Z6", EASIER, Is("lastResponse", "worse_settled"),
         "Worse after last session, settled within a day",
         group="response"),
    Rule("PRE-Z7", EASIER, Is("energy", 1) & Is("sleep", "lt4"),
         "Tired and under 4 hours of sleep",
         group="energy", advice=(Advice.SHORT_FORM_OK,)),
    Rule("PRE-Z9", EASIER, Is("bowelLeak", True),
         "Stool leak that a clinician already knows about",
         group="bowel"),
    Rule("PRE-Z8", EASIER, AtLeast("daysSinceLast", 14),
         "14 days or more since the last session",
         group="break", advice=(Advice.STEP_BACK_HINT,)),
    # Advice only
    Rule("PRE-A1", ADVISE_ONLY, Is("mood", "low"),
         "Low mood",
         advice=(Advice.MOOD_SUPPORT,)),
    Rule("PRE-A2", ADVISE_ONLY, AtLeast("moodLowIn4", 3),
         "Low mood at 3 of the last 4 check-ins",
         contact=THIS_WEEK, advice=(Advice.MOOD_SEE_CLINICIAN,)),
    Rule("PRE-A6", ADVISE_ONLY, Is("mood", "thoughts_supported"),
         "Thoughts of harm at times, safe and with help: support shown, contact this week, never the emergency page",
         contact=THIS_WEEK, advice=(Advice.MOOD_SUPPORT, Advice.THOUGHTS_SUPPORT)),
    Rule("PRE-A5", ADVISE_ONLY, AtLeast("restDaysInRow", 3),
         "Three rest days in a row because of symptoms or exhaustion",
         contact=THIS_WEEK, advice=(Advice.CALL_CLINICIAN, Advice.REST_DAYS_CHECK)),
    Rule("PRE-A3", ADVISE_ONLY, Is("energy", 1) | Is("sleep", "lt4"),
         "Tired or short sleep",
         advice=(Advice.SHORT_FORM_OK,)),
    Rule("PRE-A4", ADVISE_ONLY, AtLeast("leak", 1),
         "Any leak",
         advice=(Advice.KNACK_TIP,)),
)  # fmt: skip

# The one question that the morning after asks, and the rows that look at nothing else.
NEXT_MORNING_FIELDS = (Choice("lastResponse", ("same_or_better", "worse_settled", "worse_still")),)
NEXT_MORNING_RULES = tuple(rule for rule in BEFORE_RULES if rule.id in {"PRE-C6", "PRE-B5", "PRE-Z6"})
