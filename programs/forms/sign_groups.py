"""The safety list of a check-in: five lines, of which a "yes" opens its signs, and one answer for all other lines.

Source: check-in data, groupsRule. "None of these" says no to every line without a sign; a line that is neither is an
error, and so is a "yes" without a sign.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from common.choices import Checkboxes
from common.texts import Text
from programs.rules.red_flags import SIGN_GROUPS
from programs.wording.questions import OptionWords
from programs.wording.signs import GROUP_WORDS

NONE_OF_THESE = "none"
WHICH_SIGN = _("Please tap which of these it is. If none of them fits, untap the line above.")
OTHER_LINES = _("And the other lines? Tap what fits, or “None of the others.”")


@dataclass(frozen=True)
class SignLine:
    """One line of the safety list: the box that says yes to it, its signs, and what is still open about it."""

    yes: BoundWidget
    signs: list[BoundWidget]
    error: Text | None = None


@cache
def groups_field() -> forms.MultipleChoiceField:
    """Return the field of the lines said yes to, the same one for all forms."""
    choices = [(group.code, GROUP_WORDS[group.code]) for group in SIGN_GROUPS]
    return forms.MultipleChoiceField(choices=choices, widget=Checkboxes, required=False)


def signs_field(options: Mapping[str, OptionWords], label: Text) -> forms.MultipleChoiceField:
    """Return the field of the signs chosen, with the answer for all other lines."""
    signs = [(sign.code, options[sign.code].label) for group in SIGN_GROUPS for sign in group.signs]
    choices = [(NONE_OF_THESE, _("None of these")), *signs]
    return forms.MultipleChoiceField(choices=choices, widget=Checkboxes, label=label, required=False)


def lines_without_a_sign(said_yes: Collection[str], signs: Collection[str]) -> list[str]:
    """Return the codes of the lines said yes to of which no sign is chosen."""
    return [group.code for group in SIGN_GROUPS if group.code in said_yes and not _chosen(group.code, signs)]


def are_lines_open(said_yes: Collection[str], signs: Collection[str]) -> bool:
    """Whether a line has no answer: neither a "yes", nor a sign, nor the answer for all other lines."""
    if NONE_OF_THESE in signs:
        return False
    return any(group.code not in said_yes and not _chosen(group.code, signs) for group in SIGN_GROUPS)


def sign_lines(
    groups: forms.BoundField, signs: forms.BoundField, said_yes: Collection[str]
) -> list[SignLine]:
    """Return the lines in their order; `said_yes` are the codes of those that lack a sign."""
    boxes = {box.data["value"]: box for box in groups}
    options = {option.data["value"]: option for option in signs}
    return [
        SignLine(
            boxes[group.code],
            [options[sign.code] for sign in group.signs],
            WHICH_SIGN if group.code in said_yes else None,
        )
        for group in SIGN_GROUPS
    ]


def groups_of(signs: Collection[str]) -> list[str]:
    """Return the codes of the lines to which these signs say yes."""
    return [group.code for group in SIGN_GROUPS if _chosen(group.code, signs)]


def _chosen(code: str, signs: Collection[str]) -> bool:
    group = next(group for group in SIGN_GROUPS if group.code == code)
    return any(sign.code in signs for sign in group.signs)
