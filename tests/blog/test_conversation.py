"""The thread under an article: what is shown of it, page by page."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from blog.models import Article, Comment, CommentPolicy, ThreadPage
from blog.moderation import Status
from blog.services import approve_comment, change_comment, erase_comments, moderate_comments, refresh_thread
from blog.threads import PAGE_SIZE
from tests.markup import squeezed

from .conftest import NOW

pytestmark = pytest.mark.django_db


def page_of(client, article, **query):
    """The article's page as text."""
    return client.get(article.get_absolute_url(), query).text


def of(comment):
    """The one comment as a queryset."""
    return Comment.objects.filter(pk=comment.pk)


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.TRASH])
def test_only_approved_comments_are_shown(client, article, say, said, status):
    said(article, "Everybody reads this")
    hidden = say(article, "Nobody reads this")
    moderate_comments(of(hidden), status, NOW)

    page = page_of(client, article)

    assert "Everybody reads this" in page
    assert "Nobody reads this" not in page
    assert "1 comment<" in squeezed(page)


def test_replies_stand_inside_what_they_answer(client, article, said):
    first = said(article, "First")
    said(article, "Second")
    said(article, "Reply", parent=first)

    page = page_of(client, article)

    assert page.index("First") < page.index("Reply") < page.index("Second")
    assert page.index("Reply</p>") < page.index("</article></article>") < page.index("Second")


def test_no_address_of_a_writer_is_on_any_page(client, article, said, say, member):
    comment = said(article, "Hello", email="secret@hidden.example")
    say(article, "As a member", author=member, email=member.email)
    moderate_comments(article.comments.all(), Status.APPROVED, NOW)
    pages = [
        article.get_absolute_url(),
        reverse("articles"),
        reverse("article_comment", args=[article.slug]) + f"?parent={comment.pk}",
    ]

    for address in pages:
        page = client.get(address).text
        assert "secret@hidden.example" not in page
        assert member.email not in page
        assert member.name not in page


def test_a_removed_comment_keeps_its_replies_readable(client, article, said):
    parent = said(article, "Rude words", name="Rude")
    said(article, "A kind reply", parent=parent)
    moderate_comments(of(parent), Status.TRASH, NOW)

    page = page_of(client, article)

    assert "A kind reply" in page
    assert "This comment was removed." in page
    assert "Rude words" not in page
    assert ">Rude<" not in page


def test_undo_brings_it_back(client, article, said):
    comment = said(article, "Back again")
    moderate_comments(of(comment), Status.SPAM, NOW)
    approve_comment(comment, NOW)

    assert "Back again" in page_of(client, article)


def test_changed_words_show_at_once(client, article, said):
    comment = said(article, "Teh words")
    comment.body = "The words <b>"
    change_comment(comment, NOW)

    assert "The words &lt;b&gt;" in page_of(client, article)


def test_deleting_for_good_leaves_the_replies_on_their_own(client, article, said):
    parent = said(article, "Gone for good")
    said(article, "Still here", parent=parent)

    erase_comments(of(parent), NOW)

    page = page_of(client, article)
    assert "Gone for good" not in page
    assert "Still here" in page


def test_the_author_and_the_team_are_marked_and_nobody_else_can_be(client, article, said, therapist, helper):
    said(article, "Mine", author=therapist, name="Dr. Elena Marsh")
    said(article, "From the team", author=helper, name="Jo")
    said(article, "Not hers", name="Dr. Elena Marsh")

    page = page_of(client, article)

    assert (page.count(">Author<"), page.count(">Team<")) == (1, 1)


def test_deeper_answers_say_whom_they_answer(client, article, said):
    last = None
    for name in ("Ana", "Bea", "Cleo", "Dora", "Eva", "Fay"):
        last = said(article, f"{name} speaks", name=name, parent=last)

    page = page_of(client, article)

    assert page.count("answers <a") == 2
    assert page.index("Eva speaks") > page.index(">Dora</a>")


def test_the_depth_is_the_therapists_choice(client, article, said):
    CommentPolicy.objects.create(pk=1, max_depth=0)
    said(article, "Reply", parent=said(article, "First"))

    assert "</article></article>" not in page_of(client, article)


def test_another_depth_shows_at_once(client, article, said, therapist):
    said(article, "Reply", parent=said(article, "First"))
    client.force_login(therapist)

    client.post(reverse("admin:blog_commentpolicy_add"), {"mode": "hold_all", "max_links": 1, "max_depth": 0})

    assert "</article></article>" not in page_of(client, article)


def test_everything_can_be_made_anew_without_a_new_date(client, article, said):
    said(article, "First")
    Article.objects.update(rendered="old look")
    ThreadPage.objects.update(html="old look")
    before = Article.objects.get().words_changed_at

    call_command("refresh_articles", verbosity=0)

    page = page_of(client, article)
    assert "old look" not in page
    assert "Some words." in page
    assert "First" in page
    assert Article.objects.get().words_changed_at == before


@pytest.fixture
def long_thread(article):
    """Approved comments for two full pages and one more."""
    comments = Comment.objects.bulk_create(
        Comment(article=article, name="A", body=f"Say {n}.", html=f"<p>Say {n}.</p>", status=Status.APPROVED)
        for n in range(2 * PAGE_SIZE + 1)
    )
    refresh_thread(article.pk, NOW)
    return comments


def test_long_threads_are_cut_into_pages_and_each_comment_keeps_its_address(client, article, long_thread):
    shown = [page_of(client, article, comments=n).count("Say ") for n in (1, 2, 3)]

    assert shown == [PAGE_SIZE, PAGE_SIZE, 1]
    for position in (0, PAGE_SIZE - 1, PAGE_SIZE, 2 * PAGE_SIZE):
        comment, query = long_thread[position], ""
        if position >= PAGE_SIZE:
            query = f"?comments={position // PAGE_SIZE + 1}"
        response = client.get(comment.get_absolute_url())
        assert response["Location"] == f"{article.get_absolute_url()}{query}#comment-{comment.pk}"


@pytest.mark.parametrize("number", ["4", "0", "x"])
def test_a_page_of_comments_that_is_none_is_not_found(client, article, long_thread, number):
    assert client.get(article.get_absolute_url(), {"comments": number}).status_code == 404


def test_the_address_of_a_comment_nobody_may_read_is_not_found(client, article, say, make_article):
    other = make_article()
    waiting = say(article, "Wait")

    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert client.get(reverse("comment", args=[other.slug, waiting.pk])).status_code == 404


@pytest.mark.parametrize("comments", [0, 3, 120])
def test_moderating_costs_the_same_with_any_number_of_comments(
    article, say, comments, django_assert_num_queries
):
    Comment.objects.bulk_create(
        Comment(article=article, name="A", body="b", html="<p>b</p>", status=Status.APPROVED)
        for _ in range(comments)
    )
    waiting = say(article, "One more")

    with django_assert_num_queries(17):
        moderate_comments(of(waiting), Status.APPROVED, NOW)

    assert ThreadPage.objects.count() == 1 + comments // PAGE_SIZE


def test_the_database_refuses_a_reply_under_another_article(article, make_article, said):
    parent = said(article, "Here")
    stray = said(make_article(), "There")

    of(stray).update(parent=parent)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    of(stray).update(parent=None)


def test_deleting_an_article_takes_its_conversation_along(article, said):
    said(article, "Reply", parent=said(article, "First"))

    article.delete()

    assert not Comment.objects.exists()
