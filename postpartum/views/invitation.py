"""The page behind the link of an invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import ColleagueForm, SignupDetailsForm
from accounts.models import User
from postpartum.invitations import InvitationGoneError, accept, invitation_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites; a POST accepts and signs in, so that a program that opens links in mails accepts nothing.

    410 for a dead link, 422 where a colleague gives no name; whoever is signed in is led on.
    """
    found = invitation_of(token, timezone.now())
    form_class = ColleagueForm if found and found.role else SignupDetailsForm
    form = form_class(request.POST if request.method == "POST" else None)
    context = {"invitation": found, "form": form, "asks_second_step": settings.STAFF_SECOND_FACTOR}
    if found is None and request.user.is_authenticated:
        return redirect("admin:index" if request.user.is_staff else "today")
    if found is None or request.method != "POST":
        return render(request, "accounts/invitation.html", context, status=200 if found else 410)
    if not form.is_valid():
        return render(request, "accounts/invitation.html", context, status=422)
    given = form.cleaned_data
    try:
        user = accept(token, given["time_zone"], timezone.now(), name=given.get("name", ""))
    except InvitationGoneError:
        return render(request, "accounts/invitation.html", status=410)
    return _sign_in(request, user)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in, as a mailed code does; a second step is asked for where there is one."""
    record_authentication(request, user, method="code", email=user.email)
    target = reverse("admin:index") if user.is_staff else reverse("start")
    return perform_login(request, Login(user=user, email=user.email, redirect_url=target))
