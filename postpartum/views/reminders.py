"""Reminders: the member's page, the links in the mails, and the private calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.members import MemberRequest, member_page
from common.places import place_of
from postpartum.forms.reminders import DEFAULT, ReminderForm
from postpartum.mail.writing import site_address
from postpartum.models import Reminder
from postpartum.reminders import scheduling
from postpartum.reminders.calendar import calendar_of


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: MemberRequest) -> HttpResponse:
    """Show and save days and time."""
    kept = Reminder.objects.filter(user=request.user).first()
    form = ReminderForm(
        request.POST or None, instance=kept or Reminder(user=request.user), initial={} if kept else DEFAULT
    )
    if request.method == "POST" and form.is_valid():
        scheduling.save_reminder(form.instance, timezone.now())
        messages.success(request, _("Saved."))
        return redirect("reminders")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "reminders/reminders.html",
        {"form": form, "kept": kept, "place": place_of(request.user.time_zone), **_calendar(kept)},
        status=status,
    )


@member_page
@require_POST
def share(request: MemberRequest) -> HttpResponse:
    """Create a new private calendar URL, or remove it."""
    if request.POST.get("do") == "end":
        scheduling.unshare_calendar(request.user)
        messages.success(request, _("The link is off. No calendar can read your days anymore."))
    else:
        scheduling.share_calendar(request.user)
    return redirect("reminders")


@require_safe
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the feed behind a private URL; without sign-in, which calendar apps cannot do."""
    found = get_object_or_404(Reminder.objects.select_related("user"), calendar_key=key)
    feed = calendar_of(found, timezone.now())
    headers = {"Cache-Control": "private, max-age=0", "X-Robots-Tag": "noindex"}
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8", headers=headers)


@csrf_exempt  # one-click unsubscribe of mail programs has no token (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop reminders: one click in the mail program, or one tap here."""
    reminder = _of(token)
    if request.method == "POST":
        scheduling.stop(reminder)
    return render(request, "reminders/stop.html", {"done": request.method == "POST"})


@csrf_exempt  # likewise
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, token: str) -> HttpResponse:
    """Snooze the reminder for two hours; late in the evening say that the next one comes on its day."""
    reminder = _of(token)
    is_done = request.method == "POST"
    is_today = is_done and scheduling.snooze(reminder, timezone.now())
    return render(request, "reminders/later.html", {"done": is_done, "is_today": is_today})


def _of(token: str) -> Reminder:
    reminder = scheduling.reminder_of(token)
    if reminder is None:
        raise Http404
    return reminder


def _calendar(kept: Reminder | None) -> dict[str, str]:
    """Return the calendar's address, and the same for the phone's own calendar app; nothing without one."""
    if not (kept and kept.calendar_key):
        return {"calendar": ""}
    address = site_address("calendar", kept.calendar_key)
    return {"calendar": address, "calendar_app": f"webcal:{address.partition(':')[2]}"}
