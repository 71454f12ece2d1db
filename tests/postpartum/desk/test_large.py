"""Lists stay quick however large the practice grows: a fixed number of queries, and no count of a whole table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Comment, Report
from common.pagination import COUNTED, BoundedPaginator
from postpartum.models import Mail
from programs.models import Concern, Participant
from tests.cast import make_enrollment, make_user
from tests.postpartum.desk.test_roles import LISTS

pytestmark = pytest.mark.django_db

OWN = ["admin:index", "admin:desk_members"]
SINGLE = {"blog.commentpolicy", "postpartum.accountterms"}  # one row, so these lists lead to it
LISTED = OWN + [f"admin:{label.replace('.', '_')}_changelist" for label in LISTS if label not in SINGLE]


def fill(number, therapist):
    """`number` of everything that a list of the desk shows."""
    now = timezone.now()
    article = Article.objects.create(title="Rest", slug=f"rest-{number}", author=therapist)
    for one in range(number):
        enrollment = make_enrollment(make_user(f"m{one}@example.org"), now - timedelta(days=20))
        Concern.objects.create(
            participant=enrollment.participant, code="low_mood", urgency="routine", opened_at=now
        )
        comment = Comment.objects.create(
            article=article, name="Ana", body=f"Words {one}", html="<p>Words</p>"
        )
        Report.objects.create(comment=comment, reason="other")
        Mail.objects.create(
            message_id=f"<{one}@x>",
            recipients=["a@example.org"],
            sender="b@x.org",
            subject="S",
            state="failed",
        )


def asked(client, name):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse(name)).status_code == 200
    return [query["sql"] for query in queries]


def test_no_list_grows_or_counts_a_whole_table(as_therapist, therapist, program):
    fill(1, therapist)
    few = {name: asked(as_therapist, name) for name in LISTED}
    fill_more = [make_enrollment(make_user(f"n{one}@example.org")) for one in range(3)]
    Concern.objects.bulk_create(
        Concern(
            participant=enrollment.participant, code="low_mood", urgency="routine", opened_at=timezone.now()
        )
        for enrollment in fill_more
    )
    article = Article.objects.first()
    for one in range(5):
        comment = Comment.objects.create(article=article, name="Ana", body=f"More {one}", html="<p>More</p>")
        Report.objects.create(comment=comment, reason="other")
    many = {name: asked(as_therapist, name) for name in LISTED}

    assert {name: len(sqls) for name, sqls in many.items()} == {name: len(sqls) for name, sqls in few.items()}
    counts = [sql for sqls in many.values() for sql in sqls if "COUNT(" in sql and "GROUP BY" not in sql]
    assert counts
    assert [sql for sql in counts if f"LIMIT {COUNTED}" not in sql] == []


def test_the_bound_of_a_count_is_kept(program):
    Participant.objects.bulk_create(Participant(user=make_user(f"p{one}@example.org")) for one in range(3))

    assert BoundedPaginator(Participant.objects.order_by("pk"), 2).count == 3
    assert str(Participant.objects.order_by()[:COUNTED].query).endswith(f"LIMIT {COUNTED}")


ORDERED_BY_INDEX = {
    "programs_concern_latest": "admin:programs_concern_changelist",
    "blog_comment_desk": "admin:blog_comment_changelist",
    "blog_comment_waiting": "admin:index",
    "postpartum_mail_lost": "admin:index",
}


def test_the_longest_lists_are_put_in_order_by_an_index(as_therapist, program):
    """Asked of PostgreSQL itself, told that reading and sorting whole tables is dear."""
    asked_for = {name: asked(as_therapist, name) for name in set(ORDERED_BY_INDEX.values())}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")

        def uses(sql, index):
            cursor.execute("EXPLAIN " + sql.replace("%", "%%"), [])
            return any(index in line for (line,) in cursor.fetchall())

        missing = [
            index
            for index, name in ORDERED_BY_INDEX.items()
            if not any(uses(sql, index) for sql in asked_for[name] if "ORDER BY" in sql)
        ]
    assert missing == []
