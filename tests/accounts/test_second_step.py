"""The desk needs a second step at sign-in; her own pages do not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Comment
from blog.tokens import desk_token
from tests.cast import APP_SECRET, PASSWORD, code_of, forget_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def without(therapist):
    """The therapist has none yet."""
    therapist.authenticator_set.all().delete()


@pytest.mark.parametrize("address", ["/admin/", "/admin/accounts/user/", "/admin/programs/concern/"])
def test_the_therapist_without_one_is_sent_to_set_it_up(as_therapist, without, address):
    response = as_therapist.get(address, follow=True)

    assert response.redirect_chain[0] == (reverse("mfa_index"), 302)
    assert "The desk needs a second step" in response.content.decode()


def test_without_one_staff_write_no_comment_with_the_badge(as_therapist, without, therapist):
    article = Article.objects.create(
        title="Rest", slug="rest", status="published", published_at=timezone.now(), author=therapist
    )
    comment = Comment.objects.create(article=article, name="Rosa", body="Thanks", html="x")
    address = reverse("article_comment", args=["rest"])

    assert as_therapist.get(address).url == reverse("mfa_index")
    assert as_therapist.post(address, {"name": "Elena", "body": "Hello"}).url == reverse("mfa_index")
    assert (
        as_therapist.get(reverse("comment_desk", args=[desk_token(comment, therapist.pk)])).status_code == 404
    )
    assert Comment.objects.count() == 1


def test_with_one_the_desk_opens(as_therapist):
    assert as_therapist.get("/admin/").status_code == 200


def test_with_one_the_password_alone_does_not_let_her_in(client, therapist):
    page = client.post(reverse("account_login"), {"login": therapist.email, "password": PASSWORD})

    assert page.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("who", "asked", "led_to"),
    [
        ("therapist", "", "/admin/"),
        ("mother", "", "/today/"),
        ("therapist", "?next=/articles/", "/articles/"),
    ],
)
def test_signing_in_leads_to_ones_own_place(client, request, who, asked, led_to):
    signing_in = {"login": request.getfixturevalue(who).email, "password": PASSWORD}

    page = client.post(reverse("account_login") + asked, signing_in)
    if page.url.startswith(reverse("mfa_authenticate")):
        page = client.post(page.url, {"code": code_of(APP_SECRET)})

    assert page.url == led_to


def test_on_ones_own_machine_the_desk_opens_without(as_therapist, without, settings):
    settings.STAFF_SECOND_FACTOR = False

    assert as_therapist.get("/admin/").status_code == 200


def test_a_mother_is_asked_for_nothing(as_mother):
    assert as_mother.get(reverse("my_data")).status_code == 200


def test_codes_from_an_app_from_setting_up_to_signing_in(client, mother):
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    recovery = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    client.post(reverse("account_logout"))
    forget_codes()  # a code counts once; time passes

    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert "_auth_user_id" in client.session
