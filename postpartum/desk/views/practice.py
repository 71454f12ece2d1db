"""The practice's details: the first-run guide, the same steps later on, and a test mail."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.edit_conflicts.conflicts import choices_in
from common.edit_conflicts.pages import LastSave, ask_about_conflicts
from common.edit_conflicts.rows import keeping
from common.edit_conflicts.states import FIELD, THEIRS, hidden_fields
from common.lookups import row_or_404
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.guide import BY_KEY, MAIL, STEPS, Step, first_open, step_after
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.mail.delivery import delivery
from postpartum.mail.testing import last_test_of, queue_test_mail
from postpartum.models import Practice
from postpartum.practice import (
    lock_practice,
    practice_in_force,
    restore_practice,
    save_practice,
    versions_shown,
)

LOOK_AGAIN_SECONDS = 3
LOSE = "lose"  # she was asked, and skips a step without what she typed


@desk_page(roles.CHANGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: MemberRequest) -> HttpResponse:
    """Show the steps and all earlier versions; bring one of those back."""
    if "back_to" in request.POST:
        version = row_or_404(Practice.objects.all(), request.POST["back_to"])
        if restore_practice(version, request.user, timezone.now()):
            messages.success(request, _("It is back. Readers see it within a minute."))
        return redirect("admin:desk_practice")
    done = practice_in_force().steps
    context = {"steps": STEPS, "done": done, "next": first_open(done), "versions": versions_shown()}
    return desk_render(request, "desk/practice.html", context, _("Your practice"))


@desk_page(roles.CHANGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_step(request: MemberRequest, key: str) -> HttpResponse:
    """Show, save or skip one step, and lead to the next one that is open. Ask before typed words are skipped."""
    step = BY_KEY.get(key)
    if step is None:
        raise Http404
    with transaction.atomic():
        if request.method == "POST":
            lock_practice()
        return _practice_step(request, step)


def _practice_step(request: MemberRequest, step: Step) -> HttpResponse:
    key, now, row = step.key, timezone.now(), practice_in_force()
    done = {"steps": sorted({*row.steps, step.key})}
    is_skipped = "skip" in request.POST
    is_sent = request.method == "POST"
    form_class: Any = keeping(
        step.form, [name for name, choice in choices_in(request.POST).items() if choice == THEIRS]
    )
    form = form_class(request.POST if is_sent else None, request.FILES if is_sent else None, instance=row)
    stored = [step.form(instance=practice_in_force())]
    may_lose = request.POST.get("skip") == LOSE or FIELD not in request.POST
    if is_skipped and (may_lose or not form.has_changed()):
        save_practice(done, request.user, now)
        return _onward(key)
    saved = LastSave(row.saved_by_name, row.saved_at, row.saved_by == request.user)
    asked = (
        is_sent and not is_skipped and ask_about_conflicts(request, [form], stored, lambda: saved, step.title)
    )
    if asked:
        return asked
    if not is_skipped and form.is_valid():
        save_practice(form.changes() | done, request.user, now)
        messages.success(request, _("Saved. Readers see it within a minute."))
        return _onward(key)
    context: dict[str, Any] = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "form": form,
        "edit_state": hidden_fields(stored, request.POST),
        "is_open": step.key not in row.steps,
        "lose": LOSE if is_skipped else "",
    }
    status = 422 if form.is_bound else 200
    if key != MAIL:
        return desk_render(request, step.template, context, step.title, status)
    return _mail_step(request, context, status)


@desk_page(roles.CHANGE_PRACTICE)
@require_POST
def test_mail(request: MemberRequest) -> HttpResponse:
    """Send a test mail to whoever asks, the way all mail goes."""
    wait = queue_test_mail(request.user, timezone.now())
    if wait:
        messages.error(request, _("That was sent a moment ago. Please wait a minute before the next one."))
    return redirect("admin:desk_practice_step", MAIL)


def _mail_step(request: MemberRequest, context: dict[str, Any], status: int) -> HttpResponse:
    mail = last_test_of(request.user)
    is_under_way = mail is not None and mail.state == mail.State.WAITING
    context |= {"delivery": delivery(), "mail": mail, "is_under_way": is_under_way}
    response = desk_render(request, "desk/practice_mail.html", context, context["step"].title, status)
    if is_under_way:
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


def _onward(key: str) -> HttpResponse:
    """Redirect to the next step that is open; to all of them after the last."""
    following = step_after(BY_KEY[key])
    while following and following.key in practice_in_force().steps:
        following = step_after(following)
    if following is None:
        return redirect("admin:desk_practice")
    return redirect("admin:desk_practice_step", following.key)
