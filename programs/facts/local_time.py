"""Moments as the rules are told them: by the member's calendar, and apart by the hours that passed."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from datetime import timezone as fixed_zone

from django.utils import timezone


def local_moment(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """Return `moment` in a time zone, that in force if none is given, with the offset from UTC it had then.

    Python subtracts and compares two times of one zone by what the clocks on the wall show. Across a change of the
    clocks a rest of 24 hours would end an hour early or late; with fixed offsets only the hours passed count.
    """
    local = moment.astimezone(zone or timezone.get_current_timezone())
    offset = local.utcoffset()
    return local if offset is None else local.replace(tzinfo=fixed_zone(offset), fold=0)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a day in the time zone in force."""
    return timezone.make_aware(datetime.combine(day, time.min))
