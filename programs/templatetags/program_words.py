"""Human words for codes, in templates."""

import re

from django import template
from django.utils.translation import gettext as _

from programs.labels import label as label_of

register = template.Library()

_NUMBER = re.compile(r"\d[\d\s-]*")


@register.filter
def label(code):
    """The words for one code of the vocabulary."""
    return label_of(code)


@register.filter
def labels(codes):
    """The words for several codes, as one line."""
    return ", ".join(str(label_of(code)) for code in codes)


@register.filter
def line_note(line):
    """What to say beside a SupportLine: that it is not for a crisis, that its number is not confirmed; "" for neither."""
    notes = {
        _("Support, not a crisis line"): not line.is_crisis_line,
        _("Number not confirmed yet"): not line.is_verified,
    }
    return ". ".join(note for note, holds in notes.items() if holds)


@register.filter
def dial(contact):
    """The digits to dial in "call or text 1-833-852-6262 (…)": the first number there is, or "" without one."""
    number = _NUMBER.search(str(contact))
    return re.sub(r"\D", "", number[0]) if number else ""
