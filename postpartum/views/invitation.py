"""The page behind the link of an invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import SignupDetailsForm
from accounts.models import User
from postpartum.invitations import InvitationGoneError, accept, invitation_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites; a POST accepts and signs in, so that a program that opens links in mails accepts nothing.

    410 for a dead link; whoever is signed in is led on.
    """
    found = invitation_of(token, timezone.now())
    form = SignupDetailsForm(request.POST or None)
    context = {"invitation": found, "form": form}
    if found is None and request.user.is_authenticated:
        return redirect("admin:index" if request.user.is_staff else "today")
    if found is None or request.method != "POST":
        return render(request, "accounts/invitation.html", context, status=200 if found else 410)
    zone = form.cleaned_data["time_zone"] if form.is_valid() else "UTC"
    try:
        user = accept(token, zone, timezone.now())
    except InvitationGoneError:
        return render(request, "accounts/invitation.html", status=410)
    return _sign_in(request, user)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in, as a mailed code does; a second step is asked for where there is one."""
    record_authentication(request, user, method="code", email=user.email)
    target = reverse("admin:index") if user.is_staff else reverse("start")
    return perform_login(request, Login(user=user, email=user.email, redirect_url=target))
