"""The page that shows both values of what two people changed, and sends everything once more with the choices."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from common.edit_conflicts.conflicts import Conflict, conflicts_of
from common.edit_conflicts.states import ASKED, FIELD, Forms, read_state, state_of, written
from common.kept_uploads import keep_upload

OWN = ("csrfmiddlewaretoken", ASKED)


@dataclass(frozen=True)
class LastSave:
    """Who saved a row last, and when; `by` is "" where it was no person, and `is_me` where it was the same person."""

    by: str = ""
    at: datetime | None = None
    is_me: bool = False


def ask_about_conflicts(
    request: HttpRequest, sent: Forms, stored: Forms, saved: Callable[[], LastSave], name: object
) -> HttpResponse | None:
    """Return the page that asks what to keep; None where nothing is in conflict, or everything is decided.

    `sent` are the bound forms and formsets, `stored` the unbound ones; call it with what is stored locked.
    """
    opened = request.POST.get(FIELD)  # missing only where no page was opened: every form of the desk has it
    if opened is None or state_of(stored) == read_state(opened):
        return None
    conflicts = conflicts_of(sent, request.POST)
    if all(conflict.is_decided for conflict in conflicts):
        return None
    return conflict_page(request, conflicts, stored, saved(), name)


def conflict_page(
    request: HttpRequest, conflicts: Sequence[Conflict], parts: Forms, saved: LastSave, name: object
) -> HttpResponse:
    """Return the page (409) about the form of `name`; `parts` are its forms and formsets with what is stored now."""
    context = admin.site.each_context(request) | {
        "title": _("Changed by two people: “%(name)s”") % {"name": name},
        "conflicts": conflicts,
        "missed": bool(request.POST.get(ASKED)),
        "saved": saved,
        "sent": list(_sent(request, {conflict.field for conflict in conflicts})),
        "asked_name": ASKED,
        "asked_state": written(state_of(parts)),
    }
    return TemplateResponse(request, "admin/edit_conflict.html", context, status=409)


def gone_page(request: HttpRequest, lines: Sequence[tuple[str, list[str]]], saved: LastSave) -> HttpResponse:
    """Return the page (409) that says who deleted the row, with everything that was typed: (label, lines) by field."""
    context = admin.site.each_context(request) | {
        "title": _("Deleted in the meantime"),
        "lines": lines,
        "saved": saved,
    }
    return TemplateResponse(request, "admin/edit_gone.html", context, status=409)


def _sent(request: HttpRequest, choices: set[str]) -> Iterator[tuple[str, Any]]:
    """Yield everything that was sent, apart from the choices that the page asks for."""
    for name, values in request.POST.lists():
        if name not in OWN and name not in choices:
            yield from ((name, value) for value in values)
    for name, file in request.FILES.items():
        if isinstance(file, UploadedFile):
            yield f"{name}-kept", keep_upload(file)
