"""The order of the codes."""

import pytest

from programs.rules.vocabulary import ContactWithin, Disposition, Focus, Outcome, SafetyFlag, Urgency


@pytest.mark.parametrize(
    ("ranked", "codes"),
    [
        (Outcome, ["go", "easier", "breathing_only", "pause_clinician", "emergency"]),
        (Disposition, ["start", "start_modified", "wait_clinician", "urgent_now"]),
        (Urgency, ["none", "routine", "same_day", "right_away", "emergency"]),
    ],
)
def test_later_codes_are_more_careful(ranked, codes):
    assert [code.rank for code in map(ranked, codes)] == list(range(len(codes)))
    assert ranked.worst(map(ranked, codes)) == codes[-1]
    assert ranked.worst(map(ranked, reversed(codes))) == codes[-1]
    assert ranked.worst([]) == codes[0]


def test_no_contact_is_the_mildest():
    assert ContactWithin.soonest([]) is None
    assert ContactWithin.soonest([None, None]) is None
    assert ContactWithin.soonest([None, ContactWithin.THIS_WEEK]) == ContactWithin.THIS_WEEK
    assert ContactWithin.soonest(ContactWithin) == ContactWithin.NOW
    assert [contact.rank for contact in ContactWithin] == [1, 2, 3]


def test_the_clinical_word_for_mobility_is_understood():
    assert Focus("mobility_posture") is Focus.MOBILITY
    with pytest.raises(ValueError, match="posture"):
        Focus("posture")


def test_swaps_are_looked_for_in_the_programs_order():
    assert list(SafetyFlag) == [
        "pf_tension", "cesarean_lt_8w", "heaviness", "pelvic_pain", "doming", "leaking"
    ]  # fmt: skip
