"""When a reminder falls due. Pure: takes days, a time of day and a time zone.

A time that the clocks skip in spring falls just after the gap; one that comes twice in autumn, the first time.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo

AGAIN_AFTER = timedelta(hours=3)
SNOOZE = timedelta(hours=2)
LAST_HOUR = 21  # local time: no second reminder at night
MAX_DELAY = timedelta(hours=4)  # later, a reminder is skipped


def next_time(days: Collection[int], at: time, zone: tzinfo, after: datetime) -> datetime | None:
    """Return the first moment after `after` (aware) at `at` on one of `days` (0 is Monday), or None without days."""
    first = after.astimezone(zone).date()
    for offset in range(8):
        day = first + timedelta(days=offset)
        moment = datetime.combine(day, at, zone).astimezone(UTC)
        if day.weekday() in days and moment > after:
            return moment
    return None


def second_time(first: datetime, zone: tzinfo) -> datetime | None:
    """Return when to remind a second time after `first`, or None where that would be too late in the member's day."""
    again = first + AGAIN_AFTER
    return again if _is_same_day(first, again, zone) and again.astimezone(zone).hour < LAST_HOUR else None


def end_of_day(moment: datetime, zone: tzinfo) -> datetime:
    """Return the last instant of the local day of `moment`."""
    return datetime.combine(moment.astimezone(zone).date(), time.max, zone).astimezone(UTC)


def snoozed_time(now: datetime, zone: tzinfo) -> datetime | None:
    """Return two hours from `now`, as a member asked for, or None where that would be another day."""
    again = now + SNOOZE
    return again if _is_same_day(now, again, zone) else None


def _is_same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def is_too_late(due: datetime, now: datetime, zone: tzinfo) -> bool:
    """Return whether a mail due at `due` should be skipped at `now`: hours later, or on another local day."""
    return now - due > MAX_DELAY or now.astimezone(zone).date() != due.astimezone(zone).date()


def times_between(
    days: Collection[int], at: time, zone: tzinfo, start: datetime, end: datetime
) -> Iterator[datetime]:
    """Yield all moments after `start` up to `end`."""
    moment = next_time(days, at, zone, start)
    while moment is not None and moment <= end:
        yield moment
        moment = next_time(days, at, zone, moment)
