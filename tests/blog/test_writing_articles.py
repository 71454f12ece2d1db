"""Articles at the desk: what is refused, what is said after a save, and in which order they stand."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from blog.services import approve_comment

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:blog_article_changelist"), reverse("admin:blog_article_add")
TYPED = {
    "title": "On the stairs",
    "slug": "on-the-stairs",
    "summary": "Two sentences.",
    "body": "<p>Breathe out first.</p>",
    "status": "draft",
    "sources-TOTAL_FORMS": 0,
    "sources-INITIAL_FORMS": 0,
}


@pytest.fixture
def desk(client, therapist):
    """The therapist's browser."""
    client.force_login(therapist)
    return client


@pytest.mark.parametrize("body", ["", "<p></p>", "<p> </p>", "<hr>"])
def test_nothing_to_read_is_not_published_but_may_be_a_draft(desk, body):
    response = desk.post(ADD, TYPED | {"status": "published", "body": body})

    assert response.context["errors"] == [
        ["There is nothing to read yet. Write something, or save it as a draft."]
    ]
    assert "Two sentences." in response.text
    assert not Article.objects.exists()
    assert desk.post(ADD, TYPED | {"body": body}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Saved as a draft: “On the stairs”. Readers do not see it."),
        ({"status": "published"}, "Published: readers see “On the stairs” now."),
        (
            {"status": "published", "published_at": "2099-01-05T09:00"},
            "Scheduled: readers see “On the stairs” from January 5, 2099, 9:00 AM on.",
        ),
        ({"status": "withdrawn"}, "Withdrawn: readers no longer see “On the stairs”."),
    ],
)
def test_after_a_save_she_reads_who_sees_it(desk, typed, said):
    page = desk.post(ADD, TYPED | typed, follow=True).text

    assert said in re.sub("<a [^>]*>|</a>", "", page)


def test_the_address_follows_from_the_title(desk):
    response = desk.post(ADD, TYPED | {"title": "", "slug": ""})
    assert response.context["errors"] == [["This field is required."]]

    desk.post(ADD, TYPED | {"slug": ""})
    assert Article.objects.get().slug == "on-the-stairs"

    response = desk.post(ADD, TYPED | {"slug": "", "body": "<p>Another way.</p>"})
    assert response.context["errors"] == [
        ["Another text of yours has this address. Please change it a little, by one more word for example."]
    ]
    assert "Another way." in response.text

    response = desk.post(ADD, TYPED | {"slug": "", "title": "Σκάλες"})
    assert response.context["errors"] == [["Please write an address with the letters a to z."]]


def test_a_decision_about_a_comment_moves_no_article(desk, make_article, say):
    now = timezone.now()
    old, new = (
        make_article(slug=slug, title=slug, published_at=now - timedelta(days=days))
        for slug, days in (("old", 9), ("new", 2))
    )
    later = make_article(slug="later", title="later", published_at=now + timedelta(days=2))
    draft = Article.objects.create(slug="draft", title="draft")
    approve_comment(say(old, "I liked this."), now + timedelta(hours=1))

    shown = desk.get(LIST).context["cl"].result_list
    assert list(shown) == [draft, later, new, old]


def test_the_list_is_narrowed_by_what_its_rows_say(desk, make_article):
    now = timezone.now()
    public = make_article(slug="public", published_at=now - timedelta(days=1))
    later = make_article(slug="later", published_at=now + timedelta(days=1))
    draft = Article.objects.create(slug="draft", title="draft")

    def shown(status):
        return list(desk.get(LIST, {"status": status}).context["cl"].result_list)

    assert [shown(status) for status in ("draft", "scheduled", "published", "withdrawn")] == [
        [draft], [later], [public], [],
    ]  # fmt: skip
    page = desk.get(LIST).text
    assert ">No topic</a>" in page
    assert ">-</a>" not in page
