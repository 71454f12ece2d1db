"""However many members there are, a page asks as much, and nothing done for one of them reads a large table whole."""

import pytest
from django.db import connection
from django.utils import timezone

from bench import names, scale
from bench.members import make_members
from bench.plans import read_whole
from programs.models import SessionLog
from tests.cast import make_enrollment, make_user

MAY_BE_EMPTY = ["context", "advice", "rules_matched", "red_flags", "rules_version"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(program, therapist):
    """Two members who were there before all others, and who reads the desk."""
    first, second = (make_enrollment(make_user(f"{name}@example.org")) for name in ("first", "second"))
    return scale.Cast(first.participant.user, second.participant.user, therapist)


def statements(cast):
    tasks = scale.tasks(cast, timezone.now())
    return {name: scale.statements(task) for name, task in tasks.items()}


def test_pages_ask_as_much_with_a_few_members_as_with_many(cast):
    few = make_members(100, timezone.now())
    asked = statements(cast)
    more = make_members(500, timezone.now(), first=101)
    again = statements(cast)
    assert more["programs_sessionlog"] > 4 * few["programs_sessionlog"] > 0
    assert all(asked.values())
    assert {name: len(sqls) for name, sqls in again.items()} == {
        name: len(sqls) for name, sqls in asked.items()
    }


def test_large_tables_are_read_by_index(cast):
    make_members(200, timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")  # dear, as it is with a million rows
    whole = {name: read_whole(sqls) for name, sqls in statements(cast).items()}
    assert {name: tables for name, tables in whole.items() if tables} == {}


def test_rows_are_as_the_models_take_them(program):
    made = make_members(50, timezone.now())
    assert made["accounts_user"] == 50
    log = SessionLog.objects.order_by("-pk")[0]
    log.full_clean()
    assert log.enrollment.participant.user.email.endswith(names.OURS)
    for check_in in log.enrollment.check_ins.all():
        check_in.clean_fields(exclude=MAY_BE_EMPTY)
        assert check_in.answers["mood"] == "ok"
