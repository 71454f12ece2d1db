"""Her days as a private calendar feed. Its words tell nobody what the time is for."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from postpartum.mail.writing import site_address
from postpartum.reminders.planning import times_between
from programs.facts.reminders import enrollment_to_remind

BEFORE, AHEAD = timedelta(days=7), timedelta(days=28)
LENGTH = timedelta(minutes=20)


def calendar_of(reminder, now):
    """The feed as bytes: her moments of four weeks; none while she has a break or is on hold."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PRACTICE['name']}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", settings.PRACTICE["name"])
    calendar.add("refresh-interval;value=duration", "PT6H")
    calendar.add("x-published-ttl", "PT6H")
    if enrollment_to_remind(reminder.user):
        for moment in times_between(reminder.days, reminder.at, reminder.zone, now - BEFORE, now + AHEAD):
            calendar.add_component(_event(reminder, moment, now))
    return calendar.to_ical()


def _event(reminder, moment, now):
    """One of her moments. It keeps its id from day to day, so that calendars move it rather than double it."""
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
