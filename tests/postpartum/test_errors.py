"""Error pages: kind words, a way on, help one tap away, and no database needed to say so."""

from contextlib import nullcontext
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import CommentPolicy
from tests.cast import make_user
from tests.faults import connection_cut, database_away, table_missing
from tests.markup import squeezed

HELP = 'href="/safety/"'
ARTICLES = "/articles/"
DESK = "/admin/blog/article/"
TOO_MANY_FIELDS = "/search/?" + "&".join(["q=bridge"] * 1001)

no_articles = partial(table_missing, "blog_article")

PAGES = [
    (nullcontext, TOO_MANY_FIELDS, 400, "We could not read that"),
    (nullcontext, DESK, 403, "This page is not open to you"),
    (nullcontext, "/nothing/here/", 404, "There is nothing at this address"),
    (no_articles, ARTICLES, 500, "Something went wrong on our side"),
    (database_away, ARTICLES, 503, "We’re catching our breath"),
    (connection_cut, ARTICLES, 503, "We’re catching our breath"),
]


@pytest.fixture
def helper(db):
    """Somebody of the desk who may see nothing there yet."""
    return make_user("helper@example.org", is_staff=True)


@pytest.fixture
def visitor():
    """Somebody without an account, who gets the error page and not the exception."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("fault", "address", "status", "heading"), PAGES)
def test_says_what_happened_and_where_help_is(visitor, helper, fault, address, status, heading):
    if address == DESK:
        visitor.force_login(helper)
        visitor.get("/")  # what is set once, is set
    with fault():
        response = visitor.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in squeezed(page)
    assert HELP in page
    assert "blog_article" not in page
    assert "noindex" in page
    assert not response.cookies


def test_an_address_that_only_takes_a_form_leads_back_to_one(as_mother):
    response = as_mother.get(reverse("keep_account"))

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "<h1>Please tap that once more</h1>" in squeezed(response.text)
    assert f'href="{reverse("today")}"' in response.text
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("mode", ["cors", "navigate"])
def test_a_script_is_only_told_which_methods_are_taken(as_mother, mode):
    response = as_mother.get(reverse("session_log", args=["w01-a"]), headers={"Sec-Fetch-Mode": mode})

    assert (response.status_code, bool(response.content)) == (405, mode == "navigate")


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "queries"), [(TOO_MANY_FIELDS, 0), ("/nothing/here/", 1)])
def test_ask_the_database_for_an_old_address_at_most(visitor, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        visitor.get(address)


@pytest.mark.django_db
def test_a_number_too_large_for_the_database_is_no_failure(visitor):
    assert visitor.get(f"/articles/rest/comments/{'9' * 40}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_worth_another_try(visitor):
    with database_away():
        assert visitor.get(ARTICLES).headers["Retry-After"] == "30"
    with no_articles():
        assert "Retry-After" not in visitor.get(ARTICLES).headers


def test_a_form_that_was_open_too_long_is_asked_for_again(static_files):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/accounts/login/", {"login": "maya@example.org", "password": "x"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Please send that once more" in page
    assert HELP in page
    assert "CSRF" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_are_accessible_and_keep_the_policy(
    page, live_server, helper, sign_in, watch, axe, assert_everybody_can_use
):
    axe.look_at_all(page.context)
    watch.expect("the server responded with a status of")

    for fault, address, status, _heading in PAGES[:-1]:
        if address == DESK:
            sign_in(page.context, helper)
        with fault():
            response = page.goto(live_server.url + address)
            assert response.status == status
            assert_everybody_can_use(page)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x", "0", "9" * 40, "1e5", "é"])
def test_a_history_of_nothing_is_not_found_at_the_desk(visitor, key):
    visitor.force_login(make_user("owner@example.org", is_staff=True, is_superuser=True))
    for model in ("blog/commentpolicy", "programs/week", "programs/exercise"):
        assert visitor.get(f"/admin/{model}/{key}/history/").status_code == 404, model


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_a_version_that_is_none_is_not_found(visitor, version):
    visitor.force_login(make_user("owner@example.org", is_staff=True, is_superuser=True))
    policy = CommentPolicy.objects.get_or_create(pk=1)[0]
    address = f"/admin/blog/commentpolicy/{policy.pk}/history/"
    assert visitor.post(address, {"version": version}).status_code == 404
