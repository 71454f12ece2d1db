"""What templates are rendered with once: the same for everybody, and equal only where it is rendered the same."""

from dataclasses import dataclass

import pytest
from django.template import engines
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

from accounts.models import User
from common.fragments import Given, PartToFill
from common.unchanging import Unchanging
from programs.facts.week import SessionOfWeek
from programs.plan import PlannedSession
from programs.rules.vocabulary import Outcome, SessionKind

PAGE = """{% load fragments %}{% include_once "programs/_leaves.html" sessions=sessions %}"""
HEADER = PartToFill("_member_header.html", "name", "token")
SIGNED_IN = {"tab": "today", "is_signed_in": True, "is_staff": False}


@dataclass(frozen=True)
class Part(Unchanging):
    """A part of a release."""

    name: str


@dataclass
class Changing:
    """What may be another one tomorrow."""

    name: str


def session_of_week(title="Session A", done=False):
    return SessionOfWeek(PlannedSession(key="w01-a", kind=SessionKind.SESSION, title=title), done, done)


def test_a_template_is_rendered_for_each_of_its_values():
    page = engines["django"].from_string(PAGE)
    one, other = session_of_week(), session_of_week("Rock & roll", done=True)
    for sessions in ([one], [other], [one, other], [one]):
        text = page.render({"sessions": sessions})
        assert ("Session A" in text, "Rock &amp; roll" in text) == (one in sessions, other in sessions)
        assert text.count("leaf-done") == sessions.count(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<b>", mark_safe("<b>")),
        (1, True),
        (0, False),
        ("1", 1),
        (None, ""),
        (Outcome.GO, "go"),
        ([1], [1, 1]),
        ([1], (1,)),
        (Part("a"), Part("a")),
        ({"a": 1}, {"a": 2}),
        (session_of_week(), session_of_week()),
    ],
)
def test_what_may_be_rendered_otherwise_is_another_value(one, other):
    assert Given({"value": one}) == Given({"value": one})
    assert Given({"value": one}) != Given({"value": other})
    assert Given({"value": one}) != Given({"other": one})


@pytest.mark.parametrize(
    "value",
    [
        User(email="ana@example.org"),
        SimpleLazyObject(lambda: User(email="ana@example.org")),
        Changing("a"),
        [Changing("a")],
        {"user": User(email="ana@example.org")},
        object(),
    ],
)
def test_nothing_of_one_person_is_taken(value):
    with pytest.raises(TypeError, match="of one person or may change"):
        Given({"value": value})


def header_of(name):
    return HEADER({"name": name, "token": "abc"}, practice={"name": "Tend", "logo": None}, **SIGNED_IN)


def test_a_part_is_rendered_once_and_filled_in_for_each_person():
    ana, eve = header_of("Ana"), header_of("<b>Eve</b>")
    assert "Ana" in ana
    assert "Ana" not in eve
    assert "&lt;b&gt;Eve&lt;/b&gt;" in eve
    assert ana.replace("Ana", "") == eve.replace("&lt;b&gt;Eve&lt;/b&gt;", "")
    assert 'value="abc"' in ana


def test_a_part_is_filled_in_once_for_each_row():
    both = HEADER.all(
        [{"name": "Ana", "token": 1}, {"name": "Eve", "token": 2}],
        practice={"name": "Tend", "logo": None},
        **SIGNED_IN,
    )
    assert both.count("<header") == 2
    assert both.index("Ana") < both.index("Eve")


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        HEADER({"name": "Ana"}, practice={"name": "Tend", "logo": None}, **SIGNED_IN)


def test_a_template_cannot_decide_by_what_is_filled_in():
    with pytest.raises(TypeError):
        PartToFill("_member_header.html", "is_staff")({"is_staff": True}, is_signed_in=True)
