"""A statement that is often run is prepared by the server, and whatever happens to it the rows are right."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from common.postgresql.base import DatabaseWrapper
from common.postgresql.statements import PLAIN_RUNS, Statement
from common.transactions import prepared_transaction
from tests.cast import make_enrollment

pytestmark = pytest.mark.django_db(transaction=True)
OFTEN = PLAIN_RUNS + 2
LETTERS = Statement(
    "SELECT letter FROM letters WHERE number = (%s) AND letter <> (%s) AND letter LIKE '%%'", [0]
)


@pytest.fixture(autouse=True)
def letters():
    """A table, and a connection that has prepared nothing."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE letters (number bigint, letter varchar(3))")
        cursor.execute("INSERT INTO letters VALUES (1, 'a'), (2, 'b'), (3, 'z')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE letters")
    connection.close()


def letter(number, statement=LETTERS):
    with connection.cursor() as cursor:
        cursor.execute(statement, [number, "z"])
        return [found for (found,) in cursor.fetchall()]


def prepared():
    """How many statements the server has prepared on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def run_often():
    for _ in range(OFTEN):
        assert letter(1) == ["a"]


def test_it_is_prepared_once_and_has_its_values_each_time():
    for _ in range(PLAIN_RUNS):
        assert letter(1) == ["a"]
    assert prepared() == 0
    assert [letter(number) for number in (1, 2, 3, 4)] == [["a"], ["b"], [], []]
    assert prepared() == 1


def test_other_sql_is_never_prepared():
    for _ in range(OFTEN):
        assert letter(1, str(LETTERS)) == ["a"]
    assert prepared() == 0


def test_in_a_transaction_the_sql_itself_is_run():
    run_often()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE letters ALTER letter TYPE text")
    with transaction.atomic():
        assert letter(2) == ["b"]
        assert letter(3) == []


def test_a_value_that_would_end_a_string_does_not():
    names = Statement("SELECT count(*) FROM letters WHERE letter = (%s)", [0])
    with connection.cursor() as cursor:
        for _ in range(OFTEN):
            cursor.execute(names, ["a' OR 'a' = 'a"])
            assert cursor.fetchone() == (0,)


CHANGES = [
    "ALTER TABLE letters ALTER letter TYPE varchar(9)",
    "ALTER TABLE letters ADD note text",
    "DEALLOCATE ALL",
    "CREATE INDEX ON letters (number)",
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_meanwhile_changes_no_rows(change):
    run_often()
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert letter(1) == ["a"]
    assert letter(2) == ["b"]


def test_a_name_that_is_prepared_already_is_used():
    run_often()
    connection.connection.prepared.clear()
    assert letter(2) == ["b"]
    assert prepared() == 1


def test_what_cannot_be_prepared_is_run_as_it_is():
    empty = Statement("SELECT %s IS NULL", [0])
    with connection.cursor() as cursor:
        for _ in range(OFTEN):
            cursor.execute(empty, ["a"])
            assert cursor.fetchone() == (False,)
    assert connection.connection.plain == {empty}
    assert prepared() == 0


def test_a_mistake_is_told():
    wrong = Statement("SELECT nothing FROM letters WHERE number = %s", [0])
    for _ in range(OFTEN):
        with pytest.raises(Exception, match="nothing"), connection.cursor() as cursor:
            cursor.execute(wrong, [1])


@pytest.mark.parametrize(("is_pooled", "prepared"), [(False, 1), (True, 0)])
def test_nothing_is_prepared_through_a_pooler(is_pooled, prepared):
    other = DatabaseWrapper(connection.settings_dict | {"DISABLE_SERVER_SIDE_CURSORS": is_pooled})
    with other.cursor() as cursor:
        for _ in range(OFTEN):
            cursor.execute(LETTERS, [1, "z"])
            assert cursor.fetchall() == [("a",)]
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (prepared,)
    other.close()


def test_all_that_pages_often_ask_can_be_prepared(mother, as_therapist, program):
    make_enrollment(mother)
    member, visitor = Client(), Client()
    member.force_login(mother)
    pages = {
        visitor: ("home", "articles", "program", "exercises", "safety"),
        member: ("today", "check_in", "progress"),
        as_therapist: ("admin:index",),
    }
    for _ in range(OFTEN):
        for client, names in pages.items():
            assert {client.get(reverse(name)).status_code for name in names} == {200}
    assert len(connection.connection.prepared) > 10
    assert connection.connection.plain == set()


@prepared_transaction
def add_letter(number, tries):
    """Read, write, and read again; `tries` has one more each time that this is tried."""
    tries.append(number)
    found = letter(number)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO letters VALUES (9, 'w')")
    letter(number, AFTER)
    return found


AFTER = Statement("SELECT letter FROM letters WHERE number = (%s) AND letter < (%s)", [0])


def written():
    return len(letter(9, str(LETTERS)))


def test_in_a_transaction_that_can_be_run_again_it_is_prepared():
    for number in range(OFTEN):
        assert add_letter(1, []) == ["a"]
        assert written() == number + 1
    assert prepared() == 2
    assert not connection.connection.prepares_in_transaction


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_before_a_transaction_is_written_once(change):
    for _ in range(OFTEN):
        add_letter(1, [])
    with connection.cursor() as cursor:
        cursor.execute(change)
    tries = []
    assert add_letter(2, tries) == ["b"]
    assert written() == OFTEN + 1
    assert len(tries) == (1 if "INDEX" in change or "ADD" in change else 2)
    assert add_letter(2, []) == ["b"]


def test_what_is_written_before_a_statement_cannot_be_prepared_is_written_once():
    for _ in range(OFTEN):
        add_letter(1, [])
    with connection.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {connection.connection.prepared[AFTER].split()[1]}")
    tries = []
    assert add_letter(1, tries) == ["a"]
    assert (written(), len(tries)) == (OFTEN + 1, 2)


def test_what_takes_failures_for_its_own_does_not_end_the_second_try():
    for _ in range(OFTEN):
        add_letter(1, [])
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    seen = []

    @prepared_transaction
    def careful():
        try:
            with transaction.atomic():
                seen.extend(letter(2))
        except Exception:
            seen.append("lost")

    careful()
    assert seen == ["b"]


def test_within_another_transaction_nothing_is_prepared():
    with transaction.atomic():
        for _ in range(OFTEN):
            add_letter(1, [])
    assert prepared() == 0


def test_a_failure_of_its_own_is_told_and_takes_everything_back():
    @prepared_transaction
    def fail():
        add_letter(1, [])
        raise ValueError("no")

    for _ in range(OFTEN):
        with pytest.raises(ValueError, match="no"):
            fail()
    assert written() == 0
