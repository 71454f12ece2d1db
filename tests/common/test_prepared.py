"""Queries built once return what the same querysets return."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F

from accounts.models import User
from common.prepared import Parameter, PreparedQuery
from programs.models import Enrollment
from tests.cast import make_enrollment

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [User.objects.create(email=f"{name}@example.org", name=name) for name in ("ana", "bea", "cleo")]


def test_each_call_has_its_own_values(people, django_assert_num_queries):
    named = PreparedQuery(lambda: User.objects.filter(name=Parameter("name")).order_by("pk"))
    with django_assert_num_queries(3):
        assert named(name="ana") == [people[0]]
        assert named(name="bea") == [people[1]]
        assert named(name="o'nobody; --") == []


def test_rows_are_as_from_the_queryset(people):
    def rows(pk):
        return User.objects.filter(pk__gte=pk).exclude(name="cleo").defer("password").order_by("-pk")[:5]

    prepared = PreparedQuery(lambda: rows(Parameter("first")))(first=people[0].pk)
    plain = list(rows(people[0].pk))
    assert [one.__dict__.keys() for one in prepared] == [one.__dict__.keys() for one in plain]
    assert [(one.pk, one.date_joined, one.is_active) for one in prepared] == [
        (one.pk, one.date_joined, one.is_active) for one in plain
    ]
    prepared[0].name = "changed"
    prepared[0].save()
    assert User.objects.get(pk=prepared[0].pk).name == "changed"


def test_a_missing_value_is_an_error(people):
    with pytest.raises(KeyError):
        PreparedQuery(lambda: User.objects.filter(pk=Parameter("pk")))()


def test_a_user_by_primary_key(people):
    assert User.objects.get(pk=str(people[1].pk)) == people[1]
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=0)


@pytest.mark.django_db(transaction=True)
def test_threads_run_it_on_their_own_connections(people):
    query = PreparedQuery(lambda: User.objects.filter(name=Parameter("name")))

    def in_thread(name):
        try:
            return [user.name for user in query(name=name)]
        finally:
            connection.close()

    names = ["ana", "bea", "cleo"] * 5
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(in_thread, names)) == [[name] for name in names]


def test_an_annotation_with_an_encrypted_column_is_decrypted(mother, program):
    began = make_enrollment(mother)
    began.milestones = {"breath": True}
    began.save()
    rows = PreparedQuery(lambda: Enrollment.objects.filter(pk=Parameter("pk")).annotate(copy=F("milestones")))
    [found] = rows(pk=began.pk)
    assert found.copy == found.milestones == {"breath": True}
