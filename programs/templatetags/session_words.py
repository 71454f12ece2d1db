"""Filters that word doses and adaptations in the templates of a session."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString

from common.fragments import rendered_once
from common.members import User
from programs.facts.adapted_session import Item
from programs.pages.player import account_mark as mark_of
from programs.rules.prescribing import Because
from programs.wording.player import amount_words, because_words, dose_words, player_words
from programs.wording.player import phone_words as words_of_phone

register = template.Library()


@register.filter
def in_words(item: Item) -> list[str]:
    """Return the dose of an item of today's session as short texts."""
    return dose_words(item.dose, item.sides)


@register.filter
def amount_in_words(item: Item) -> str:
    """Return how much of an item of today's session one set is: "8 times each side"."""
    return amount_words(item.dose, item.sides)


@register.filter
def reasons(because: Sequence[Because]) -> str:
    """Return the reasons why an exercise was adapted, as one line."""
    return because_words(because)


@register.simple_tag
def account_mark(user: User) -> str:
    """Return a pseudonym that tells one account from another on a shared phone."""
    return mark_of(user)


@register.simple_tag
@rendered_once
def phone_words() -> SafeString:
    """Return the texts of the phone's script as JSON, escaped for an attribute."""
    return conditional_escape(json.dumps(words_of_phone()))


@register.simple_tag
@rendered_once
def words_of_player() -> SafeString:
    """Return the texts of the player as a JSON script."""
    return json_script(player_words(), "player-words")
