"""Words that mean the same in a search."""

import pytest

from common.synonyms import DEFAULT, groups_in, synonyms_of


def test_every_line_of_the_list_names_at_least_two_phrases():
    groups = groups_in(DEFAULT)
    assert len(groups) > 15
    assert all(len(set(group)) == len(group) > 1 for group in groups)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Kegels", "pelvic floor"),
        ("pain at my C-section", "cesarean"),
        ("c section", "cesarean"),
        ("césarienne or cesarean’s", "c section"),
        ("stitches", "episiotomy"),
        ("stitches", "scar"),
        ("pelvic   floor", "kegel"),
    ],
)
def test_another_phrase_for_a_part_of_the_text_is_found(text, one):
    assert one in synonyms_of(text)


# The last two ask for exact words: nothing else is looked for.
@pytest.mark.parametrize(
    "text", ["", "gaping", "tearful", "scarce", "c-", "unisex", '"pelvic floor"', "kegel -scar"]
)
def test_only_whole_words_count(text):
    assert synonyms_of(text) == []
