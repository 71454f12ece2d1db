"""Human words for codes, in templates."""

import re

from django import template

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
def dial(contact):
    """The digits to dial in "call or text 1-833-852-6262 (…)": the first number there is, or "" without one."""
    number = _NUMBER.search(str(contact))
    return re.sub(r"\D", "", number[0]) if number else ""
