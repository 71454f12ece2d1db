"""Filters that word doses and adaptations in the templates of a session."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString

from common.fragments import PartToFill, rendered_once
from common.members import User
from programs.facts.adapted_session import Item
from programs.pages.player import account_mark as mark_of
from programs.rules.prescribing import Because
from programs.wording.player import amount_words, because_words, dose_words, player_words
from programs.wording.player import phone_words as words_of_phone

register = template.Library()

_brought_back = PartToFill("_brought_back.html", "account")
_phone = PartToFill("_phone.html", "account")


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


@register.simple_tag(takes_context=True)
def brought_back(context: Context) -> SafeString:
    """Return the script of pages that come back from a browser's memory; nothing where nobody is signed in."""
    user = context["request"].user
    return _brought_back({"account": mark_of(user)}) if user.is_authenticated else SafeString()


@register.simple_tag(takes_context=True)
def phone(context: Context) -> SafeString:
    """Return what a member's phone does on every page; nothing where nobody is signed in.

    With the emergency number of the `help_country` where the page names one.
    """
    user, country = context["request"].user, context.get("help_country")
    if not user.is_authenticated:
        return SafeString()
    numbers = {"pk": country.pk, "emergency": country.emergency} if country else None
    return _phone({"account": mark_of(user)}, help_country=numbers)


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
