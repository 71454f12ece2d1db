"""How much may come from one address."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from blog.moderation import MOST_PER_ADDRESS, PER_SECONDS


def is_one_too_many(request, what):
    """Count one more of `what` against its sender's address; the address itself is kept nowhere."""
    key = f"blog.{what}.{salted_hmac('blog.limits', sender_address(request)).hexdigest()}"
    cache.add(key, 0, PER_SECONDS)
    return cache.incr(key) > MOST_PER_ADDRESS


def sender_address(request):
    """The address a request came from, as far as our own proxies can tell."""
    return get_adapter().get_client_ip(request)
