"""Questions nobody has answered yet are rendered once, and equal those rendered for each member."""

import pytest
from django.template.loader import render_to_string

from postpartum.models import TextOverride
from postpartum.text_overrides.lookup import apply_overrides
from programs.forms.check_in import CheckInForm
from programs.rules.vocabulary import CheckInKind
from programs.templatetags.check_in_questions import EVER, question, signs

KINDS = [CheckInKind.BEFORE, CheckInKind.AFTER]


@pytest.fixture
def texts():
    """Apply text overrides as a process does, and restore the original ones at the end."""
    yield lambda *rows: apply_overrides(rows)
    apply_overrides([])


@pytest.mark.parametrize("kind", KINDS)
def test_each_question_is_that_of_its_template(kind):
    form = CheckInForm(kind, now=EVER)
    for field in [*form.lead_fields, *form.open_fields]:
        template = "programs/check_in/_question.html"
        assert question(form, field) == render_to_string(template, {"form": form, "field": field})
    assert signs(form) == render_to_string("programs/check_in/_signs.html", {"form": form})


def test_chosen_answers_are_shown_as_chosen():
    chosen = CheckInForm(CheckInKind.BEFORE, now=EVER, initial={"mood": "low", "redFlags": ["fever"]})
    assert "checked" in question(chosen, chosen["mood"])
    assert "checked" in signs(chosen)
    empty = CheckInForm(CheckInKind.BEFORE, now=EVER)
    assert "checked" not in question(empty, empty["mood"]) + signs(empty)


def test_missing_answers_are_said_at_their_place():
    sent = CheckInForm(CheckInKind.BEFORE, {}, now=EVER)
    assert not sent.is_valid()
    assert "notice-stop" in question(sent, sent["mood"])


def test_a_text_the_therapist_changed_is_shown(texts):
    form = CheckInForm(CheckInKind.BEFORE, now=EVER)
    original = str(form["mood"].label)
    assert original in question(form, form["mood"])
    texts(TextOverride(key="", language="en", original=original, text="How is your heart today?"))
    assert "How is your heart today?" in question(form, form["mood"])
