"""Sending of due reminders: each in one transaction with the schedule of the next, so none is sent twice."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _

from postpartum.mail.writing import site_address, write
from postpartum.models import Erasure, Reminder
from postpartum.reminders.planning import is_too_late, second_time
from postpartum.reminders.scheduling import plan_next, token_of
from programs.facts.reminders import may_remind


def send_next_reminder(now: datetime) -> bool:
    """Process the reminder that is due longest: send it if welcome and not too late. Return whether there was one."""
    with transaction.atomic():
        due = Reminder.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        reminder = due.select_related("user").first()
        if reminder is None or reminder.next_at is None:
            return False
        was_due, was_second = reminder.next_at, reminder.is_second
        sent = _send(reminder, was_due, now)
        reminder.sent_at = now if sent else reminder.sent_at
        plan_next(reminder, now)
        again = second_time(was_due, reminder.zone)
        if sent and reminder.once_more and not was_second and again and again > now:
            reminder.next_at, reminder.is_second = again, True
        reminder.save(update_fields=["next_at", "is_second", "sent_at"])
    return True


def _send(reminder: Reminder, due: datetime, now: datetime) -> bool:
    user = reminder.user
    with in_zone(reminder.zone):
        welcome = not is_too_late(due, now, reminder.zone) and may_remind(user, now)
        if not welcome or Erasure.objects.filter(user=user).exists():
            return False
        token = token_of(reminder)
        context = {
            "name": user.name,
            "today": site_address("today"),
            "later": site_address("reminder_later", token),
            "settings": site_address("reminders"),
        }
        write(
            user.email,
            _("A few quiet minutes"),
            "reminder",
            context,
            stop=site_address("reminder_stop", token),
        )
    return True
