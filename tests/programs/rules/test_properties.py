"""What must hold for every woman, not only for the examples."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.carry_over import InForce, carry_over
from programs.rules.check_in import symptom_outcome
from programs.rules.check_in_rules import AfterContext, BeforeContext
from programs.rules.progression import ProgressFacts, apply, evaluate_progress
from programs.rules.red_flags import EMERGENCY_SIGNS, SIGNS
from programs.rules.schedule import highest_phase
from programs.rules.screening import QUESTIONS, evaluate, evaluate_so_far
from programs.rules.vocabulary import Advice, ContactWithin, DecisionOutcome, Outcome, Urgency

from .support import evaluate_after, evaluate_before, quick
from .test_check_in_rules import any_answers, any_context

# Every answer and fact from well to worse; a fact that is not named here changes no outcome.
WORSE_BEFORE = {
    "redFlags": None,
    "mood": ["ok", "low", "thoughts_supported", "not_safe"],
    "pain": list(range(11)),
    "heaviness": list(range(4)),
    "leak": list(range(4)),
    "bowelLeak": [False, True],
    "bleeding": ["none", "same", "more", "heavy"],
    "scar": ["na", "ok", "sore", "worse"],
    "energy": list(range(3)),
    "sleep": ["gt6", "4to6", "lt4"],
    "lastResponse": ["first", "same_or_better", "worse_settled", "worse_still"],
    "baselineLeak": [3, 2, 1, 0],
    "baselineHeaviness": [3, 2, 1, 0],
    "daysSinceLast": [None, *range(31)],
    "weeksPostpartum": list(range(21)),
    "bleedingMoreStreak": list(range(5)),
    "heavyStreak": list(range(5)),
    "worseStillStreak": list(range(5)),
    "moodLowIn4": list(range(5)),
    "restDaysInRow": list(range(5)),
    "clearedSymptoms": None,
}
WORSE_AFTER = {
    "redFlags": None,
    "painMax": list(range(11)),
    "heaviness": list(range(4)),
    "leak": list(range(4)),
    "bowelLeak": [False, True],
    "doming": ["none", "fixed", "kept"],
    "pfRelease": ["na", "yes", "unsure", "no"],
    "effort": list(range(11)),
    "bleeding": ["none", "same", "more", "heavy"],
    "scar": ["na", "ok", "sore", "worse"],
    "painBefore": list(range(10, -1, -1)),
    "baselineLeak": [3, 2, 1, 0],
    "baselineHeaviness": [3, 2, 1, 0],
    "weeksPostpartum": list(range(21)),
    "bleedingMoreStreak": list(range(5)),
    "pfNoStreak": list(range(4)),
    "domingKeptStreak": list(range(5)),
    "clearedSymptoms": None,
}


@st.composite
def made_worse(draw, answers, context_class, scale):
    """Facts, and the same facts with one of them worse."""
    facts = draw(answers) | draw(any_context(context_class))
    name = draw(st.sampled_from(sorted(scale)))
    value = facts[name]
    if name == "redFlags":
        worse = [*value, draw(st.sampled_from(sorted(SIGNS)))]
    elif name == "clearedSymptoms":
        worse = value[1:]
    else:
        place = scale[name].index(value)
        worse = draw(st.sampled_from(scale[name][place:]))
    return facts, facts | {name: worse}


def judged(evaluate_check_in, context_class, facts):
    own = {field.name for field in context_class.FIELDS}
    answers = {name: value for name, value in facts.items() if name not in own}
    context = {name: value for name, value in facts.items() if name in own}
    return evaluate_check_in(answers, context_class.from_codes(context))


def contact_rank(contact):
    return contact.rank if contact else 0


def assert_not_milder(result, worse):
    assert worse.outcome.rank >= result.outcome.rank
    assert contact_rank(worse.contact_within) >= contact_rank(result.contact_within)
    assert symptom_outcome(worse.rules).rank >= symptom_outcome(result.rules).rank


@quick
@given(made_worse(any_answers("before"), BeforeContext, WORSE_BEFORE))
def test_before_one_answer_made_worse_never_gives_a_milder_outcome(pair):
    assert_not_milder(*(judged(evaluate_before, BeforeContext, facts) for facts in pair))


@quick
@given(made_worse(any_answers("after"), AfterContext, WORSE_AFTER))
def test_after_one_answer_made_worse_never_gives_a_milder_outcome(pair):
    assert_not_milder(*(judged(evaluate_after, AfterContext, facts) for facts in pair))


EMERGENCY = st.sampled_from(
    [{"mood": "not_safe"}, {"bleeding": "heavy"}, *({"redFlags": [sign]} for sign in EMERGENCY_SIGNS)]
)


@quick
@given(any_answers("before"), any_context(BeforeContext), EMERGENCY)
def test_before_an_emergency_beats_everything(answers, context, emergency):
    result = evaluate_before(answers | emergency, BeforeContext.from_codes(context))
    assert (result.outcome, result.contact_within) == (Outcome.EMERGENCY, ContactWithin.NOW)
    assert {Advice.CALL_EMERGENCY, Advice.CRISIS_SUPPORT} & set(result.advice)


@quick
@given(any_answers("after"), any_context(AfterContext), EMERGENCY.filter(lambda one: "mood" not in one))
def test_after_an_emergency_beats_everything(answers, context, emergency):
    result = evaluate_after(answers | emergency, AfterContext.from_codes(context))
    assert (result.outcome, result.contact_within) == (Outcome.EMERGENCY, ContactWithin.NOW)
    assert Advice.CALL_EMERGENCY in result.advice


OUTCOMES = st.sampled_from(list(Outcome))


def any_in_force():
    advice = st.sampled_from([(), (Advice.REST_48H_BLEEDING,)])
    return st.builds(InForce, OUTCOMES, advice, st.integers(0, 400).map(lambda hours: timedelta(hours=hours)))


@quick
@given(st.lists(any_in_force(), max_size=5), any_in_force(), OUTCOMES)
def test_a_check_more_never_makes_a_session_milder(in_force, one_more, today):
    mode, more = carry_over(in_force, today), carry_over([*in_force, one_more], today)
    assert mode.rank >= today.rank
    assert more.rank >= mode.rank
    if one_more.outcome in (Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY):
        assert more.rank >= one_more.outcome.rank


@quick
@given(st.lists(any_in_force(), max_size=5), st.integers(0, 5))
def test_a_sooner_check_never_makes_a_session_harder_to_open_later(in_force, hours):
    later = [replace(one, ago=one.ago + timedelta(hours=hours)) for one in in_force]
    assert carry_over(later, Outcome.GO).rank <= carry_over(in_force, Outcome.GO).rank


def any_progress():
    return st.builds(
        ProgressFacts,
        week=st.integers(1, 12),
        sessions_done_this_week=st.integers(0, 3),
        sessions_done_this_phase=st.integers(0, 9),
        last3=st.lists(OUTCOMES, max_size=3).map(tuple),
        worse_still_in_last3=st.integers(0, 3),
        days_since_last=st.none() | st.integers(0, 40),
        step_backs_in_phase=st.integers(0, 4),
        hold_weeks_in_row=st.integers(0, 4),
        milestones_met=st.booleans(),
        next_phase_allowed=st.booleans(),
        reported_this_week=st.integers(0, 3),
        days_in_week=st.integers(0, 20),
        tolerated_in_last3=st.integers(0, 3),
        symptom_cleared=st.booleans(),
    )


MOVES_ON = {DecisionOutcome.ADVANCE_WEEK, DecisionOutcome.ADVANCE_PHASE, DecisionOutcome.PROGRAM_COMPLETE}
HOW_CAREFUL = dict.fromkeys(MOVES_ON, 0) | {
    DecisionOutcome.HOLD_GATE: 1,
    DecisionOutcome.HOLD_WEEK: 1,
    DecisionOutcome.STEP_BACK_WEEK: 2,
    DecisionOutcome.STEP_BACK_PHASE: 3,
    DecisionOutcome.RESTART_PHASE: 3,
    DecisionOutcome.PAUSE_REFER: 4,
}


@quick
@given(any_progress())
def test_no_symptom_ever_progresses_but_a_tolerated_one(facts):
    symptoms = facts.recent(Outcome.EASIER, Outcome.BREATHING_ONLY)
    stop = {Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY} & set(facts.last3)
    looked = facts.symptom_cleared or facts.hold_weeks_in_row >= 2
    tolerated = min(facts.tolerated_in_last3, facts.recent(Outcome.EASIER)) if looked else 0
    if symptoms - tolerated >= 2 or stop or facts.worse_still_in_last3 >= 2:
        assert evaluate_progress(facts).outcome not in MOVES_ON
    if facts.recent(Outcome.BREATHING_ONLY) >= 2:
        assert evaluate_progress(facts).outcome not in MOVES_ON


@quick
@given(any_progress())
def test_time_alone_never_progresses(facts):
    outcome = evaluate_progress(facts).outcome
    few = facts.sessions_done_this_week < 2 or facts.reported_this_week < 2 or facts.days_in_week < 6
    if few or (facts.days_since_last or 0) >= 14:
        assert outcome not in MOVES_ON
    if outcome == DecisionOutcome.ADVANCE_PHASE:
        assert facts.next_phase_allowed
        assert facts.milestones_met
        assert facts.sessions_done_this_phase >= 7


@quick
@given(any_progress(), st.integers(0, 2), OUTCOMES)
def test_a_worse_day_never_gives_a_milder_decision(facts, place, outcome):
    if place < len(facts.last3):
        last3 = list(facts.last3)
        last3[place] = Outcome.worst([Outcome(last3[place]), outcome])
        assert_not_milder_decision(facts, replace(facts, last3=tuple(last3)))


@quick
@given(any_progress())
def test_a_worse_morning_never_gives_a_milder_decision(facts):
    worse = min(3, facts.worse_still_in_last3 + 1)
    assert_not_milder_decision(facts, replace(facts, worse_still_in_last3=worse))


@quick
@given(any_progress(), st.integers(0, 30))
def test_a_longer_break_never_gives_a_milder_decision(facts, more):
    longer = None if facts.days_since_last is None else facts.days_since_last + more
    assert_not_milder_decision(facts, replace(facts, days_since_last=longer))


@quick
@given(any_progress())
def test_a_missing_report_never_gives_a_milder_decision(facts):
    assert_not_milder_decision(facts, replace(facts, reported_this_week=max(0, facts.reported_this_week - 1)))
    assert_not_milder_decision(facts, replace(facts, tolerated_in_last3=max(0, facts.tolerated_in_last3 - 1)))


def assert_not_milder_decision(facts, worse):
    """Neither in its kind nor in the week that follows."""
    one, other = evaluate_progress(facts).outcome, evaluate_progress(worse).outcome
    assert HOW_CAREFUL[other] >= HOW_CAREFUL[one]
    if other != DecisionOutcome.PAUSE_REFER:  # then nothing is open, whatever the week
        assert apply(other, facts.week) <= apply(one, facts.week)


@quick
@given(any_progress())
def test_a_decision_can_be_computed_again_from_its_stored_facts(facts):
    assert evaluate_progress(ProgressFacts.from_codes(facts.codes())) == evaluate_progress(facts)


def any_screening():
    def answer(question):
        options = [option.id for option in question.options]
        if not question.multi:
            return st.sampled_from(options)
        signs = [option for option in options if option != "none"]
        return st.just(["none"]) | st.lists(st.sampled_from(signs), min_size=1, max_size=3, unique=True)

    return st.fixed_dictionaries({question.id: answer(question) for question in QUESTIONS})


@quick
@given(any_screening(), st.sampled_from(QUESTIONS), st.data())
def test_one_screening_answer_made_worse_never_gives_a_milder_result(answers, question, data):
    given_now = answers[question.id]
    chosen = given_now if question.multi else [given_now]
    now = max(
        (question.option(one) for one in chosen), key=lambda one: (one.disposition.rank, one.urgency.rank)
    )
    worse_options = [
        option
        for option in question.options
        if option.disposition.rank >= now.disposition.rank and option.urgency.rank >= now.urgency.rank
    ]
    option = data.draw(st.sampled_from(worse_options))
    worse = answers | {question.id: [option.id] if question.multi else option.id}
    result, worse_result = evaluate(answers), evaluate(worse)
    assert worse_result.disposition.rank >= result.disposition.rank
    assert worse_result.urgency.rank >= result.urgency.rank


@quick
@given(any_screening())
def test_an_emergency_shows_however_little_is_answered(answers):
    whole = evaluate(answers)
    alone = [evaluate_so_far({name: answer}).urgency for name, answer in answers.items()]
    assert whole.urgency == Urgency.worst(alone)
    assert whole.needs_call_now == any(one.rank >= Urgency.RIGHT_AWAY.rank for one in alone)


@quick
@given(any_screening(), st.integers(0, 400), st.integers(0, 400))
def test_time_never_closes_a_phase_and_a_flag_never_opens_one(answers, days, more_days):
    flags = evaluate(answers).flags
    now = highest_phase(flags, days)
    assert highest_phase(flags, days + more_days) >= now
    for flag in flags:
        assert highest_phase(flags - {flag}, days) >= now
