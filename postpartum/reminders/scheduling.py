"""The verbs of her reminders: choose, stop, later, share a calendar."""

import uuid

from django.core.signing import BadSignature, Signer
from django.db import transaction

from postpartum.models import Reminder
from postpartum.reminders.planning import SNOOZE, next_time

_signer = Signer(sep=".", salt="postpartum.reminder")


def token_of(reminder):
    """Stands in the mail's links: lets its holder stop or delay these reminders, and nothing else."""
    return _signer.sign(reminder.pk)


def reminder_of(token):
    """The Reminder of a token that is ours, else None."""
    try:
        return Reminder.objects.filter(pk=_signer.unsign(token)).select_related("user").first()
    except BadSignature:
        return None


def plan_next(reminder, now):
    """Set when to think of her next; not at all while we do not write."""
    wanted = reminder.by_mail and reminder.days
    reminder.next_at = next_time(reminder.days, reminder.at, reminder.zone, now) if wanted else None
    reminder.is_second = False


def keep_reminder(reminder, now):
    """Keep what she chose."""
    plan_next(reminder, now)
    reminder.save()


@transaction.atomic
def clock_changed(user, now):
    """Her time zone is another now: her hour falls elsewhere."""
    reminder = Reminder.objects.select_for_update().filter(user=user).first()
    if reminder:
        reminder.user = user
        keep_reminder(reminder, now)


def stop(reminder):
    """No more mails; her days stay for her calendar."""
    Reminder.objects.filter(pk=reminder.pk).update(by_mail=False, next_at=None, is_second=False)


def later(reminder, now):
    """Remind her in two hours; asked twice it is once."""
    Reminder.objects.filter(pk=reminder.pk, by_mail=True).update(next_at=now + SNOOZE, is_second=True)


def share_calendar(user):
    """A new private address of her calendar; the old one is dead."""
    Reminder.objects.filter(user=user).update(calendar_key=uuid.uuid4())


def unshare_calendar(user):
    """No address leads to her calendar any more."""
    Reminder.objects.filter(user=user).update(calendar_key=None)
