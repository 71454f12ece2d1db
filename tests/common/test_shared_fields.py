"""Forms that share their fields: what one says of its person, no other shows."""

from copy import deepcopy

import pytest
from django.utils import timezone

from accounts.models import User
from blog.forms import CommentForm
from programs.forms.check_in import CheckInForm
from programs.forms.session_log import SessionLogForm
from programs.rules.vocabulary import CheckInKind


def forms_of_comments():
    """Empty and sent."""
    return [CommentForm(), CommentForm({"name": "Ana", "body": ""})]


def forms_of_check_ins():
    """Of each kind, empty and sent."""
    sent = (None, {"client_id": "x"})
    return [CheckInForm(kind, data, now=timezone.now()) for kind in CheckInKind for data in sent]


def forms_of_logs():
    """As the player sends them."""
    return [SessionLogForm({"id": "x"}, now=timezone.now())]


SHARED = {CommentForm: forms_of_comments, CheckInForm: forms_of_check_ins, SessionLogForm: forms_of_logs}


def said(form_class):
    """All that the shared fields of a class say."""
    return {
        name: {key: repr(value) for key, value in vars(deepcopy(field)).items() if key != "widget"}
        | {"attrs": dict(field.widget.attrs), "is_required": field.widget.is_required}
        for name, field in form_class.base_fields.items()
    }


def test_the_name_of_a_member_is_not_in_the_form_of_the_next_visitor():
    hers = CommentForm(user=User(email="ines@example.org", pen_name="Ines"))
    next_one = CommentForm()
    assert hers["name"].initial == "Ines"
    assert next_one["name"].initial is None
    assert "email" in next_one.fields
    assert "Ines" not in next_one.as_p()


@pytest.mark.parametrize("form_class", SHARED)
def test_fields_that_are_shared_never_change(form_class):
    before = said(form_class)
    for form in SHARED[form_class]():
        form.is_valid()
        form.as_p()
    assert said(form_class) == before
