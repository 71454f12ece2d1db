"""Limits: exact in any window, exact over processes, and nobody can be read from what is kept."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from common.limits import Limit, hit_all, network_of, remove_expired, take_back
from common.models import RateLimitWindow
from tests.forked import exit_code, fork

THREE = Limit("three a minute", 3, 60)


@pytest.mark.django_db
def test_never_more_than_so_many_in_any_window_however_it_is_laid(a_moment):
    window = THREE.of("203.0.113.7")
    asked_at = [0, 50, 55, 59, 60, 61, 109, 110, 111]  # seconds

    waits = [window.hit(a_moment + timedelta(seconds=second)) for second in asked_at]

    assert waits == [0, 0, 0, 1, 0, 49, 1, 0, 4]


@pytest.mark.django_db
def test_being_refused_makes_nobody_wait_longer(a_moment):
    window = THREE.of("203.0.113.7")
    for second in range(60):
        window.hit(a_moment + timedelta(seconds=second))

    assert window.hit(a_moment + timedelta(seconds=60)) == 0


@pytest.mark.django_db
def test_sources_and_limits_are_counted_apart(a_moment):
    windows = [THREE.of("a", "b"), THREE.of("a"), THREE.of("ab"), THREE.of(1), THREE.of("1")]
    windows += [Limit("another", 3, 60).of("a")]

    assert [window.hit(a_moment) for window in windows * 3] == [0] * 18
    assert 0 not in [window.hit(a_moment) for window in windows]


@pytest.mark.django_db
def test_of_several_limits_all_are_counted_or_none(a_moment):
    wide, narrow = Limit("wide", 5, 60).of("a"), Limit("narrow", 2, 60).of("a")

    assert [hit_all([wide, narrow], a_moment + timedelta(seconds=second)) for second in range(4)] == [
        0,
        0,
        58,
        57,
    ]

    assert [wide.hit(a_moment) for _ in range(4)] == [0, 0, 0, 60]


@pytest.mark.django_db
def test_what_turned_out_well_can_be_taken_back(a_moment):
    window = THREE.of("a")
    for second in range(10):
        now = a_moment + timedelta(seconds=second)
        assert window.hit(now) == 0
        take_back([window], now)


@pytest.mark.django_db
def test_old_rows_go_and_young_ones_stay(a_moment):
    THREE.of("old").hit(a_moment)
    THREE.of("young").hit(a_moment + timedelta(seconds=30))

    remove_expired(a_moment + timedelta(seconds=60))

    assert [row.key for row in RateLimitWindow.objects.all()] == [THREE.of("young").key]


@pytest.mark.django_db(transaction=True)
def test_processes_that_come_at_once_share_the_count(a_moment):
    def come():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(1)")  # all wait for the same moment
        os._exit(sum(window.hit(a_moment) == 0 for _ in range(10)))

    window = Limit("at once", 20, 60).of("a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1)")
        children = [fork(come) for _ in range(6)]
        cursor.execute("SELECT pg_advisory_unlock(1)")

    assert sum(exit_code(child) for child in children) == 20


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_who_has_a_network_of_addresses_counts_as_one(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.django_db
def test_the_rows_tell_nobody_s_address(client, a_moment):
    for number in range(3):
        client.post("/letter/", {"email": f"reader{number}@example.org"}, REMOTE_ADDR="203.0.113.7")

    with connection.cursor() as cursor:
        cursor.execute("SELECT kept::text FROM common_ratelimitwindow AS kept")
        (row,) = cursor.fetchall()
    assert "203.0.113.7" not in row[0]
    assert "example.org" not in row[0]
