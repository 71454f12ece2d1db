"""Remarks in words, each with the place at the desk where it is mended."""

from collections.abc import Collection
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programs.authoring.content import KINDS
from programs.models import Program, Session, Week
from programs.plan import Remark, Where
from programs.rules.vocabulary import SessionKind


class Mending(NamedTuple):
    """One remark as text, and the URL of the form that mends it."""

    text: str
    url: str


def mendings(program: Program, found: Collection[Remark]) -> list[Mending]:
    """Return each remark with its place, in the same order (2 queries at most for each kind of part)."""
    rows = _rows(program, found)
    return [_mending(program, rows.get(remark.where[:2]), remark) for remark in found]


def words_of(row: Any, found: Collection[Remark]) -> list[str]:
    """Return the remarks about `row` as texts for its own form, which does not repeat its name."""
    return [": ".join(filter(None, (_part_of(row, one.where), one.reason))) for one in found]


def _rows(program: Program, found: Collection[Remark]) -> dict[Where, Any]:
    """Return the row of each part that a remark is about, by the part's path."""
    rows: dict[Where, Any] = {}
    for name, kind in KINDS.items():
        wanted = {remark.where[1] for remark in found if remark.where[0] == name and len(remark.where) > 1}
        if wanted:
            some = kind.rows(program).filter(**{f"{kind.named_by}__in": wanted})
            rows |= {(name, getattr(row, kind.named_by)): row for row in some}
    return rows


def _mending(program: Program, row: Any, remark: Remark) -> Mending:
    where = remark.where
    if where[0] == "about":
        row = program
    if row is None:  # what is missing has no row yet
        return Mending(capfirst(remark.reason), _url_of_missing(where))
    name = ": ".join(filter(None, (_name_of(row), _part_of(row, where))))
    return Mending(f"{name}: {remark.reason}", _url_of(row, where))


def _name_of(row: Any) -> str:
    if isinstance(row, Week):
        return _("Week %(number)d") % {"number": row.number}
    if isinstance(row, Session):
        week = getattr(row, "week_number", None)
        letter = f" {row.letter}" if row.letter else ""
        return (_("Week %(number)d") % {"number": week} + f"{letter}, {row.title}") if week else row.title
    return str(row)


def _part_of(row: Any, where: Where) -> str:
    """Return the name of the place within a row's form, or "" for the whole form."""
    if len(where) > 3 and where[2] == "prescriptions":
        return _("exercise %(number)d") % {"number": int(where[3]) + 1}
    place = where[1 if where[0] == "about" else 2 :]
    fields = {field.name: field for field in row._meta.get_fields() if hasattr(field, "verbose_name")}
    return str(getattr(fields.get(str(place[0])), "verbose_name", "")) if place else ""


def _url_of(row: Any, where: Where) -> str:
    if where[0] == "weeks" and where[2:] == ("sessions",):
        about = {"program": row.phase.program_id, "week": row.pk, "kind": SessionKind.SESSION.value}
        return f"{reverse('admin:programs_session_add')}?{urlencode(about)}"
    form = reverse(f"admin:programs_{row._meta.model_name}_change", args=[row.pk])
    model_admin: Any = admin.site.get_model_admin(type(row))
    return form + model_admin.anchor_of(where)


def _url_of_missing(where: Where) -> str:
    return reverse("admin:programs_week_add" if where[0] == "weeks" else "admin:programs_session_changelist")
