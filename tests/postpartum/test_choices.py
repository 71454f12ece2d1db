"""Choices to tap and hidden fields: written at once, and the same as Django's own."""

import pytest
from django import forms
from django.test.html import parse_html

from common.choices import Checkboxes, LongSelect, Radios
from common.hidden import Hidden

CHOICES = [("fine", "Fine"), ('"<&', "Odd"), (3, "Three"), ("", "Nothing")]


def tags(field, attrs, data):
    """What a form with `field` writes for each choice, and for all of them at once."""
    field.widget.attrs.update(attrs)
    form = type("OneQuestion", (forms.Form,), {"question": field})(data)
    return [choice.tag() for choice in form["question"]], parse_html(str(form["question"]))


@pytest.mark.parametrize(
    ("field", "mine", "djangos"),
    [
        (forms.ChoiceField, Radios, forms.RadioSelect),
        (forms.MultipleChoiceField, Checkboxes, forms.CheckboxSelectMultiple),
    ],
)
@pytest.mark.parametrize("attrs", [{}, {"data-what": 'a "b" & <c>', "autofocus": True, "hidden": False}])
@pytest.mark.parametrize("data", [None, {"question": '"<&'}])
def test_each_choice_is_as_django_writes_it(field, mine, djangos, attrs, data):
    written, expected = (tags(field(choices=CHOICES, widget=one), attrs, data) for one in (mine, djangos))
    assert list(map(parse_html, written[0])) == list(map(parse_html, expected[0]))
    assert written[1] == expected[1]
    assert all(tag.startswith("<input ") and hasattr(tag, "__html__") for tag in written[0])


@pytest.mark.parametrize("attrs", [{}, {"data-what": 'a "b" & <c>', "autofocus": True, "hidden": False}])
@pytest.mark.parametrize("data", [None, {"question": '"<&'}])
def test_a_hidden_field_is_as_django_writes_it(attrs, data):
    def written(widget):
        field = forms.CharField(widget=widget(attrs=attrs))
        return parse_html(str(type("OneQuestion", (forms.Form,), {"question": field})(data)["question"]))

    assert written(Hidden) == written(forms.HiddenInput)


@pytest.mark.parametrize("attrs", [{}, {"data-what": 'a "b" & <c>', "autofocus": True, "hidden": False}])
@pytest.mark.parametrize("data", [None, {"question": '"<&'}, {"question": "3"}])
def test_a_long_choice_is_as_django_writes_it(attrs, data):
    def written(widget):
        field = forms.ChoiceField(choices=CHOICES, widget=widget(attrs=attrs))
        return parse_html(str(type("OneQuestion", (forms.Form,), {"question": field})(data)["question"]))

    assert written(LongSelect) == written(forms.Select)


def test_no_template_is_read_for_a_choice():
    class NoTemplates(forms.renderers.BaseRenderer):
        def get_template(self, template_name):
            raise AssertionError(template_name)

    field = forms.ChoiceField(choices=CHOICES, widget=Radios)
    form = type("OneQuestion", (forms.Form,), {"question": field})(renderer=NoTemplates())
    assert next(choice.tag() for choice in form["question"]).startswith("<input ")
