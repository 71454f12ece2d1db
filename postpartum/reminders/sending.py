"""Send reminders that are due: each in one transaction with the plan of the next, so none is sent twice."""

from django.db import transaction
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _

from postpartum.mail.writing import site_address, write
from postpartum.models import Erasure, Reminder
from postpartum.reminders.keeping import plan_next, token_of
from postpartum.reminders.planning import is_too_late, second_time
from programs.facts.reminders import may_remind


def send_next_reminder(now):
    """Think of whoever is due longest: write if it is welcome and not too late. Whether there was someone."""
    with transaction.atomic():
        due = Reminder.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        reminder = due.select_related("user").first()
        if reminder is None:
            return False
        was_due, was_second = reminder.next_at, reminder.is_second
        sent = _send(reminder, now)
        plan_next(reminder, now)
        again = second_time(was_due, reminder.zone)
        if sent and reminder.once_more and not was_second and again and again > now:
            reminder.next_at, reminder.is_second = again, True
        reminder.save(update_fields=["next_at", "is_second"])
    return True


def _send(reminder, now):
    user = reminder.user
    with in_zone(reminder.zone):
        welcome = not is_too_late(reminder.next_at, now, reminder.zone) and may_remind(user, now)
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
