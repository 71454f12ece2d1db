"""How much may come from one address."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_one_too_many(request, what, most, per_seconds):
    """Count one more of `what` against its sender's address, which is kept nowhere; whether that is too many."""
    address = get_adapter().get_client_ip(request)
    key = f"{what}.{salted_hmac('postpartum.limits', address).hexdigest()}"
    cache.add(key, 0, per_seconds)
    return cache.incr(key) > most
