"""When the newsletter goes out. Pure: takes the weekly schedule and the time."""

import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Weekly(NamedTuple):
    """A moment of each week, in UTC; Monday is 0."""

    weekday: int
    hour: int
    minute: int


def read_weekly(text: str) -> Weekly:
    """Parse a text such as "thu 09:00". Raise ValueError for anything else."""
    read = time.strptime(text, "%a %H:%M")
    return Weekly(read.tm_wday, read.tm_hour, read.tm_min)


def newest_issue(now: datetime, weekly: Weekly) -> datetime:
    """Return the time of the newest issue: the scheduled moment of this week if it has passed, else of last week."""
    at = now.astimezone(UTC).replace(hour=weekly.hour, minute=weekly.minute, second=0, microsecond=0)
    at -= timedelta(days=(at.weekday() - weekly.weekday) % 7)
    return at if at <= now else at - timedelta(days=7)
