"""Rows of a session's exercises: equal ones are rendered once, for whomever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.fragments import rendered_once
from common.unchanging import ByIdentity
from programs.facts.adapted_session import AdaptedSession, Item
from programs.pages.figures import TO_EVERYONE, Shown
from programs.plan import PlannedExercise
from programs.rules.prescribing import Dose

register = template.Library()


@dataclass(frozen=True)
class Row:
    """What a row says of an Item: all of it is of the program, nothing what a member wrote or reported."""

    of: ByIdentity[PlannedExercise]
    number: int
    dose: Dose
    sides: int
    is_easier: bool
    cautions: tuple[str, ...]
    may_try_harder: bool

    @property
    def exercise(self) -> PlannedExercise:
        """The exercise to do."""
        return self.of.it

    @classmethod
    def from_item(cls, item: Item) -> Row:
        """Return the row of an item."""
        return cls(
            of=ByIdentity(item.exercise),
            number=item.number,
            dose=item.dose,
            sides=item.sides,
            is_easier=item.is_easier,
            cautions=item.cautions,
            may_try_harder=item.may_try_harder,
        )


@register.simple_tag(takes_context=True)
def session_move(context: Any, item: Item) -> SafeString:
    """Return an item of a session as a small still picture with name and amount."""
    return _move(Row.from_item(item), context.get("figures", TO_EVERYONE))


@rendered_once
def _move(row: Row, figures: Shown) -> SafeString:
    return render_to_string("programs/_today_move.html", {"item": row, "figures": figures})


@register.simple_tag(takes_context=True)
def session_items(context: Any, todo: AdaptedSession) -> SafeString:
    """Return the items of a session, each with its picture, all its words, and the box to tick."""
    ticked = frozenset(context.get("ticked", ())).intersection(item.number for item in todo.items)
    has_errors = bool(getattr(context.get("form"), "errors", None))
    figures, is_still = context.get("figures", TO_EVERYONE), bool(context.get("still"))
    return _items(ByIdentity(todo), figures, is_still, ticked, has_errors)


@rendered_once
def _items(
    todo: ByIdentity[AdaptedSession],
    figures: Shown,
    is_still: bool,
    ticked: frozenset[int],
    has_errors: bool,
) -> SafeString:
    rows = (
        _item(Row.from_item(item), figures, is_still, item.number in ticked, has_errors)
        for item in todo.it.items
    )
    return SafeString("".join(rows))


@rendered_once
def _item(row: Row, figures: Shown, is_still: bool, is_ticked: bool, has_errors: bool) -> SafeString:
    context = {
        "item": row,
        "figures": figures,
        "still": is_still,
        "is_ticked": is_ticked,
        "has_errors": has_errors,
    }
    return render_to_string("programs/_session_item.html", context)
