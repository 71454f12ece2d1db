"""The first owner of a new site: whoever opens the link that `manage.py owner_link` prints.

The link carries a signed time and needs no row: it dies after a day, and with the first owner.
"""

from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import connection, transaction

from accounts.models import User

VALID_FOR = timedelta(days=1)
SALT = "accounts.first_owner"
LOCK = 0x6F776E72  # the advisory lock's number: two forms sent at once make one owner


class OwnerExistsError(Exception):
    """The site has an owner already."""


def has_owner() -> bool:
    """Return whether anybody may do everything at the desk."""
    return get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


def owner_token(now: datetime) -> str:
    """Return a token that makes its holder the first owner within VALID_FOR of `now`."""
    return signing.dumps(now.timestamp(), salt=SALT)


def is_valid(token: str, now: datetime) -> bool:
    """Return whether the token counts at `now`: ours, of the last day, and the site without an owner."""
    try:
        made_at = datetime.fromtimestamp(signing.loads(token, salt=SALT), UTC)
    except signing.BadSignature:
        return False
    return now - made_at <= VALID_FOR and not has_owner()


@transaction.atomic
def create_first_owner(email: str, password: str, name: str, time_zone: str) -> User:
    """Create the owner; the address needs no code, as whoever runs the server vouches for it. Raise OwnerExistsError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if has_owner():
        raise OwnerExistsError
    owner = get_user_model().objects.create_superuser(email, password, name=name, time_zone=time_zone)
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    return owner
