"""The therapist finds a member by part of a name or address, and quickly however many members there are."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.cast import make_enrollment, make_user

pytestmark = pytest.mark.django_db

PEOPLE = {"June Baker": "june@example.org", "Mary Zoe": "mary@example.org", "Liz": "zora@example.org"}


@pytest.fixture(autouse=True)
def members(program):
    """Three members with names."""
    for name, address in PEOPLE.items():
        user = make_user(address)
        user.name = name
        user.save()
        make_enrollment(user)


def find(client, words):
    page = client.get(reverse("admin:desk_members"), {"q": words}).content.decode()
    return {name for name in PEOPLE if name in page}, "only beginnings" in page


@pytest.mark.parametrize(
    ("words", "found", "only_beginnings"),
    [
        ("", {"June Baker", "Mary Zoe", "Liz"}, False),
        ("une b", {"June Baker"}, False),
        ("JUNE@EX", {"June Baker"}, False),
        ("zo", {"Mary Zoe", "Liz"}, True),
        ("un", set(), True),
        ("B", {"June Baker"}, True),
        ("%", set(), True),
    ],
)
def test_a_part_of_a_name_or_address_finds_the_member(as_therapist, words, found, only_beginnings):
    assert find(as_therapist, words) == (found, only_beginnings)


def test_a_whole_address_finds_its_member_alone(as_therapist):
    namesake = make_user("a.june@example.org")
    User.objects.filter(pk=namesake.pk).update(name="Mary Zoe")
    make_enrollment(namesake)

    assert find(as_therapist, "June@example.org") == ({"June Baker"}, False)
    assert find(as_therapist, "une@example.org") == ({"June Baker", "Mary Zoe"}, False)


@pytest.mark.parametrize("words", ["zo", "zora", "nobody"])
def test_the_index_finds_the_letters(as_therapist, words):
    """Of a pattern of which it knows no piece, the index would name every user; it also names those rolled back before."""
    User.objects.bulk_create(User(email=f"m{number}@example.org", name="Ana") for number in range(500))
    with CaptureQueriesContext(connection) as captured:
        find(as_therapist, words)
    [sql] = [one["sql"] for one in captured if " LIKE " in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql.replace("%", "%%"), [])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    told = re.findall(r"on accounts_user_search \(actual rows=(\d+)", plan)
    assert told
    assert all(int(rows) < 200 for rows in told)
