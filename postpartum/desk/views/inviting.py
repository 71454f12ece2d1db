"""Inviting: by mail, by a code for a class, and whom the program is open to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.lookups import row_or_404
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_inviting import CodeForm, InviteForm, JoinForm
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.invitations import invite, resend
from postpartum.models import Invitation
from postpartum.practice import reload_practice
from programs.models import EnrollCode, EnrollmentMode, EnrollmentPolicy
from programs.services.admission import create_code, end_code, set_enrollment_mode

SHOWN = 100  # rows of each list


@desk_page(roles.INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def inviting(request: MemberRequest) -> HttpResponse:
    """Show everything about inviting; a POST invites."""
    form = _invite_form(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        emails, role = form.cleaned_data["emails"], form.cleaned_data["role"]
        sent = invite(emails, role, request.user, timezone.now())
        words = ngettext(
            "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", sent
        )
        messages.success(request, words % {"count": sent})
        return redirect("admin:desk_inviting")
    return _page(request, invite_form=form)


@desk_page(roles.INVITE)
@require_POST
def invitation(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an open invitation again, or withdraw it. Idempotent."""
    if request.POST.get("do") == "withdraw":
        Invitation.objects.filter(pk=pk).delete()
        messages.success(request, _("Withdrawn. The link no longer works."))
    elif resend(pk, request.user, timezone.now()):
        messages.success(request, _("Sent again, with a new link."))
    else:
        messages.info(request, _("That invitation is gone, or was sent a moment ago."))
    return redirect("admin:desk_inviting")


@desk_page(roles.INVITE)
@require_POST
def join(request: MemberRequest) -> HttpResponse:
    """Open the program to everybody, to the invited, or to whoever has a code."""
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _page(request, join_form=form)
    set_enrollment_mode(EnrollmentMode(form.cleaned_data["mode"]))
    reload_practice()
    messages.success(request, _("Saved. Whoever has joined stays."))
    return redirect("admin:desk_inviting")


@desk_page(roles.INVITE)
@require_POST
def code(request: MemberRequest) -> HttpResponse:
    """Create a code for a class; one with the same name, places and day of the last minute is that one."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code_form=form)
    new = create_code(**form.cleaned_data, now=timezone.now())
    messages.success(request, _("The code is %(code)s.") % {"code": new.code})
    return redirect("admin:desk_inviting")


@desk_page(roles.INVITE)
@require_POST
def code_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a code at once. Idempotent."""
    end_code(row_or_404(EnrollCode, pk), timezone.localdate())
    messages.success(request, _("The code admits nobody any more. Whoever has joined stays."))
    return redirect("admin:desk_inviting")


def _invite_form(request: MemberRequest, data: Any = None) -> InviteForm:
    return InviteForm(data, may_give_roles=request.user.has_perm(roles.CHANGE_PEOPLE))


def _page(request: MemberRequest, **forms: Any) -> HttpResponse:
    """Show the page with the forms that were sent, all others empty."""
    context = {
        "invite_form": _invite_form(request),
        "join_form": JoinForm(initial={"mode": EnrollmentPolicy.current_mode()}),
        "code_form": CodeForm(),
        "invitations": Invitation.objects.all()[:SHOWN],
        "codes": EnrollCode.objects.all()[:SHOWN],
        "today": timezone.localdate(),
    } | forms
    is_wrong = any(form.errors for form in forms.values())
    return desk_render(request, "desk/inviting.html", context, _("Inviting"), 422 if is_wrong else 200)
