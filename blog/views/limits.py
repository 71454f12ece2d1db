"""How much may come from one address."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from blog.moderation import MOST_PER_ADDRESS, PER_SECONDS


def is_one_too_many(request, what):
    """Count one more of `what` against its sender's address; the address itself is kept nowhere."""
    address = get_adapter().get_client_ip(request)
    key = f"blog.{what}.{salted_hmac('blog.limits', address).hexdigest()}"
    cache.add(key, 0, PER_SECONDS)
    return cache.incr(key) > MOST_PER_ADDRESS
