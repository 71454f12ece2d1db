"""When a reminder falls due. Pure: days, an hour and a time zone in, a moment out.

An hour that the clocks skip in spring is taken just after the gap; one that comes twice in autumn, the first time.
"""

from datetime import UTC, datetime, timedelta

AGAIN_AFTER = timedelta(hours=3)
SNOOZE = timedelta(hours=2)
NOT_AFTER = 21  # o'clock, hers: no second reminder in the night
LATEST = timedelta(hours=4)  # what could not be sent until then is better not sent


def next_time(days, at, zone, after):
    """The first moment after `after` (aware) at `at` o'clock on one of `days` (0 is Monday), or None without days."""
    first = after.astimezone(zone).date()
    for offset in range(8):
        day = first + timedelta(days=offset)
        moment = datetime.combine(day, at, zone).astimezone(UTC)
        if day.weekday() in days and moment > after:
            return moment
    return None


def second_time(first, zone):
    """When to remind a second time after `first`, or None where that would be too late in her day."""
    again = first + AGAIN_AFTER
    is_same_day = again.astimezone(zone).date() == first.astimezone(zone).date()
    return again if is_same_day and again.astimezone(zone).hour < NOT_AFTER else None


def is_too_late(due, now, zone):
    """Whether what was due at `due` is better not sent at `now`: hours later, or when her day is over."""
    return now - due > LATEST or now.astimezone(zone).date() != due.astimezone(zone).date()


def times_between(days, at, zone, start, end):
    """All her moments after `start` up to `end`."""
    moment = next_time(days, at, zone, start)
    while moment is not None and moment <= end:
        yield moment
        moment = next_time(days, at, zone, moment)
