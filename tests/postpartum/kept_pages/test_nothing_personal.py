"""Whatever a visitor sends, nothing of it comes to the next one, and nobody's own page comes from memory."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from blog.models import Article, Page
from blog.tokens import preview_token
from common.public_pages import public_parameters
from postpartum.models import TextOverride
from postpartum.wsgi import application
from programs.rules.vocabulary import Outcome
from programs.services.hold import begin_hold
from tests.postpartum.kept_pages.conftest import HOST, wait_until

MARK = "zebra-mark"
EXERCISE = "/exercises/band-rib-breathing/"
PUBLIC = [
    "/",
    "/articles/",
    "/articles/rest/",
    "/about/",
    "/program/",
    "/breathe/",
    "/exercises/",
    EXERCISE,
    "/safety/",
    "/offline/",
    "/accent/8a2c5b-00000000.css",
]
MACHINES = [
    "/articles/feed/",
    "/sitemap.xml",
    "/robots.txt",
    "/manifest.webmanifest",
    "/sw.js",
    "/sw.js?module",
]
QUERIES = ["/articles/?page=1", "/articles/rest/?comments=1", "/exercises/?focus=core&position=&equipment="]


@pytest.fixture
def article(transactional_db):
    Page.objects.create(title="About", slug="about", status="published", published_at=timezone.now())
    return Article.objects.create(
        title="Rest", slug="rest", body="<p>x</p>", status="published", published_at=timezone.now()
    )


def plain(path):
    """A page as Django makes it for a visitor who says nothing."""
    return Client(SERVER_NAME=HOST).get(path).content


def test_every_public_page_is_kept_and_is_the_page_of_django(article, visit):
    for path in PUBLIC + MACHINES + QUERIES:
        first, second = visit(path), visit(path)
        assert second.status == 200, path
        assert first.body == second.body == plain(path), path
        assert second.headers["ETag"], path
        with connection.execute_wrapper(no_query):
            assert visit(path).body == second.body, path


def no_query(execute, sql, *arguments):
    raise AssertionError(f"asked the database: {sql}")


def test_no_other_view_is_marked_as_public():
    marked = {
        name for name, view in _views(get_resolver().url_patterns) if public_parameters(view) is not None
    }
    assert marked == {
        "home", "articles", "article", "articles_feed", "program", "exercises", "exercise", "safety", "offline",
        "manifest", "service_worker", "sitemap", "robots", "breathe", "page", "accent",
    }  # fmt: skip


def _views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


SAID = [
    {"HTTP_COOKIE": f"figures=b; name={MARK}"},
    {"HTTP_AUTHORIZATION": f"Basic {MARK}"},
    {"HTTP_ACCEPT_LANGUAGE": f"de, {MARK}"},
    {"HTTP_USER_AGENT": MARK, "HTTP_REFERER": f"https://{MARK}.example/", "HTTP_ORIGIN": f"https://{MARK}"},
    {"HTTP_X_FORWARDED_HOST": f"{MARK}.example", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_FORWARDED": MARK},
    {"HTTP_X_FORWARDED_FOR": MARK, "HTTP_X_ORIGINAL_URL": f"/{MARK}/", "HTTP_X_REWRITE_URL": f"/{MARK}/"},
    {"HTTP_RANGE": "bytes=0-10", "HTTP_IF_RANGE": MARK},
    {"HTTP_ACCEPT_ENCODING": f"{MARK}, gzip;q=0"},
    {"HTTP_IF_NONE_MATCH": f'"{MARK}"'},
    {"method": "HEAD"},
    {"method": "POST"},
    {"method": "OPTIONS"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"host": f"{MARK}.example"},
    {"host": "127.0.0.1"},
    {"host": f"{HOST}:{MARK}"},
    {"HTTP_SEC_PURPOSE": "prefetch", "HTTP_SEC_FETCH_MODE": "cors"},
    {"REMOTE_USER": MARK, "REMOTE_ADDR": MARK},
]
UNKNOWN = [f"said={MARK}", f"q={MARK}", f"page=1&next={MARK}", f"utm_source={MARK}", f"=x&{MARK}"]
OTHER_SPELLINGS = ["//", "/./", "/articles//rest/", "/articles/rest", "/articles/%72est/", "/ARTICLES/"]
NOT_PUBLIC = [
    "/today/",
    "/check-in/",
    "/accounts/login/",
    "/start/",
    "/healthz",
    "/search/?q=rest",
    "/nothing/",
    "/admin/",
]


def test_what_one_visitor_says_the_next_does_not_see(article, visit):
    """Each begins with nothing kept, so that the page would be made from what is said first."""
    for said in SAID:
        make_all_anew()
        for path in PUBLIC:
            poisoned, next_one = visit(path, **said), visit(path)
            assert MARK.encode() not in poisoned.body or not poisoned.is_public, (said, path)
            assert next_one.body == plain(path), (said, path)
            assert not any(MARK in value for value in next_one.headers.values()), (said, path)


def make_all_anew():
    """Change something public, and wait until nothing kept is left."""
    before = application._watcher.generation
    TextOverride.objects.create(key="none", original="none", language="en", text="none")
    wait_until(lambda: application._watcher.generation is not before)


def test_unknown_queries_are_neither_kept_nor_mixed_up(article, visit):
    for path in PUBLIC:
        for query in UNKNOWN:
            assert not visit(f"{path}?{query}").is_public, (path, query)
            assert visit(path).body == plain(path), (path, query)


def test_other_spellings_and_other_pages_go_to_django_each_time(article, visit):
    for path in OTHER_SPELLINGS + NOT_PUBLIC:
        assert [visit(path).is_public for _ in range(3)] == [False] * 3, path


def test_an_error_is_not_kept(visit, transactional_db):
    assert visit("/articles/rest/").status == 404
    Article.objects.create(
        title="Rest", slug="rest", body="<p>x</p>", status="published", published_at=timezone.now()
    )
    assert visit("/articles/rest/").status == 200


def session_of(user):
    """The Cookie header of a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_a_members_own_situation_is_hers_alone(visit, mother, enrollment):
    """Her program is held; she reads when nothing is kept, and when the page is."""
    begin_hold(enrollment, None, ["PRE-E2"], Outcome.EMERGENCY, timezone.now())
    cookie = session_of(mother)
    make_all_anew()
    for path in ("/exercises/", EXERCISE):
        before, everybodys, after = (
            visit(path, HTTP_COOKIE=cookie),
            visit(path),
            visit(path, HTTP_COOKIE=cookie),
        )
        assert everybodys.body == plain(path)
        for own in (before, after):
            assert own.body != everybodys.body
            assert own.headers["Cache-Control"] == "private, no-store"


def test_a_preview_is_not_kept(visit):
    draft = Article.objects.create(title="Draft", slug="draft", body="<p>x</p>", status="draft")
    address = reverse("article_preview", args=[preview_token(draft.pk, timezone.now())])
    assert [visit(address).is_public for _ in range(2)] == [False, False]
    assert visit("/articles/draft/").status == 404
