"""Asking again who it is before an account is changed: five minutes, by password, second factor or a mailed code."""

import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.account.views import BaseReauthenticateView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.url_patterns import wrap_views

CODE_MINUTES = 10
CODE_TRIES = 3
CODE_KEY = "reauthentication_code"

# Views of django-allauth that change an account by POST. Its own check comes later than some of what they do.
GUARDED_FORMS = {"account_email", "account_email_verification_sent"}
# The form itself is guarded, too, so that no password waits in a session until the member is known.
GUARDED_PAGES = {"account_set_password"}


def has_no_secret(user: User) -> bool:
    """Return whether only the mailbox proves who this is: no password, passkey or second factor."""
    return not get_reauthentication_flows(user)


def proved_lately(request: HttpRequest) -> bool:
    """Return whether the member proved who they are within the last five minutes, sign-in not counted."""
    proofs = [one for one in get_authentication_records(request, request.user) if one.get("reauthenticated")]
    return bool(proofs) and time.time() - proofs[-1]["at"] < REAUTHENTICATION_TIMEOUT


def with_reauthentication(
    patterns: Sequence[URLPattern | URLResolver],
) -> Sequence[URLPattern | URLResolver]:
    """Wrap django-allauth's views that change an account to ask again; what was sent is carried out afterwards."""
    return wrap_views(patterns, _guarded)


def _guarded(name: str | None, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    if name not in GUARDED_FORMS | GUARDED_PAGES:
        return view
    asking = reauthentication_required(view)

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_guarded = name in GUARDED_PAGES or request.method == "POST"
        return (asking if is_guarded and request.user.is_authenticated else view)(request, *args, **kwargs)

    return guarded_view


class MailedCode(AbstractCodeVerificationProcess):
    """The code mailed to a member without another secret, kept in the session."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        super().__init__(CODE_TRIES, CODE_MINUTES * 60, state, request.user)
        self.request = request

    @classmethod
    def waiting(cls, request: HttpRequest) -> "MailedCode | None":
        """Return the code that still counts, or None."""
        state = request.session.get(CODE_KEY)
        return cls(request, state).abort_if_invalid() if state else None

    @classmethod
    def begin(cls, request: HttpRequest) -> None:
        """Mail a new code to the member's own address."""
        email = EmailAddress.objects.get_primary_email(request.user)
        code = cls(request, cls.initial_state(request.user, email=email))
        code.send()
        code.persist()

    def send(self) -> None:
        """Mail the code."""
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        text = render_to_string(
            "account/email/reauthentication_code_message.txt", {"code": self.code}, self.request
        )
        adapter.send_counted(self.state["email"], gettext("Is it you?"), text)

    def persist(self) -> None:
        """Keep the code in the session."""
        self.request.session[CODE_KEY] = self.state

    def abort(self) -> None:
        """Forget the code."""
        self.request.session.pop(CODE_KEY, None)


class MailedCodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, waiting: MailedCode | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting

    def clean_code(self) -> str:
        """Return the code if it is the one mailed; three wrong ones void it."""
        code = self.cleaned_data["code"]
        if self.waiting and compare_user_code(actual=code, expected=self.waiting.code):
            return code
        if self.waiting:
            self.waiting.record_invalid_attempt()
        raise get_adapter().validation_error("incorrect_code")


@method_decorator(login_required, name="dispatch")
class ReauthenticateByCodeView(BaseReauthenticateView):
    """Mail a code, and take it."""

    form_class = MailedCodeForm
    template_name = "account/reauthenticate_by_code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mail a code where one is asked for, else check the one sent."""
        if "send" not in request.POST:
            return super().post(request, *args, **kwargs)
        MailedCode.begin(request)
        return HttpResponseRedirect(self.passthrough_next_url(request.path))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the code that counts."""
        return super().get_form_kwargs() | {"waiting": MailedCode.waiting(self.request)}

    def form_valid(self, form: MailedCodeForm) -> HttpResponse:
        """Record the proof and go on with what was asked for."""
        self.request.session.pop(CODE_KEY, None)
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        return super().form_valid(form)


def require_proof(request: HttpRequest) -> None:
    """Raise ReauthenticationRequired for a member without a secret whom django-allauth would let pass unasked."""
    user = request.user
    if user.is_authenticated and has_no_secret(user) and not proved_lately(request):
        raise ReauthenticationRequired
