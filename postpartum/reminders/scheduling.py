"""Services of reminders: save, stop, snooze, share a calendar."""

import uuid
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction

from accounts.models import User
from postpartum.models import Reminder
from postpartum.reminders.planning import end_of_day, next_time, snoozed_time

_signer = Signer(sep=".", salt="postpartum.reminder")


def token_of(reminder: Reminder) -> str:
    """Return the token in the mails' links: it allows to stop or snooze these reminders, and nothing else."""
    return _signer.sign(str(reminder.pk))


def reminder_of(token: str) -> Reminder | None:
    """Return the reminder of a token; None for an invalid token."""
    try:
        return Reminder.objects.filter(pk=_signer.unsign(token)).select_related("user").first()
    except BadSignature:
        return None


def plan_next(reminder: Reminder, now: datetime) -> None:
    """Set when the next mail is due; None while mails are off. A day that had its mail gets no other one."""
    wanted, zone = reminder.by_mail and reminder.days, reminder.zone
    after = max(now, end_of_day(reminder.sent_at, zone)) if reminder.sent_at else now
    reminder.next_at = next_time(reminder.days, reminder.at, zone, after) if wanted else None
    reminder.is_second = False


@transaction.atomic
def save_reminder(reminder: Reminder, now: datetime) -> None:
    """Save the reminder and schedule its next mail. First ones of a member sent at once become one row."""
    User.objects.select_for_update(of=("self",)).get(pk=reminder.user_id)
    if reminder.pk is None:
        reminder.pk = Reminder.objects.filter(user=reminder.user_id).values_list("pk", flat=True).first()
    plan_next(reminder, now)
    reminder.save()


@transaction.atomic
def reschedule(user: User, now: datetime) -> None:
    """Reschedule the reminder after the user's time zone has changed."""
    reminder = Reminder.objects.select_for_update().filter(user=user).first()
    if reminder:
        reminder.user = user
        save_reminder(reminder, now)


def stop(reminder: Reminder) -> None:
    """Turn mails off; the days stay for the calendar."""
    Reminder.objects.filter(pk=reminder.pk).update(by_mail=False, next_at=None, is_second=False)


def snooze(reminder: Reminder, now: datetime) -> bool:
    """Remind again in two hours, and return whether that is today; at night the next planned mail is the next one."""
    again = snoozed_time(now, reminder.zone)
    if again:
        Reminder.objects.filter(pk=reminder.pk, by_mail=True).update(next_at=again, is_second=True)
    return again is not None


def share_calendar(user: User) -> None:
    """Create a new private calendar URL; the former one stops working."""
    Reminder.objects.filter(user=user).update(calendar_key=uuid.uuid4())


def unshare_calendar(user: User) -> None:
    """Remove the private calendar URL."""
    Reminder.objects.filter(user=user).update(calendar_key=None)
