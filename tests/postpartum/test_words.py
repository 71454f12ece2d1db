"""What the site says to people: in one list for a reviewer, in American English, and easy to read."""

import re
from statistics import median

import pytest
import textstat
from django.core.management import CommandError, call_command

from postpartum.words import everything_said

MEDIAN_GRADE, HIGHEST_GRADE = 6, 9
FEWEST_WORDS = 8  # the formula is made for sentences
# Signs, criteria and names of conditions in the reviewed clinical data, which only a clinical review may reword; and
# the words under which pages are found, which nobody reads.
REVIEWED = re.compile(
    r"views/search\.py|programs/wording/(signs|questions|advice|unlocking)\.py"
    r"|programs/content/.*(cesarean_|review_note|goal|early-recovery|weeks/12)"
)
BRITISH = re.compile(
    r"\b(e-mail|practis(e|es|ed|ing)|colour|centre|towards|whilst|mum|nappy|any more\b)", re.IGNORECASE
)
STUMBLES = re.compile(
    r"\b(Good that you|anew|afresh|whom|leave it be|goes on once more|can be fetched|Write me a mail)\b",
    re.IGNORECASE,
)
READ = [one for one in everything_said() if not one.is_backstage]


def grade(said):
    """The Flesch-Kincaid grade of a text; what is filled in counts as one short word."""
    return textstat.flesch_kincaid_grade(re.sub(r"\{\w+\}", "it", said.text))


def test_the_list_has_the_words_of_every_kind_of_file(tmp_path):
    file = tmp_path / "words.md"
    call_command("words", file, verbosity=0)
    text = file.read_text()
    for heading, words in (
        ("templates/home.html", "Take your first breath"),  # a page
        ("templates/mail/reminder.txt", "Turn reminders off"),  # a mail
        ("programs/labels.py", "Hands and knees"),  # a label
        ("programs/wording/player.py", "Get ready"),  # what a script says
        ("programs/content/exercises/bridge.yaml", "Ribs stay down."),  # the program
    ):
        assert f"- {words}" in text.split(f"## {heading}\n")[1].split("\n## ")[0]
    with pytest.raises(CommandError):
        call_command("words", tmp_path)


def test_members_and_readers_read_at_sixth_grade():
    grades = {said: grade(said) for said in READ if len(said.text.split()) >= FEWEST_WORDS}
    assert len(grades) > 1000
    assert median(grades.values()) <= MEDIAN_GRADE
    hard = {said: found for said, found in grades.items() if found > HIGHEST_GRADE}
    assert [(said.place, said.text) for said in hard if not REVIEWED.search(said.place)] == []


@pytest.mark.parametrize("stumble", [BRITISH, STUMBLES], ids=["british", "stumbles"])
def test_a_native_reader_does_not_stumble(stumble):
    assert [(said.place, said.text) for said in READ if stumble.search(said.text)] == []
