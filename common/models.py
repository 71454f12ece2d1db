"""What several apps keep: how often something was done lately."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

# The row is locked by its conflict, so that processes that come at once are counted one after the other. Where the
# window is full, nothing is written and no row is told back.
HIT = """
    INSERT INTO common_ratelimitwindow AS kept (key, hits, expires_at)
    VALUES (%(key)s, ARRAY[%(now)s]::timestamptz[], %(until)s)
    ON CONFLICT (key) DO UPDATE SET
        hits = ARRAY(SELECT hit FROM unnest(kept.hits) AS hit WHERE hit > %(since)s) || EXCLUDED.hits,
        expires_at = EXCLUDED.expires_at
    WHERE (SELECT count(*) FROM unnest(kept.hits) AS hit WHERE hit > %(since)s) < %(most)s
    RETURNING TRUE
"""


class RateLimitWindowQuerySet(models.QuerySet["RateLimitWindow"]):
    """Words for windows."""

    def hit(self, key: str, most: int, seconds: int, now: datetime) -> bool:
        """Count a hit at `now` unless `most` fell within so many seconds before it; whether it was counted."""
        length = timedelta(seconds=seconds)
        with connection.cursor() as cursor:
            cursor.execute(
                HIT, {"key": key, "most": most, "now": now, "since": now - length, "until": now + length}
            )
            return cursor.fetchone() is not None

    def take_back(self, keys: Iterable[str], hit: datetime) -> int:
        """Forget the hits counted at this moment."""
        left = models.Func(
            "hits",
            models.Value(hit),
            function="array_remove",
            output_field=ArrayField(models.DateTimeField()),
        )
        return self.filter(key__in=keys).update(hits=left)


class RateLimitWindow(models.Model):
    """When one thing was done by one source: `hits`, the oldest first, none of which counts after `expires_at`.

    The key is a keyed hash: no network address and no account can be read from it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    hits = ArrayField(models.DateTimeField())
    expires_at = models.DateTimeField(db_index=True)

    objects = RateLimitWindowQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
