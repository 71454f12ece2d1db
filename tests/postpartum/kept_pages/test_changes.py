"""Whatever changes what public pages show is noticed by the next look, as soon as it is committed and not before."""

import time
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from blog.models import Article, Comment, CommentPolicy, MenuLink, Page
from blog.models.menus import Menu
from blog.services.schedule import next_scheduled_change
from postpartum.kept_pages.application import TABLES
from postpartum.kept_pages.changes import forget_seen_changes
from postpartum.kept_pages.watching import FRESH_SECONDS, STALE_SECONDS, Generation, Standing, Watcher
from postpartum.text_overrides.lookup import reload_overrides
from postpartum.wsgi import application
from programs.models import Country
from tests.faults import database_away
from tests.postpartum.kept_pages.conftest import ask, wait_until
from tests.postpartum.kept_pages.test_nothing_personal import MACHINES, PUBLIC, QUERIES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watcher():
    """One that has looked once."""
    watcher = Watcher()
    watcher.look()
    return watcher


def notices(watcher):
    """Whether the next look begins a new generation."""
    before = watcher.generation
    watcher.look()
    assert watcher.standing() == Standing.CURRENT
    return watcher.generation is not before


@pytest.fixture
def other():
    """Another writer's connection."""
    found = connection.get_connection_params()
    with psycopg2.connect(
        dbname=found["dbname"], user=found["user"], host=found["host"], port=found.get("port")
    ) as other:
        yield other
        other.rollback()
    other.close()


def an_article(**fields):
    values = {"title": "Rest", "slug": "rest", "status": "published", "published_at": timezone.now()}
    return Article.objects.create(**values | fields)


CHANGES = [
    an_article,
    lambda: Country.objects.create(code="XX", name="Nowhere", emergency="1"),
    lambda: CommentPolicy.objects.create(pk=1),
    lambda: Country.objects.all().delete(),
    lambda: connection.cursor().execute("TRUNCATE postpartum_textoverride"),
]


def test_a_change_of_what_is_shown_is_noticed_once(watcher):
    for change in CHANGES:
        change()
        assert notices(watcher)
        assert not notices(watcher)


def test_what_nobody_else_sees_is_not_noticed(watcher, mother):
    article = an_article()
    watcher.look()
    Comment.objects.create(article=article, name="Ana", email="ana@example.org", body="Hello", html="Hello")
    User.objects.filter(pk=mother.pk).update(last_login=timezone.now())
    assert not notices(watcher)


def test_a_new_name_is_noticed(watcher, mother):
    User.objects.filter(pk=mother.pk).update(pen_name="Ana")
    assert notices(watcher)


def test_a_change_is_noticed_when_it_is_committed(watcher, other):
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO blog_topic (slug, name, description, position) VALUES ('a', 'A', '', 0)")
        assert not notices(watcher)
        other.commit()
    assert notices(watcher)


def test_a_change_that_began_first_and_ends_last_is_noticed(watcher, other):
    """A highest number would miss it: the later writer's number has been seen already."""
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO blog_topic (slug, name, description, position) VALUES ('a', 'A', '', 0)")
        an_article()
        assert notices(watcher)
        other.commit()
    assert notices(watcher)
    assert not notices(watcher)


def test_writers_do_not_wait_for_each_other(other):
    with other.cursor() as cursor, transaction.atomic():
        an_article()
        cursor.execute("SET lock_timeout = '2s'")
        cursor.execute("INSERT INTO blog_topic (slug, name, description, position) VALUES ('a', 'A', '', 0)")
        other.commit()


def test_what_is_undone_is_not_noticed(watcher):
    with transaction.atomic():
        an_article()
        transaction.set_rollback(True)
    assert not notices(watcher)


def test_after_a_part_is_undone_the_rest_is_noticed(watcher):
    with transaction.atomic():
        with transaction.atomic():
            an_article()
            transaction.set_rollback(True)
        an_article(slug="again")
    assert notices(watcher)


def test_all_is_forgotten_after_the_database_was_away(watcher):
    before = watcher.generation
    with database_away():
        watcher.look()
        assert watcher.generation is before
    assert notices(watcher)


def test_without_a_look_nothing_is_current_for_longer_than_a_second(watcher):
    watcher._looked_at -= FRESH_SECONDS
    assert watcher.standing() == Standing.UNSURE
    with database_away():
        watcher.look()
    assert watcher.standing() == Standing.AWAY
    watcher._looked_at -= STALE_SECONDS
    assert watcher.standing() == Standing.UNSURE


def test_who_asks_as_the_database_begins_to_hang_does_not_hang_with_it(watcher):
    watcher._looked_at -= FRESH_SECONDS
    watcher._looking_since = time.monotonic()  # this look gets no answer
    assert watcher.standing() == Standing.UNSURE
    assert watcher.settled_standing() == Standing.AWAY


def test_what_all_have_seen_is_deleted(watcher):
    an_article()
    forget_seen_changes(timezone.now())
    assert notices(watcher)
    an_article(slug="second")
    watcher.look()
    forget_seen_changes(timezone.now() + timedelta(hours=2))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM postpartum_page_change")
        assert cursor.fetchone() == (0,)
    assert not notices(watcher)


def test_pages_are_made_again_when_an_article_appears_or_its_conversation_closes():
    now = timezone.now()
    assert next_scheduled_change(now) is None
    an_article(published_at=now - timedelta(days=2))
    an_article(slug="closed", published_at=now - timedelta(days=2), comments_open=False)
    an_article(slug="draft", status="draft", published_at=now + timedelta(hours=1))
    assert next_scheduled_change(now) is None
    CommentPolicy.objects.create(pk=1, close_after_days=7)
    assert next_scheduled_change(now) == now + timedelta(days=5)
    an_article(slug="soon", published_at=now + timedelta(hours=2))
    assert next_scheduled_change(now) == now + timedelta(hours=2)


def test_a_generation_is_over_when_the_next_article_appears(watcher):
    article = an_article(published_at=timezone.now() + timedelta(minutes=1))
    watcher.look()
    assert watcher.generation.over_at == article.published_at.timestamp()
    assert not watcher.generation.is_over()
    watcher.generation = Generation(frozenset(), over_at=time.time())
    assert watcher.generation.is_over()
    assert notices(watcher)
    assert not notices(watcher)


def test_every_table_that_public_pages_read_is_watched(program, watcher):
    an_article()
    Page.objects.create(title="About", slug="about", status="published", published_at=timezone.now())
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        assert {client.get(path).status_code for path in PUBLIC + MACHINES + QUERIES} == {200}
        reload_overrides()  # what a process shows without asking
    read = {table for query in queries for table in TABLES.findall(query["sql"])}
    assert read
    assert read <= watcher.generation.watched_tables


def test_a_process_that_only_members_ask_keeps_up(program):
    """A request with a cookie is never answered from memory, but its page has the menus like any other."""
    cookie = {"HTTP_COOKIE": "sessionid=of-somebody"}
    try:
        ask("/program/", **cookie)
        MenuLink.objects.create(menu=Menu.HEADER, text="Our classes", address="/program/")
        wait_until(lambda: b"Our classes" in ask("/program/", **cookie).body)
    finally:
        application.close()
