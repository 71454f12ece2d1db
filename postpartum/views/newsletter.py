"""The weekly newsletter: subscribe, confirm, unsubscribe."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from common.limits import Limit, ask_to_wait, network_of, slowed
from postpartum.forms.newsletter import NewsletterForm
from postpartum.newsletter import subscriptions

NEWSLETTER = Limit("letter", 10, 60 * 60)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Request a subscription; the answer is the same for every address."""
    now, wait = timezone.now(), 0
    form = NewsletterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wait = NEWSLETTER.of(network_of(request)).hit(now)
        if not wait:
            subscriptions.request_subscription(form.cleaned_data["email"], now)
            return redirect("letter_asked")
        ask_to_wait(form, wait)
    status = 422 if request.method == "POST" else 200
    page = render(request, "newsletter/subscribe.html", {"form": form}, status=status)
    return slowed(page, wait) if wait else page


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Tell the reader to look for the confirmation mail."""
    return render(request, "newsletter/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the subscription: opening the link changes nothing, the button does."""
    reader = subscriptions.confirmed_reader(token)
    if reader and request.method == "POST":
        subscriptions.confirm(reader, timezone.now())
    context = {"reader": reader, "done": request.method == "POST"}
    return render(request, "newsletter/confirm.html", context, status=200 if reader else 410)


@csrf_exempt  # one-click unsubscribe of mail programs has no token (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the subscription."""
    known = (
        subscriptions.unsubscribe_reader(token)
        if request.method == "POST"
        else subscriptions.is_unsubscribe_token(token)
    )
    if not known:
        raise Http404
    return render(request, "newsletter/unsubscribe.html", {"done": request.method == "POST"})
