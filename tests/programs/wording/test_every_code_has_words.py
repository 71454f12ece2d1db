"""Whatever a rule can say, there are words for it, and none of them names what may lie behind a sign."""

from datetime import date

import pytest

from programs.rules.after_rules import AFTER_FIELDS
from programs.rules.before_rules import BEFORE_FIELDS, NEXT_MORNING_FIELDS
from programs.rules.check_in import RULES
from programs.rules.progression import PROGRESS_RULES
from programs.rules.red_flags import RED_FLAGS, SIGNS
from programs.rules.screening import QUESTIONS
from programs.rules.unlock_rules import Requirement
from programs.rules.vocabulary import Advice, ContactWithin, Disposition, Outcome
from programs.wording.advice import ADVICE_WORDS, advice_words
from programs.wording.check_in import (
    AFTER_WORDS,
    BEFORE_WORDS,
    CARRIED_WORDS,
    NEXT_MORNING_WORDS,
    OUTCOME_WORDS,
    WITHIN_WORDS,
    outcome_words,
)
from programs.wording.decisions import DECISION_WORDS, SYMPTOM_WORDS, decision_words
from programs.wording.questions import QUESTION_WORDS
from programs.wording.screening import DISPOSITION_WORDS
from programs.wording.signs import RED_FLAG_WORDS, SIGN_WORDS
from programs.wording.unlocking import REQUIREMENT_WORDS, requirement_words

CLINICAL_NAMES = (
    "clot in the lung", "thrombosis", "embol", "sepsis", "infection", "stroke", "eclampsia", "psychosis",
    "prolapse", "diastasis", "mastitis", "cauda", "retention", "anemia", "depression", "fracture",
)  # fmt: skip
UNKIND = ("fail", "behind", "missed", "streak", "bad", "lazy", "bounce", "should have", "weight,")


def test_screening_words_are_those_of_the_rules():
    assert {id_: set(words.options) for id_, words in QUESTION_WORDS.items()} == {
        question.id: {option.id for option in question.options} for question in QUESTIONS
    }
    assert DISPOSITION_WORDS.keys() == set(Disposition)


@pytest.mark.parametrize(
    ("words", "fields"),
    [(BEFORE_WORDS, BEFORE_FIELDS), (AFTER_WORDS, AFTER_FIELDS), (NEXT_MORNING_WORDS, NEXT_MORNING_FIELDS)],
    ids=["before", "after", "next morning"],
)
def test_check_in_words_are_the_answers_the_rules_read(words, fields):
    assert list(words) == [field.name for field in fields]
    for field in fields:
        for answer in words[field.name].options:
            given = [answer] if field.name == "redFlags" else answer
            assert field.read(given) in (given, tuple(given) if isinstance(given, list) else given)


@pytest.mark.parametrize("words", [BEFORE_WORDS, AFTER_WORDS, NEXT_MORNING_WORDS])
def test_every_answer_of_a_check_in_has_words(words):
    allowed = {
        "redFlags": len(SIGNS), "mood": 4, "heaviness": 4, "leak": 4, "bowelLeak": 2, "bleeding": 4, "scar": 4,
        "energy": 3, "sleep": 3, "doming": 3, "pfRelease": 4, "pain": 2, "painMax": 2, "effort": 2,
    }  # fmt: skip
    counts = {name: len(question.options) for name, question in words.items() if name != "lastResponse"}
    assert counts == {name: allowed[name] for name in counts}
    if "lastResponse" in words:
        assert len(words["lastResponse"].options) == (3 if words is NEXT_MORNING_WORDS else 4)


def test_nothing_a_rule_can_say_is_without_words():
    assert SIGN_WORDS.keys() == SIGNS.keys()
    assert RED_FLAG_WORDS.keys() == RED_FLAGS.keys()
    assert ADVICE_WORDS.keys() == set(Advice)
    assert OUTCOME_WORDS.keys() == set(Outcome)
    assert CARRIED_WORDS.keys() == set(Outcome) - {Outcome.GO}
    assert WITHIN_WORDS.keys() == set(ContactWithin)
    assert DECISION_WORDS.keys() == {rule.id for rule in PROGRESS_RULES}
    assert SYMPTOM_WORDS.keys() == {rule.about for rule in RULES.values()}
    assert REQUIREMENT_WORDS.keys() == set(Requirement)


def everything_she_may_read():
    screening = [words for id_, words in QUESTION_WORDS.items() if id_ != "health"]  # asks what she was told
    for words in (*BEFORE_WORDS.values(), *AFTER_WORDS.values(), *screening):
        yield words.text
        yield words.help
        yield from (text for option in words.options.values() for text in (option.label, option.note))
    yield from (*SIGN_WORDS.values(), *RED_FLAG_WORDS.values(), *CARRIED_WORDS.values())
    yield from (advice_words(code) for code in Advice)
    for rule in DECISION_WORDS:
        words = decision_words(rule, 5, ["pain", "leak"], date(2026, 11, 30))
        yield from (words.title, words.body)
    for outcome in Outcome:
        yield outcome_words(outcome).body
    yield from (requirement_words(requirement, 48) for requirement in Requirement)


def test_no_diagnosis_anywhere():
    found = [
        (word, str(text))
        for text in everything_she_may_read()
        for word in CLINICAL_NAMES
        if word in str(text).lower()
    ]
    assert found == []


@pytest.mark.parametrize("rule", DECISION_WORDS)
def test_a_decision_never_blames(rule):
    words = decision_words(rule, 3, ["pain"], None)
    said = f"{words.title} {words.body}".lower()
    assert [word for word in UNKIND if word in said] == []
    assert "%(" not in said


def test_a_decision_says_what_kept_the_week_gentle():
    assert decision_words("PR-7", 4, ["pain", "leak", "scar"]).body.startswith(
        "Two of your last three days called for a gentler session because of pain, leaking and your scar or "
        "stitches. So this week stays gentle: you repeat week 4. A calmer day or two opens the next one."
    )
    assert "session. So this week" in decision_words("PR-7", 4).body


def test_a_closed_phase_says_when_it_opens():
    assert "opens on November 30, 2026" in decision_words("PR-10", 3, opens_on=date(2026, 11, 30)).body
    assert "when your check after the birth is done" in decision_words("PR-10", 3).body


def test_numbers_of_her_country_are_in_the_advice():
    assert advice_words(Advice.CALL_EMERGENCY, "999").startswith("Stop. Call 999 now")
    assert "Call the emergency number now" in advice_words(Advice.CALL_EMERGENCY)
    assert advice_words(Advice.CRISIS_SUPPORT, "999", "Samaritans (116 123)").startswith(
        "Call or text Samaritans (116 123) now, or 999"
    )


def test_a_pause_says_by_when():
    assert "get advice today." in outcome_words(Outcome.PAUSE_CLINICIAN, ContactWithin.TODAY).body
    assert "get advice this week." in outcome_words(Outcome.PAUSE_CLINICIAN).body


def test_an_answer_about_thoughts_of_harm_needs_none_before_it_to_be_read():
    moods = BEFORE_WORDS["mood"].options
    for answer in ("thoughts_supported", "not_safe"):
        assert "thoughts of hurting myself or my baby" in str(moods[answer].label)


def test_a_sign_without_a_set_time_is_simply_gone():
    assert requirement_words(Requirement.SIGN_GONE_LONG_ENOUGH) == "The sign is gone."
    assert "48 hours" in requirement_words(Requirement.SIGN_GONE_LONG_ENOUGH, 48)


def test_notes_speak_to_her_and_not_to_the_app():
    notes = [option.note for words in QUESTION_WORDS.values() for option in words.options.values()]
    assert [note for note in notes if str(note).startswith(("Show", "Offer", "Phase 1"))] == []
