"""The accounts' pages wear our look: accessible, within the content policy, whole without scripts."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.templatetags.static import static
from django.urls import reverse

from tests.cast import PASSWORD, code_of, forget_codes

FOR_STRANGERS = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
FOR_MEMBERS = [
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "account_reauthenticate",
]
GUARDED = ["mfa_activate_totp", "mfa_add_webauthn"]


def sign_in_by_form(page, site, user):
    """The way in through the form."""
    page.goto(site + reverse("account_login"))
    page.get_by_text("Use my password").click()
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def prove_again(page, site):
    """The password once more, which guarded pages want."""
    page.goto(site + reverse("account_reauthenticate"))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def assert_ours(page):
    """One heading, help one tap away, our sheets, nothing inline."""
    assert page.count("<h1>") == 1
    assert f'href="{reverse("safety")}"' in page
    assert static("css/site.css") in page
    assert static("css/app.css") in page
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_STRANGERS)
def test_for_strangers(client, name):
    assert_ours(client.get(reverse(name)).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_for_members(as_mother, name):
    page = as_mother.get(reverse(name)).content.decode()

    assert_ours(page)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_STRANGERS)
def test_only_the_two_doors_are_for_search_engines(client, name):
    hidden = 'content="noindex"' in client.get(reverse(name)).content.decode()

    assert hidden == (name not in {"account_login", "account_signup"})


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_need_no_query(client, django_assert_num_queries, name):
    with django_assert_num_queries(0):
        client.get(reverse(name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "field", "kind"),
    [
        ("account_login", "login", "email"),
        ("account_login", "password", "current-password"),
        ("account_signup", "email", "email"),
        ("account_reset_password", "email", "email"),
        ("account_request_login_code", "email", "email"),
    ],
)
def test_the_phone_can_fill_the_fields_in(client, name, field, kind):
    form = client.get(reverse(name)).context["form"]

    assert form.fields[field].widget.attrs["autocomplete"] == kind


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_everybody_can_use_them(page, live_server, mother, sign_in, axe, assert_everybody_can_use):
    axe.look_at_all(page.context)
    for name in FOR_STRANGERS:
        page.goto(live_server.url + reverse(name))
        assert_everybody_can_use(page)

    sign_in(page.context, mother)
    prove_again(page, live_server.url)
    for name in FOR_MEMBERS + GUARDED:
        page.goto(live_server.url + reverse(name))
        assert_everybody_can_use(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_signing_up_with_scripts_knows_the_time_zone(new_context, live_server):
    page = new_context(timezone_id="Australia/Perth").new_page()
    page.goto(live_server.url + reverse("account_signup"))

    assert page.locator("[name=time_zone]").input_value() == "Australia/Perth"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_password_can_be_looked_at(page, live_server):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_text("Use my password").click()
    password = page.locator("[name=password]")
    password.fill(PASSWORD)
    page.get_by_role("button", name="Show password").click()
    assert password.get_attribute("type") == "text"
    page.get_by_role("button", name="Hide password").click()
    assert password.get_attribute("type") == "password"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_signing_up_works_without_scripts_even_after_a_slip(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("account_signup"))
    page.get_by_label("Email").fill("ines@gmial.com")
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_role("button", name="Type it again").click()
    page.get_by_label("Email").fill("ines@example.org")
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("Six-digit code").wait_for()

    code = re.search(r"^ +(\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]
    page.get_by_label("Six-digit code").fill(code)
    page.get_by_role("button", name="Continue").click()

    page.wait_for_url(lambda url: "/accounts/" not in url)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_can_be_added_and_used(page, live_server, mother):
    site = live_server.url.replace("127.0.0.1", "localhost")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in_by_form(page, site, mother)

    prove_again(page, site)
    page.goto(site + reverse("mfa_add_webauthn"))
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/**")

    page.goto(site + reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(site + "/")
    page.goto(site + reverse("account_login"))
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.goto(site + reverse("mfa_index"))
    page.get_by_text("You have 1 passkey").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_authenticator_app_is_set_up_and_asked_for(page, live_server, mother, sign_in):
    sign_in(page.context, mother)
    prove_again(page, live_server.url)
    page.goto(live_server.url + reverse("mfa_activate_totp"))
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("No camera?").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("code").fill(code_of(secret))
    page.get_by_role("button", name="Switch it on").click()
    page.wait_for_url("**/recovery-codes/**")

    page.goto(live_server.url + reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(live_server.url + "/")
    forget_codes()  # a code counts once; time passes
    sign_in_by_form(page, live_server.url, mother)
    page.get_by_text("Type the code your app shows now").wait_for()
    page.goto(live_server.url + reverse("my_data"))
    assert urlsplit(page.url).path == reverse("mfa_authenticate")

    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(live_server.url + reverse("my_data"))
    assert urlsplit(page.url).path == reverse("my_data")
