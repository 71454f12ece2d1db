"""A Redis cache that may be away: pages go on without it."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends import redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def _or(fallback: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Have a method return `fallback` while the server does not answer."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def ask(self: redis.RedisCache, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except RedisError as error:
                log.warning("The cache does not answer: %s", type(error).__name__)
                return fallback

        return ask

    return decorate


class RedisCache(redis.RedisCache):
    """Django's, which while its server is away has nothing and keeps nothing.

    Nothing here depends on it: limits are counted in rows, and so are the codes of an app that were used.
    """

    add = _or(True)(redis.RedisCache.add)
    delete = _or(False)(redis.RedisCache.delete)
    delete_many = _or(None)(redis.RedisCache.delete_many)
    get_many = _or({})(redis.RedisCache.get_many)
    has_key = _or(False)(redis.RedisCache.has_key)
    set = _or(None)(redis.RedisCache.set)
    set_many = _or([])(redis.RedisCache.set_many)
    touch = _or(False)(redis.RedisCache.touch)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value of `key`, or `default`."""
        return _or(default)(redis.RedisCache.get)(self, key, default, version)
