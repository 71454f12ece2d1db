"""End sign-ins of long ago, and forget those that are over, with the network address and device each was noted with."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

LONGEST = timedelta(days=365)  # however often somebody comes (ASVS 7.3.2)
JUST_BEGUN = timedelta(hours=1)  # a session that is being changed for another has no row for a moment


def forget_ended_sessions(now: datetime) -> None:
    """Delete sessions that expired, began before LONGEST, or are of accounts that are gone, and the notes of ended ones.

    Idempotent.
    """
    began_long_ago = UserSession.objects.filter(created_at__lt=now - LONGEST).values("session_key")
    Session.objects.filter(Q(expire_date__lt=now) | Q(session_key__in=began_long_ago)).delete()
    _delete_sessions_of_nobody()
    kept = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(kept), last_seen_at__lt=now - JUST_BEGUN).delete()


def _delete_sessions_of_nobody() -> None:
    """Delete sessions outside allauth's list whose user is erased: erasing finds those in the list."""
    listed = UserSession.objects.filter(session_key=OuterRef("session_key"))
    unlisted = Session.objects.filter(~Exists(listed)).iterator()
    user_of = {session.pk: session.get_decoded().get(SESSION_KEY) for session in unlisted}
    signed_in = {key: user for key, user in user_of.items() if user}
    users = get_user_model().objects.in_bulk(set(signed_in.values()))
    gone = [key for key, user in signed_in.items() if int(user) not in users]
    Session.objects.filter(pk__in=gone).delete()
