"""Queries built once return what the same querysets return."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F

from accounts.models import User
from blog.models import Article, Comment
from common.prepared import Parameter, PreparedInsert, PreparedQuery
from postpartum.models import Mail
from programs.models import Enrollment
from tests.cast import make_enrollment

pytestmark = pytest.mark.django_db
FIELDS = [field.name for field in Comment._meta.concrete_fields if not field.primary_key]


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


def test_new_rows_are_inserted_as_by_their_manager(django_assert_num_queries):
    def hold(code):
        return Comment(
            article=article, name="Ana", body="Hello", html="<p>Hello</p>", reasons=[code], moderated_at=None
        )

    article = Article.objects.create(slug="a", title="A", kind="article")
    insert, rows = PreparedInsert(Comment), [hold("first"), hold("links")]
    with django_assert_num_queries(1):
        insert(*rows)
    with django_assert_num_queries(0):
        insert()
    plain = Comment.objects.create(**{name: getattr(rows[0], name) for name in FIELDS})
    stored = {one.pk: one for one in Comment.objects.all()}
    assert set(stored) == {rows[0].pk, rows[1].pk, plain.pk}
    assert [stored[row.pk].reasons for row in rows] == [["first"], ["links"]]
    for name in FIELDS:
        assert getattr(stored[rows[0].pk], name) == getattr(stored[plain.pk], name)
    rows[0].name = "Bea"
    rows[0].save()
    assert Comment.objects.get(pk=rows[0].pk).name == "Bea"


def test_encrypted_columns_of_new_rows_are_encrypted():
    mail = Mail(
        message_id="<1@example.org>",
        recipients=["a@example.org"],
        sender="b@example.org",
        subject="A",
        text="secret",
    )
    PreparedInsert(Mail)(mail)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM postpartum_mail")
        assert "secret" not in cursor.fetchone()[0]
    assert Mail.objects.get().text == "secret"
