"""Pages of the front door: help, health, my data, addresses that must stay private."""

import pytest
from django.db import connection
from django.urls import reverse


def test_the_driver_is_the_one_we_chose(db):
    assert connection.Database.__name__ == "psycopg2"


def test_help_is_for_anyone_and_sets_no_cookie(client, program, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = client.get(reverse("safety"))
    page = response.content.decode()
    assert not response.cookies
    assert 'href="tel:911"' in page
    assert "Chest pain" in page
    assert "Blood clot" not in page  # reasons are for clinicians, never shown


def test_health_tells_that_the_database_answers(client, db):
    assert client.get("/healthz").json()["status"] == "ok"


def test_my_data_counts_only_her_own(as_mother, enrollment, django_assert_num_queries):
    with django_assert_num_queries(7):
        page = as_mother.get(reverse("my_data")).content.decode()
    assert "Safety questionnaires" in page


def test_starting_leads_a_stranger_to_an_account(client, db):
    response = client.get(reverse("start"))

    assert response.url == f"{reverse('account_signup')}?next=/start/"


@pytest.mark.parametrize("name", ["today", "progress", "my_data"])
def test_her_pages_ask_a_stranger_to_sign_in(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_desk_is_closed_to_members(as_mother, mother):
    assert as_mother.get("/admin/").status_code in (302, 403)


@pytest.mark.parametrize("address", ["/", "/articles/", "/safety/", "/program/"])
def test_strict_headers_on_every_page(client, program, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    for held in ("default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"):
        assert held in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
