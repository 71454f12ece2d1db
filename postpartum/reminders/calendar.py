"""A member's reminders as a private calendar feed. Its texts do not reveal their purpose."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from common.practice import practice_details
from postpartum.mail.writing import site_address
from postpartum.models import Reminder
from postpartum.reminders.planning import times_between
from programs.facts.reminders import enrollment_to_remind

BEFORE, AHEAD = timedelta(days=7), timedelta(days=28)
LENGTH = timedelta(minutes=20)


def calendar_of(reminder: Reminder, now: datetime) -> bytes:
    """Return an iCalendar feed of five weeks; empty during a break or hold."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{practice_details()['name']}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", practice_details()["name"])
    calendar.add("refresh-interval;value=duration", "PT6H")
    calendar.add("x-published-ttl", "PT6H")
    if enrollment_to_remind(reminder.user):
        for moment in times_between(reminder.days, reminder.at, reminder.zone, now - BEFORE, now + AHEAD):
            calendar.add_component(_event(reminder, moment, now))
    if not calendar.subcomponents:
        calendar.add_component(_utc())  # a calendar without any component is not valid (RFC 5545, 3.6)
    return calendar.to_ical()


def _utc() -> Timezone:
    """Return the definition of UTC, which no calendar shows."""
    return Timezone.from_tzid("UTC")


def _event(reminder: Reminder, moment: datetime, now: datetime) -> Event:
    """Return one reminder as an event with a stable UID, so that calendars move it rather than duplicate it."""
    event = Event()
    day = moment.astimezone(reminder.zone).date()
    event.add("uid", f"{day:%Y%m%d}-{reminder.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
    event.add("dtstart", moment.astimezone(UTC))
    event.add("duration", LENGTH)
    event.add("summary", _("Time for you"))
    event.add("url", site_address("today"))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
