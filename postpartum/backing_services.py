"""Backing services that several servers share, each used where the environment names it. One server needs none.

Without them files are in DATA_DIR, the cache is a table, and PostgreSQL is asked directly.
"""

from typing import Any

from environ import Env

env = Env()


def file_storage(folder: str, local: str) -> dict[str, Any]:
    """Return the storage of `folder`: in the bucket S3_BUCKET, or with the backend `local` on this machine.

    Its keys have the names that every tool for such stores knows. Without them, those of the machine's role count.
    """
    bucket = env("S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": local}
    options = {
        "bucket_name": bucket,
        "endpoint_url": env("S3_ENDPOINT_URL", default=None),
        "region_name": env("S3_REGION", default="us-east-1"),
        "access_key": env("AWS_ACCESS_KEY_ID", default=None),
        "secret_key": env("AWS_SECRET_ACCESS_KEY", default=None),
        "location": folder,
    }
    return {"BACKEND": "common.bucket.BucketStorage", "OPTIONS": options}


def cache() -> dict[str, Any]:
    """Return the cache: the Redis or Valkey at CACHE_URL, or a table."""
    address = env("CACHE_URL", default="")
    if not address:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    timeouts = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}  # seconds
    return {
        "BACKEND": "common.caches.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "tend",
        "OPTIONS": timeouts,
    }


def pooling() -> dict[str, Any]:
    """Return what a database connection needs where DATABASE_POOLED says that PgBouncer is in between.

    In transaction mode each transaction may meet another connection, so nothing may outlive one.
    """
    return {"DISABLE_SERVER_SIDE_CURSORS": env.bool("DATABASE_POOLED", default=False)}
