"""Forget sign-ins that are over, with the network address and the device each was noted with."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

JUST_BEGUN = timedelta(hours=1)  # a session that is being changed for another has no row for a moment


def forget_ended_sessions(now: datetime) -> None:
    """Delete expired sessions, and the notes of those that are gone. Idempotent."""
    Session.objects.filter(expire_date__lt=now).delete()
    kept = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(kept), last_seen_at__lt=now - JUST_BEGUN).delete()
