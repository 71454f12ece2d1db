"""The plan of a release."""

from __future__ import annotations

from functools import lru_cache

from programs.models import Release
from programs.plan import Plan


@lru_cache(maxsize=16)
def plan_of(release_id: int) -> Plan:
    """Return the Plan of a release, cached because a release never changes (one query at first).

    Raise Release.DoesNotExist.
    """
    return Plan.from_json(Release.objects.values_list("plan", flat=True).get(pk=release_id))
