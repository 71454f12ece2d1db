"""The page behind the link that the old mailbox gets when an account's email address was changed."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.address_changes import read_undo_token, undo_change
from postpartum.privacy.erasure import keep_account_asked_since


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo_address_change(request: HttpRequest, token: str) -> HttpResponse:
    """Show what undoing does; only POST undoes it, with any erasure requested since. 410 for a dead link."""
    change = read_undo_token(token, timezone.now())
    if change is None:
        return render(request, "accounts/undo_address.html", status=410)
    is_done = request.method == "POST"
    if is_done:
        undo_change(change)
        keep_account_asked_since(change.user, change.changed_at)
        logout(request)
    return render(request, "accounts/undo_address.html", {"change": change, "is_done": is_done})
