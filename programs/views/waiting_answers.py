"""A check-in that could not be recorded: its answers wait until the member is back at the page it was sent from.

Either the sign-in had ended (help comes first then), or answers were missing. They wait encrypted in the browser's own
session, marked with the account whose page they were given on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from common.encryption import DecryptionError, decrypt, encrypt
from common.members import MemberRequest, member_page
from programs.forms.check_in import EMERGENCY_ANSWERS
from programs.pages.player import account_mark

SESSION_KEY = "waiting_check_in"
WAITS = timedelta(days=1)  # for a sign-in
WAITS_OPEN = timedelta(
    minutes=10
)  # for the answers missing: later the check-in begins anew, with nothing chosen


def check_in_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Like `member_page`, but answers sent without a sign-in are answered with help and kept until there is one."""
    for_member = member_page(view)

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated or request.method != "POST":
            return for_member(request, *args, **kwargs)
        keep_answers(request, timezone.now())
        context = {"is_emergency": is_emergency(request.POST)}
        response = render(request, "programs/check_in/signed_out.html", context, status=403)
        response["Cache-Control"] = "private, no-store"
        return response

    return page


def is_emergency(answers: QueryDict) -> bool:
    """Whether one of the answers to any check-in is an emergency."""
    given = {value for name in ("redFlags", "mood", "bleeding") for value in answers.getlist(name)}
    return not given.isdisjoint(EMERGENCY_ANSWERS)


def keep_answers(request: HttpRequest, now: datetime, waits: timedelta = WAITS) -> None:
    """Keep the answers just sent, with the time they were given."""
    answers = request.POST.copy()
    answers.pop("csrfmiddlewaretoken", None)
    answers["made_at"] = answers.get("made_at") or now.isoformat()
    waiting = {"path": request.path, "until": (now + waits).isoformat(), "answers": answers.urlencode()}
    request.session[SESSION_KEY] = encrypt(waiting)


def waiting_answers(request: MemberRequest, now: datetime) -> QueryDict | None:
    """Return the answers that wait for this page and this member; None without any.

    Read once, they wait only as long as answers that are missing: until then a reload shows them again.
    """
    if SESSION_KEY not in request.session:
        return None
    try:
        waiting = decrypt(request.session[SESSION_KEY])
    except DecryptionError:
        waiting = None
    if waiting and waiting["path"] != request.path:
        return None
    answers = QueryDict(waiting["answers"]) if waiting else QueryDict()
    until = datetime.fromisoformat(waiting["until"]) if waiting else now
    if until <= now or answers.get("account") != account_mark(request.user):
        forget_answers(request)
        return None
    if until > now + WAITS_OPEN:
        request.session[SESSION_KEY] = encrypt(waiting | {"until": (now + WAITS_OPEN).isoformat()})
    return answers


def forget_answers(request: HttpRequest) -> None:
    """Forget the answers that wait, once they are recorded."""
    request.session.pop(SESSION_KEY, None)
