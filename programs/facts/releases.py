"""The plan a release holds."""

from functools import lru_cache

from programs.models import Release
from programs.plan import Plan


@lru_cache(maxsize=16)
def plan_of(release_id):
    """The Plan of a release: one query the first time, none after, for a release never changes.

    Raises Release.DoesNotExist.
    """
    return Plan.from_json(Release.objects.values_list("plan", flat=True).get(pk=release_id))
