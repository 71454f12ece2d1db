"""Reminders: her page, the links in the mails, and her private calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.members import member_page
from postpartum.forms.reminders import DEFAULT, ReminderForm
from postpartum.mail.writing import site_address
from postpartum.models import Reminder
from postpartum.reminders import keeping
from postpartum.reminders.calendar import calendar_of


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request):
    """Her days and her hour."""
    kept = Reminder.objects.filter(user=request.user).first()
    form = ReminderForm(
        request.POST or None, instance=kept or Reminder(user=request.user), initial={} if kept else DEFAULT
    )
    if request.method == "POST" and form.is_valid():
        keeping.keep_reminder(form.instance, timezone.now())
        messages.success(request, _("Saved."))
        return redirect("reminders")
    status = 422 if request.method == "POST" else 200
    return render(
        request, "reminders/reminders.html", {"form": form, "kept": kept, **_calendar(kept)}, status=status
    )


@member_page
@require_POST
def share(request):
    """A new address of her calendar, or none."""
    if request.POST.get("do") == "end":
        keeping.unshare_calendar(request.user)
        messages.success(request, _("The link is dead. No calendar can read your days any more."))
    else:
        keeping.share_calendar(request.user)
    return redirect("reminders")


@require_safe
def calendar(request, key):
    """The feed behind a private address; needs no sign-in, for calendars cannot."""
    found = get_object_or_404(Reminder.objects.select_related("user"), calendar_key=key)
    feed = calendar_of(found, timezone.now())
    headers = {"Cache-Control": "private, max-age=0", "X-Robots-Tag": "noindex"}
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8", headers=headers)


@csrf_exempt  # mail programs send this for her, without a page of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """No more reminders: one click in the mail program, or one tap here."""
    reminder = _of(token)
    if request.method == "POST":
        keeping.stop(reminder)
    return render(request, "reminders/stop.html", {"done": request.method == "POST"})


@csrf_exempt  # the same
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def later(request, token):
    """Again in two hours."""
    reminder = _of(token)
    if request.method == "POST":
        keeping.later(reminder, timezone.now())
    return render(request, "reminders/later.html", {"done": request.method == "POST"})


def _of(token):
    reminder = keeping.reminder_of(token)
    if reminder is None:
        raise Http404
    return reminder


def _calendar(kept):
    return {"calendar": site_address("calendar", kept.calendar_key) if kept and kept.calendar_key else ""}
