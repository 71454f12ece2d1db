"""The questions of a check-in: those nobody has answered yet look the same for everybody, and are rendered once."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.fragments import rendered_once
from programs.forms.check_in import CheckInForm
from programs.rules.vocabulary import CheckInKind

register = template.Library()

EVER = datetime(1970, 1, 1, tzinfo=UTC)  # an empty form asks for no time
SIGNS = ("redFlags", "groups")


@register.simple_tag
def questions(form: CheckInForm, fields: Sequence[BoundField]) -> SafeString:
    """Return questions as HTML, one after the other."""
    names = tuple(field.name for field in fields)
    if _is_empty(form, *names):
        return _empty_questions(form.kind, names)
    return SafeString("".join(question(form, field) for field in fields))


def question(form: CheckInForm, field: BoundField) -> SafeString:
    """Return one question as HTML."""
    if _is_empty(form, field.name):
        return _empty_question(form.kind, field.name)
    return _question(form, field)


@register.simple_tag
def signs(form: CheckInForm) -> SafeString:
    """Return the safety list as HTML."""
    return _empty_signs(form.kind) if _is_empty(form, *SIGNS) else _signs(form)


def _is_empty(form: CheckInForm, *names: str) -> bool:
    """Return whether nothing is chosen in these fields and nothing was sent."""
    return not form.is_bound and form.initial.keys().isdisjoint(names)


@rendered_once
def _empty_questions(kind: CheckInKind, names: tuple[str, ...]) -> SafeString:
    return SafeString("".join(_empty_question(kind, name) for name in names))


@rendered_once
def _empty_question(kind: CheckInKind, name: str) -> SafeString:
    form = CheckInForm(kind, now=EVER)
    return _question(form, form[name])


@rendered_once
def _empty_signs(kind: CheckInKind) -> SafeString:
    return _signs(CheckInForm(kind, now=EVER))


def _question(form: CheckInForm, field: BoundField) -> SafeString:
    return render_to_string("programs/check_in/_question.html", {"form": form, "field": field})


def _signs(form: CheckInForm) -> SafeString:
    return render_to_string("programs/check_in/_signs.html", {"form": form})
