"""Times from a phone, whose clock may be wrong: corrected by the site's own, and never a reason to refuse what was done."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

SENT_AT = "X-Sent-At"  # the phone's own time at the moment of sending, ISO 8601
TOLERANCE = timedelta(
    minutes=5
)  # clocks differ by this much, and a request takes its time: nothing to correct
MAX_DURATION = timedelta(days=2)
MAX_AGE = timedelta(days=366)  # how long a phone may have been without a network


class Dated(NamedTuple):
    """When a session was; `is_redated` where the phone could not know and the site dated it."""

    began: datetime
    ended: datetime
    is_redated: bool = False


def made_at_of(told: str, error: timedelta, now: datetime) -> datetime:
    """Return when something was made, as the phone `told` it (ISO 8601), by the site's clock; `now` where that cannot be."""
    try:
        at = parse_datetime(told)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        return now
    made_at = corrected(at, error)
    return made_at if timedelta() <= now - made_at <= MAX_AGE else now


def clock_error(request: HttpRequest, now: datetime) -> timedelta:
    """Return what to add to the phone's times; zero where its clock is right or the request does not tell."""
    try:
        sent_at = parse_datetime(request.headers.get(SENT_AT, ""))
        error = now - sent_at.astimezone(UTC) if sent_at and sent_at.tzinfo else timedelta()
    except (ValueError, OverflowError):
        return timedelta()
    return error if abs(error) > TOLERANCE else timedelta()


def corrected(at: datetime, error: timedelta) -> datetime:
    """Return `at` by the site's clock; unchanged where the calendar has no such time."""
    try:
        return at + error
    except OverflowError:
        return at


def dated(began: datetime, ended: datetime, length: timedelta, now: datetime) -> Dated:
    """Return when a session of `length` was, from what a phone says.

    What cannot be is dated anew: an end in the future or more than a year ago becomes `now`, when it was received; a
    beginning after the end, or days before it, becomes as long before it as the session's steps took.
    """
    if ended > now + TOLERANCE or ended < now - MAX_AGE:
        return Dated(now - length, now, is_redated=True)
    if not timedelta() <= ended - began <= MAX_DURATION:
        return Dated(min(ended, now) - length, min(ended, now), is_redated=True)
    return Dated(min(began, now), min(ended, now))
