"""When the letter goes out. Pure: the weekly moment and the time come in."""

import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Weekly(NamedTuple):
    """A moment of each week, in UTC; Monday is 0."""

    weekday: int
    hour: int
    minute: int


def read_weekly(text: str) -> Weekly:
    """The Weekly of a text such as "thu 09:00". Raises ValueError for anything else."""
    read = time.strptime(text, "%a %H:%M")
    return Weekly(read.tm_wday, read.tm_hour, read.tm_min)


def newest_issue(now: datetime, weekly: Weekly) -> datetime:
    """The time of the newest letter: that moment of this week if it has come, else of the week before."""
    at = now.astimezone(UTC).replace(hour=weekly.hour, minute=weekly.minute, second=0, microsecond=0)
    at -= timedelta(days=(at.weekday() - weekly.weekday) % 7)
    return at if at <= now else at - timedelta(days=7)
