"""Filters that turn codes into labels for people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.labels import label as label_of
from programs.plan.telephone import numbers_in

register = template.Library()


@register.filter
def label(code: Any) -> str:
    """Return the label of one code of the vocabulary. Raise KeyError for a code without one."""
    return str(label_of(code))


@register.filter
def labels(codes: Iterable[Any]) -> str:
    """Return the labels of several codes, separated by commas."""
    return ", ".join(str(label_of(code)) for code in codes)


@register.filter
def line_note(line: Any) -> str:
    """Return the caveats of a SupportLine, or of what has its fields: not for a crisis, number not confirmed; and when it was checked."""
    is_known = line.is_verified or line.checked_on
    notes = {
        _("Support, not a crisis line"): not line.is_crisis_line and not line.is_safe_at_home,
        _("Number not confirmed yet"): not is_known,
        checked_note(line.checked_on): line.checked_on,
    }
    return ". ".join(note for note, holds in notes.items() if holds)


@register.filter
def checked_note(day: date | None) -> str:
    """Return when a number was checked; "" where it never was."""
    return _("Checked on %(day)s") % {"day": date_format(day)} if day else ""


@register.filter
def dial(contact: object) -> str:
    """Return the digits of the first telephone number in a text such as "call or text 1-833-852-6262 (…)", or ""."""
    return next(iter(numbers_in(str(contact))), "")
