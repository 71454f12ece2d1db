"""Export and import of exercises and programs as one file, with a preview of what would change."""

from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_program import ImportForm
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.desk.views.program import the_program
from programs.authoring.drafts import with_media_of
from programs.authoring.parts import Difference, differences, parts_written
from programs.figures import FigureError
from programs.models import Program
from programs.services.figures import drawn_anew
from programs.services.sharing import NotOurFile, as_file, from_file
from programs.services.versions import put_parts

Parts = dict[tuple[Any, ...], Any]  # by name, as programs.authoring.parts has them


@desk_page(roles.SEE_PROGRAM)
@require_safe
def take_out(request: MemberRequest) -> HttpResponse:
    """Export every part, or with ?only= one kind of them, as one file."""
    parts = parts_written(_program())
    kind = request.GET.get("only")
    if kind:
        parts = {where: part for where, part in parts.items() if where[0] == kind}
    response = HttpResponse(as_file(parts), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="program-{timezone.localdate():%Y-%m-%d}.json"'
    return response


@desk_page(roles.CHANGE_PROGRAM)
@require_http_methods(["GET", "POST"])
def bring_in(request: MemberRequest) -> HttpResponse:
    """Preview what an uploaded file would change, then, once confirmed, change it."""
    if "text" in request.POST:
        return _brought_in(request, request.POST["text"])
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            text = form.cleaned_data["file"].read().decode()
            context |= {"text": text, "differences": _would_change(from_file(text))[1]}
        except UnicodeDecodeError:
            form.add_error("file", _("This is not a text file."))
        except NotOurFile as problem:
            form.add_error("file", str(problem))
    return desk_render(
        request, "desk/bring_in.html", context, _("Bring a file in"), 422 if form.errors else 200
    )


def _program() -> Program:
    """Return the program. Raise Http404 before the first one is loaded."""
    program = the_program()
    if program is None:
        raise Http404
    return program


def _would_change(parts: Parts) -> tuple[Parts, list[Difference]]:
    """Return the parts with their stored photographs and videos, and how they differ from the drafts."""
    written = parts_written(_program())
    parts = with_media_of(parts, written)
    return parts, differences({where: part for where, part in written.items() if where in parts}, parts)


def _brought_in(request: MemberRequest, text: str) -> HttpResponse:
    try:
        parts, found = _would_change(from_file(text))
        changed = drawn_anew({one.where: parts[one.where] for one in found}, parts_written(_program()))
        put_parts(_program(), changed, request.user, timezone.now())
    except FigureError as problem:
        messages.error(
            request, _("A figure cannot be drawn: %(why)s. Nothing was changed.") % {"why": problem}
        )
        return redirect("admin:desk_bring_in")
    except (NotOurFile, KeyError, DatabaseError):
        messages.error(request, _("The file names something that is not there. Nothing was changed."))
        return redirect("admin:desk_bring_in")
    words = ngettext("%(n)d part was written.", "%(n)d parts were written.", len(changed)) % {
        "n": len(changed)
    }
    messages.success(request, words + " " + _("Mothers see it when you publish."))
    return redirect("admin:desk_program")
