"""After signing out, Back shows nothing of the member: not from the cache, and not from a page kept whole in memory."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "today",
    "progress",
    "profile",
    "my_data",
    "account_email",
    "account_change_password",
    "usersessions_list",
]
# What a browser tells a page that it brings back from memory. Safari keeps pages that say no-store, too; Chromium does not,
# so the moment itself is played to it.
MARK = "localStorage.getItem('signed-in')"
FROM_MEMORY = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


@pytest.fixture
def signed_in(page, sign_in, mother, enrollment):
    """A page of Maya's phone."""
    sign_in(page.context, mother)
    return page


def test_back_shows_nothing(signed_in, live_server, mother):
    for name in PAGES:
        signed_in.goto(live_server.url + reverse(name))
    signed_in.goto(live_server.url + reverse("account_logout"))
    signed_in.locator("main form button").last.click()
    signed_in.wait_for_url(live_server.url + reverse("home"))
    assert signed_in.evaluate(MARK) is None
    for name in reversed(PAGES):
        signed_in.go_back()
        while signed_in.url == live_server.url + reverse("home"):  # where signing out led, and leads anew
            signed_in.go_back()
        signed_in.wait_for_url(f"**{reverse('account_login')}?next={reverse(name)}")
        assert mother.email not in signed_in.content()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_brought_back_from_memory_asks_again(signed_in, live_server, name):
    signed_in.goto(live_server.url + reverse(name))
    signed_in.context.clear_cookies()
    signed_in.evaluate(FROM_MEMORY)
    signed_in.wait_for_url(f"**{reverse('account_login')}**")


def test_without_a_network_it_is_hidden_all_the_same(signed_in, live_server, watch):
    watch.expect("ERR_INTERNET_DISCONNECTED")
    signed_in.goto(live_server.url + reverse("today"))
    signed_in.wait_for_function(MARK)
    signed_in.context.set_offline(True)
    signed_in.evaluate(f"localStorage.removeItem('signed-in'); {FROM_MEMORY}")
    signed_in.get_by_text("Every length counts the same.").wait_for(state="hidden")


def test_a_page_of_the_desk_is_hidden_too(page, sign_in, live_server, therapist):
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:index"))
    page.wait_for_function(MARK)
    page.context.clear_cookies()
    page.evaluate(f"localStorage.removeItem('signed-in'); {FROM_MEMORY}")
    page.wait_for_url("**/login/**")


def test_signing_out_at_the_desk_is_noted_before_the_site_says_so(page, sign_in, live_server, therapist):
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:index"))
    page.wait_for_function(MARK)
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")  # the site is never told
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_function(f"{MARK} === null")
