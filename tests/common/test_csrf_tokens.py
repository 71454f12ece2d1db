"""Tokens of forms, drawn in few steps: Django takes them, and each is another one."""

from collections import Counter

from django.http import HttpRequest
from django.middleware.csrf import (
    CSRF_ALLOWED_CHARS,
    CSRF_SECRET_LENGTH,
    CSRF_TOKEN_LENGTH,
    CsrfViewMiddleware,
)

from common.csrf_tokens import random_letters, token_of

SECRET = "Tz09" * (CSRF_SECRET_LENGTH // 4)


def request_with(secret=None):
    request = HttpRequest()
    if secret:
        request.META["CSRF_COOKIE"] = secret
    return request


def is_refused(cookie, token):
    """Whether Django's middleware refuses a form with this token."""
    request = HttpRequest()
    request.method = "POST"
    request.COOKIES["csrftoken"] = cookie
    request.POST = {"csrfmiddlewaretoken": token}
    middleware = CsrfViewMiddleware(lambda request: None)
    middleware.process_request(request)
    return middleware.process_view(request, lambda request: None, (), {}) is not None


def test_django_takes_a_token_with_its_cookie_and_no_other(settings):
    settings.CSRF_COOKIE_NAME, settings.CSRF_FAILURE_VIEW = "csrftoken", "django.views.csrf.csrf_failure"
    token = token_of(request_with(SECRET))
    assert len(token) == CSRF_TOKEN_LENGTH
    assert not is_refused(SECRET, token)
    assert is_refused(SECRET[::-1], token)
    assert is_refused(SECRET, token[:-1] + ("a" if token[-1] != "a" else "b"))


def test_each_is_masked_anew_and_the_cookie_is_sent_again():
    request = request_with(SECRET)
    assert len({token_of(request) for _ in range(50)}) == 50
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]


def test_a_visitor_without_a_cookie_is_given_one():
    request = request_with()
    token_of(request)
    assert len(request.META["CSRF_COOKIE"]) == CSRF_SECRET_LENGTH


def test_each_letter_is_as_likely_as_each_other():
    counts = Counter(letter for _ in range(10_000) for letter in random_letters())
    expected = 10_000 * CSRF_SECRET_LENGTH / len(CSRF_ALLOWED_CHARS)
    assert set(counts) == set(CSRF_ALLOWED_CHARS)
    # Ten standard deviations: bytes that are not dropped would make eight letters a quarter likelier, 18 of them.
    assert all(abs(count - expected) < 10 * expected**0.5 for count in counts.values())
