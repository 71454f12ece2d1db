"""A member's page is read from a replica that is fresh and has what she wrote, and else from the primary."""

import pytest
from django.conf import settings as site
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from postpartum.replicas import COOKIE, STALE_SECONDS, Positions, ReplicaMiddleware, current_position
from tests.replica import a_replica
from tests.worker import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture(scope="module", autouse=True)
def alias():
    """The alias that REPLICA_URL adds to the settings."""
    mirror = {"TEST": connections.settings["default"]["TEST"] | {"MIRROR": "default"}}
    connections.settings["replica"] = connections.settings["default"] | mirror
    yield
    del connections.settings["replica"]


@pytest.fixture
def replica(transactional_db, settings):
    """The replica's own connection, to pause it with."""
    with a_replica() as (host, asked):
        name = connections.settings["default"]["NAME"]
        connections.settings["replica"].update(HOST=str(host), NAME=name)
        settings.DATABASE_ROUTERS = ["postpartum.replicas.ReplicaRouter"]
        yield asked
        connections["replica"].close()
        del connections["replica"]


def page(method="get", path="/today/", written="", view=None):
    """Have the middleware answer a member's request; where its view read from, and the answer."""
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES[site.SESSION_COOKIE_NAME] = "hers"
    request.COOKIES[COOKIE] = written
    read_from = []

    def answer(request):
        if view:
            view()
        read_from.append(User.objects.all().db)
        return HttpResponse(str(User.objects.count()))

    return ReplicaMiddleware(answer)(request), read_from[0]


def write_out():
    """Have the primary write out its log, which it sends no earlier: on its own an idle one takes ten seconds and more."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SELECT pg_logical_emit_message(true, 'tests', 'now')")


def has_caught_up(replica):
    write_out()
    with replica.cursor() as cursor:
        cursor.execute("SELECT pg_last_wal_replay_lsn() >= CAST(%s AS pg_lsn)", [current_position()])
        return cursor.fetchone()[0]


def lsn(position):
    """A position as one can compare it."""
    return tuple(int(half, 16) for half in position.split("/"))


def pause(replica):
    wait_until(lambda: has_caught_up(replica))
    with replica.cursor() as cursor:
        cursor.execute("SELECT pg_wal_replay_pause()")


def reads_from_replica(**options):
    """Whether a page does, as soon as it can: other tests write into the same primary, ahead of which no replica is."""

    def reads():
        write_out()
        return page(**options)[1] == "replica"

    wait_until(reads)
    return True


def test_a_fresh_replica_is_read(replica):
    assert reads_from_replica()


def test_a_visitors_page_a_form_and_the_desk_are_read_from_the_primary(replica):
    wait_until(lambda: has_caught_up(replica))

    assert page("post")[1] == page(path="/admin/")[1] == "default"


def test_she_reads_what_she_wrote_however_far_behind_the_replica_is(replica):
    pause(replica)
    middleware_saw = page("post", view=lambda: User.objects.create(email="a@example.org"))[0]
    written = middleware_saw.cookies[COOKIE].value

    response, read_from = page(written=written)

    assert (response.content, read_from) == (b"1", "default")


def test_one_that_is_a_second_behind_is_not_read(replica):
    pause(replica)
    positions = Positions()
    User.objects.create(email="a@example.org")

    assert page()[1] == "default"
    before = current_position()
    assert lsn(before) <= lsn(positions.to_reach()) <= lsn(current_position())  # other tests write meanwhile
    assert STALE_SECONDS <= 1


def test_after_a_page_has_written_it_reads_from_the_primary(replica):
    wait_until(lambda: has_caught_up(replica))

    response, read_from = page(view=lambda: User.objects.create(email="a@example.org"))

    assert (response.content, read_from) == (b"1", "default")
    assert response.cookies[COOKIE]["httponly"]


def test_within_a_transaction_the_primary_is_read(replica):
    seen = []

    def view():
        with transaction.atomic():
            seen.append(User.objects.all().db)

    assert reads_from_replica(view=view)
    assert set(seen) == {"default"}


def test_without_the_replica_the_primary_answers(replica):
    connections.settings["replica"]["HOST"] = "/nowhere"

    response, read_from = page()

    assert (response.status_code, read_from) == (200, "default")


def test_a_made_up_position_is_nothing(replica):
    wait_until(lambda: has_caught_up(replica))

    assert page(written="FFFFFFFF/FFFFFFFF")[1] == "default"
    assert reads_from_replica(written="'; DROP TABLE")
