"""Words for doses and changes, in the templates of a session."""

from django import template

from programs.pages.player import account_mark as mark_of
from programs.wording.player import because_words, dose_words

register = template.Library()


@register.filter
def in_words(item):
    """The dose of an item of today's session, in short parts."""
    return dose_words(item.dose, item.sides)


@register.filter
def reasons(because):
    """Why an exercise was changed for her, as one line."""
    return because_words(because)


@register.simple_tag
def account_mark(user):
    """What tells her account from another on a shared phone."""
    return mark_of(user)
