"""What a check-in reads: each table once and each encrypted value once, however long the journey is."""

import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest

from common.encryption import decrypt
from programs.facts.journey import journey_of
from programs.models import CheckIn, SafetyHold
from tests.programs.journey.conftest import after, before, do_session, log_only

OF_A_CHECK_IN = 3  # answers, advice, rules matched; the last two only where they are looked at
OF_AN_ENROLLMENT = 8  # its seven encrypted columns, and the flags of its screening


@contextmanager
def counted_decryptions():
    """Give a list that grows by one with each decryption in the block."""
    found = []

    def count(frame, event, _arg):
        if event == "call" and frame.f_code is decrypt.__code__:
            found.append(frame.f_lineno)

    sys.setprofile(count)
    try:
        yield found
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("sessions", [1, 3])
def test_an_after_check_that_locks_reads_once(began, a_moment, django_assert_num_queries, sessions):
    for day in range(sessions):
        do_session(began, f"w01-{'abc'[day]}", a_moment + timedelta(days=day))
    at = a_moment + timedelta(days=sessions)
    before(began, at)
    log_only(began, "w01-a", at + timedelta(hours=1))
    known = CheckIn.objects.count()
    with django_assert_num_queries(15), counted_decryptions() as decryptions:
        after(began, at + timedelta(hours=2), "w01-a", painMax=9)
    assert known < len(decryptions) <= known * OF_A_CHECK_IN + OF_AN_ENROLLMENT
    assert SafetyHold.objects.filter(participant=began.participant, ended_at=None).exists()


def test_what_nobody_looks_at_stays_encrypted(began, a_moment):
    for day in range(3):
        do_session(began, f"w01-{'abc'[day]}", a_moment + timedelta(days=day))
    with counted_decryptions() as decryptions:
        journey = journey_of(began, a_moment + timedelta(days=3))
        assert len(journey.check_ins) > 3
        assert not decryptions
        looked_at = [tuple(journey.history[0].rules) for _ in range(2)]
        assert len(decryptions) == 1
        assert [dict(journey.history[0].answers) for _ in range(2)] == [journey.check_ins[0].answers] * 2
        assert len(decryptions) == 2
    assert looked_at[0] == looked_at[1] == tuple(journey.check_ins[0].rules_matched)


def test_what_is_saved_unread_is_as_it_was(began, a_moment):
    before(began, a_moment, pain=2)
    [row] = CheckIn.objects.latest_of(began)
    row.save()
    assert CheckIn.objects.get().answers["pain"] == 2
