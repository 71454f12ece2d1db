"""Lookups shared by the member's pages: rows are only ever found through their owner, else the page is a 404."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils.dateparse import parse_datetime

from common.members import MemberRequest, User
from programs.models import Enrollment
from programs.plan import Plan, PlannedSession, UnknownSession

MINUTES = ("3", "7", "12")


def enrollment_of(user: User) -> Enrollment:
    """Return the member's enrollment, open or completed. Raise Http404 if there is none."""
    enrollment = Enrollment.objects.newest_practising_of(user)
    if enrollment is None:
        raise Http404
    return enrollment


def planned_session(plan: Plan, key: str) -> PlannedSession:
    """Return the session `key` of a plan. Raise Http404 for an unknown key."""
    try:
        return plan.session(key)
    except UnknownSession as error:
        raise Http404 from error


def form_query_of(request: MemberRequest) -> str:
    """Return the query string of the shorter form the member asked for, as the session's URL takes it, or ""."""
    if "short" in request.GET:
        return "?short"
    return f"?minutes={request.GET['minutes']}" if request.GET.get("minutes") in MINUTES else ""


def moment_of(text: str) -> datetime | None:
    """Return the time a form sends back; None if it is none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None
