"""The page behind the link for the first owner of a new site."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.first_owner import OwnerExistsError, create_first_owner, has_owner, is_valid
from accounts.forms import FirstOwnerForm
from accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_owner(request: HttpRequest, token: str) -> HttpResponse:
    """Create the owner, sign in and lead to the second step. 410 for a dead link."""
    if not is_valid(token, timezone.now()):
        return render(request, "accounts/first_owner.html", status=410)
    form = FirstOwnerForm(request.POST or None)
    if not form.is_valid():
        if has_owner():  # made by an equal form a moment ago, which is why this address is taken now
            return render(request, "accounts/first_owner.html", status=410)
        status = 422 if request.method == "POST" else 200
        return render(request, "accounts/first_owner.html", {"form": form}, status=status)
    given = form.cleaned_data
    try:
        owner = create_first_owner(given["email"], given["password1"], given["name"], given["time_zone"])
    except OwnerExistsError:
        return render(request, "accounts/first_owner.html", status=410)
    return _sign_in(request, owner)


def _sign_in(request: HttpRequest, owner: User) -> HttpResponse:
    """Sign in with the password just chosen, which counts as the proof that the second step asks for."""
    record_authentication(request, owner, method="password", email=owner.email, reauthenticated=True)
    login = Login(user=owner, email=owner.email, redirect_url=reverse("mfa_activate_totp"))
    return perform_login(request, login)
