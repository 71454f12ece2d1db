"""What happens to a comment that comes in, by tables of cases."""

import pytest

from blog.moderation import Facts, Mode, Policy, Reason, Status, judge, link_count, matches
from blog.red_flags import red_flags

HOLD_ALL = Policy()
HOLD_FIRST = Policy(mode=Mode.HOLD_FIRST)
AT_ONCE = Policy(mode=Mode.APPROVE_ALL)
TWO_LINKS = "See https://a.example and http://b.example"
PENDING, APPROVED, SPAM = Status.PENDING, Status.APPROVED, Status.SPAM


def facts(body="Thank you, this helps.", seconds=60.0, **more):
    """A harmless comment of a reader who took her time, changed in what matters."""
    return Facts(body=body, seconds=seconds, name="Nora", email="nora@example.net", **more)


@pytest.mark.parametrize(
    ("sent", "policy", "status", "reasons"),
    [
        (facts(), HOLD_ALL, PENDING, (Reason.HELD_ALL,)),
        (facts(approved_before=True), HOLD_ALL, PENDING, (Reason.HELD_ALL,)),
        (facts(), HOLD_FIRST, PENDING, (Reason.FIRST,)),
        (facts(approved_before=True), HOLD_FIRST, APPROVED, ()),
        (facts(), AT_ONCE, APPROVED, ()),
        (facts(by_staff=True), HOLD_ALL, APPROVED, ()),
        (facts(body="https://a.example"), AT_ONCE, APPROVED, ()),
        (facts(body=TWO_LINKS), AT_ONCE, PENDING, (Reason.LINKS,)),
        (
            facts(body="https://a.example"),
            Policy(mode=Mode.APPROVE_ALL, max_links=0),
            PENDING,
            (Reason.LINKS,),
        ),
        (
            facts(body="Buy my Course"),
            Policy(mode=Mode.APPROVE_ALL, hold_words=("course",)),
            PENDING,
            (Reason.WORD,),
        ),
        (facts(body="cheap pills"), Policy(spam_words=("pills",)), SPAM, (Reason.SPAM_WORD,)),
        (facts(website="https://pills.example"), Policy(spam_words=("pills",)), SPAM, (Reason.SPAM_WORD,)),
        (facts(honeypot="x"), AT_ONCE, SPAM, (Reason.HONEYPOT,)),
        (facts(barred=True), AT_ONCE, SPAM, (Reason.BARRED,)),
        (facts(filter_says_spam=True), AT_ONCE, SPAM, (Reason.FILTER,)),
        (facts(seconds=1), AT_ONCE, PENDING, (Reason.TOO_FAST,)),
        (facts(seconds=None), AT_ONCE, PENDING, (Reason.TOO_FAST,)),
        (facts(seconds=1, body="https://a.example"), AT_ONCE, SPAM, (Reason.TOO_FAST,)),
        (facts(members_address=True), AT_ONCE, PENDING, (Reason.MEMBERS_ADDRESS,)),
        (facts(seconds=1), HOLD_FIRST, PENDING, (Reason.FIRST, Reason.TOO_FAST)),
        (
            facts(body="I want to die", honeypot="x", approved_before=True),
            AT_ONCE,
            PENDING,
            (Reason.RED_FLAG,),
        ),
    ],
)
def test_status_and_every_reason(sent, policy, status, reasons):
    verdict = judge(sent, policy)

    assert (verdict.status, verdict.reasons) == (status, reasons)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("I want to die", ("self_harm",)),
        ("Some nights I think about hurting myself", ("self_harm",)),
        ("I'm afraid I will hurt my baby", ("self_harm",)),
        ("Everyone would be better off without me", ("self_harm",)),
        ("I don’t want to be here anymore", ("self_harm",)),
        ("I am SUICIDAL again", ("self_harm",)),
        ("I have chest pain right now", ("chest_pain",)),
        ("I have chest pain since Monday", ()),
        ("I can’t breathe when I lie flat", ("breathless",)),
        ("I was coughing up blood", ("breathless",)),
        ("I fainted in the shower", ("faint_seizure",)),
        ("I soaked a pad in an hour", ("heavy_bleeding",)),
        ("I am soaking two pads an hour", ("heavy_bleeding",)),
        ("heavy\nbleeding again at week 5", ()),
        ("I keep thinking about suicied", ("self_harm",)),
        ("my speech is slurred", ("stroke_signs",)),
        ("the worst headache of my life, worst headache ever", ()),
        ("a bad headache and blurry vision", ("worst_headache",)),
        ("collapsed in the shower, was out for a minute", ()),
        ("I had a seizure this morning", ("faint_seizure",)),
        ("ich höre Stimmen", ("hallucination_confusion",)),
        ("my blood pressure was 165/112", ("bp_severe",)),
        ("numbness around my genitals", ("saddle_numb",)),
        ("I keep hearing voices", ("hallucination_confusion",)),
        ("I want to die and I can’t breathe", ("self_harm", "breathless")),
        ("Thank you, my back is so much better.", ()),
        ("My back hurts when I lift my baby.", ()),
        ("A light bleeding after a walk, gone the next day", ()),
        ("My blood pressure is 120/80.", ()),
        ("I take a deep breath and my chest opens", ()),
        ("I leak when I cough", ()),
        ("this stroller is killing my back", ()),
        ("Breathing in, breathing out, it calms me", ()),
        ("", ()),
    ],
)
def test_red_flags_in_the_words_people_write(text, flags):
    assert red_flags(text) == flags


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Cheap PILLS here", ["pills"], True),
        ("caterpillars", ["pill"], False),
        ("buy now!", ["buy now"], True),
        ("это спам текст", ["спам"], True),
        ("无料の薬", ["薬"], True),
        ("a $$$ deal", ["$$$"], True),
        ("nothing", ["", "  "], False),
        ("ＦＲＥＥ", ["free"], True),  # full-width letters are the same letters
    ],
)
def test_words_of_the_therapist(text, words, expected):
    assert matches(text, words) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no link", 0),
        ("https://a.example", 1),
        ("HTTP://A.EXAMPLE and www.b.example", 2),
        ('<a href="https://a.example">', 2),
        ("[url=x]", 1),
    ],
)
def test_links_are_counted_as_text_and_as_markup(text, count):
    assert link_count(text) == count
