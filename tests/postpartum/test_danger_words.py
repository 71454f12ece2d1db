"""Words of danger in free text: the reviewed sentences, close ones of our own, and what a search for help shows."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from common.danger_words import Tier, _languages, tier_of
from tests.programs.rules.support import CASES

REVIEWED = json.loads((CASES / "danger_words.json").read_text(encoding="utf-8"))
OWN = json.loads(Path(__file__).with_name("danger_sentences.json").read_text(encoding="utf-8"))
SENTENCES = [one for listed in REVIEWED["examples"].values() for one in listed]


@pytest.mark.parametrize("example", SENTENCES, ids=lambda example: example["text"][:30])
def test_the_reviewed_sentences_are_in_their_tier(example):
    assert tier_of(example["text"]).name.lower() == (example["tier"] or "none")


@pytest.mark.parametrize("tier", OWN)
def test_sentences_of_our_own_are_in_their_tier(tier):
    assert [text for text in OWN[tier] if tier_of(text).name.lower() != tier] == []


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myslef",
        "thinking about suicied all day",
        "I’m gonna kill myself",
        "K i l l myself",
        "i want 2 die",
        "they would be better without me",
        "I might hurt my baby",
        "I bled through a pad in an hour",
        "my speech is slurred",
        "Quiero morirme",
        "Ich möchte sterben",
        "Ich will mich umbringen",
        "je veux mourir",
        "Thank you for the article. I do not want to live anymore",
    ],
)
def test_a_cry_for_help_is_held_however_it_is_spelled(text):
    assert tier_of(text) == Tier.HOLD


@pytest.mark.parametrize("text", ["suicidal", "sucidal", "SUICIDE", "self-harm", "s u i c i d e", "hopeless"])
def test_a_word_alone_shows_help_and_holds_nothing(text):
    assert tier_of(text) == Tier.HELP


@pytest.mark.parametrize(
    "text",
    [
        "this stroller is killing my back",
        "These squats will kill me",
        "killing it today!",
        "I could die for a coffee",
        "dying to try this",
        "I'm dying of laughter",
        "my abs are dead",
        "I cut myself some slack",
        "How do I breathe in the bridge?",
        "I want to end the day with stretching",
        "the farming life",
        "My baby weighs 160 ounces",
        "",
        "   ...  ",
    ],
)
def test_everyday_words_are_left_alone(text):
    assert tier_of(text) == Tier.NONE


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "words", ["i want to ", "chest ", "numb ", "headache see ", "i feel like ", "the baby "]
)
def test_a_very_long_text_is_looked_at_in_good_time(words):
    assert tier_of(words * 20_000) == Tier.NONE


def test_no_pattern_notes_what_its_groups_matched():
    """It would take a comment several milliseconds."""
    assert {pattern.groups for language in _languages() for pattern in language} == {0}


@pytest.mark.django_db
def test_a_search_for_suicidal_shows_help_first(client, program):
    page = client.get(reverse("search"), {"q": "suicidal"}).text
    assert page.index("You are not alone") < page.index("Nothing found for")
    assert reverse("safety") in page
    assert "You are not alone" not in client.get(reverse("search"), {"q": "back"}).text
