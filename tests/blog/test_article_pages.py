"""Reading: what is shown, what it costs, and that it leaves nothing in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.models import Article
from blog.moderation import Status
from blog.services import moderate_comments, publish_article
from tests.markup import squeezed

from .conftest import NOW

pytestmark = pytest.mark.django_db
LIST = reverse("articles")
QUERIES_LIST, QUERIES_ARTICLE = 2, 2


def titles(response):
    """The titles on a list page, in order."""
    return [article.title for article in response.context["page"].object_list]


def test_list_shows_published_articles_newest_first(client, make_article):
    make_article(title="Older", published_at=NOW - timedelta(days=300))
    make_article(title="Newer", published_at=NOW - timedelta(days=200))
    make_article(title="A draft", status=Article.Status.DRAFT)
    make_article(title="Withdrawn", status=Article.Status.WITHDRAWN)
    make_article(title="Scheduled", published_at=NOW + timedelta(days=20_000))

    assert titles(client.get(LIST)) == ["Newer", "Older"]


@pytest.mark.parametrize("articles", [1, 3, 30])
def test_list_costs_the_same_with_any_number(client, make_article, articles, django_assert_num_queries):
    for _ in range(articles):
        make_article()

    with django_assert_num_queries(QUERIES_LIST):
        response = client.get(LIST)

    assert len(titles(response)) == min(articles, 12)


def test_pages_of_the_list_show_each_article_once(client, make_article):
    made = [make_article().title for _ in range(30)]

    shown = [title for page in (1, 2, 3) for title in titles(client.get(LIST, {"page": page}))]

    assert shown == made[::-1]


@pytest.mark.parametrize("number", ["4", "0", "-1", "x", "1e3", "²", "99999999999999999999"])
def test_a_page_that_is_none_is_not_found(client, article, number):
    assert client.get(LIST, {"page": number}).status_code == 404


def test_list_by_topic(client, make_article):
    publish_article(
        slug="breath", title="Breath", summary="", body="<p>x</p>", topic=("breathing", "Breathing"), now=NOW
    )
    make_article(title="Back")

    assert titles(client.get(LIST, {"topic": "breathing"})) == ["Breath"]
    assert titles(client.get(LIST, {"topic": ""})) == ["Breath", "Back"]


def test_a_topic_without_articles_is_not_found(client, make_article, topic):
    make_article(status=Article.Status.DRAFT)

    assert client.get(LIST, {"topic": topic.slug}).status_code == 404


def test_an_empty_list_says_so(client):
    response = client.get(LIST)

    assert response.status_code == 200
    assert "being written" in response.text


@pytest.mark.parametrize("status", [Article.Status.DRAFT, Article.Status.WITHDRAWN])
def test_an_unpublished_article_is_not_found(client, make_article, status):
    assert client.get(make_article(status=status).get_absolute_url()).status_code == 404


def test_a_scheduled_article_is_not_found_before_its_time(client, make_article):
    later = make_article(published_at=NOW + timedelta(days=20_000))

    assert client.get(later.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("comments", [0, 1, 3, 100, 1_000])
def test_an_article_costs_the_same_with_any_number_of_comments(
    client, article, conversation, comments, django_assert_num_queries
):
    conversation(article, comments)

    with django_assert_num_queries(QUERIES_ARTICLE):
        response = client.get(article.get_absolute_url())

    assert response.text.count('class="comment"') == min(comments, 100)
    assert ("?comments=2" in response.text) == (comments > 100)


def test_public_pages_set_no_cookie_and_know_no_session(client, article, said):
    said(article, "Thank you")
    addresses = [LIST, article.get_absolute_url(), reverse("article", args=["no-such"])]

    for address in addresses:
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_a_signed_in_reader_costs_what_it_takes_to_know_who_reads(
    client, member, article, django_assert_num_queries
):
    client.force_login(member)
    client.get(article.get_absolute_url())

    with django_assert_num_queries(QUERIES_ARTICLE + 2):
        page = client.get(article.get_absolute_url())

    assert page.headers["Cache-Control"] == "private, no-store"


def test_an_unchanged_page_is_not_sent_again(client, article):
    first = client.get(article.get_absolute_url())

    again = client.get(article.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again["Cache-Control"]) == (304, "no-cache")
    since = client.get(article.get_absolute_url(), headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    assert first["Last-Modified"] == "Fri, 20 Nov 2026 09:00:00 GMT"


def test_an_article_shows_author_review_sources_and_a_way_on(client, topic, therapist):
    article = publish_article(
        slug="sources",
        title="With sources",
        summary="Short.",
        body="<p>Words</p>",
        topic=topic,
        author=therapist,
        now=NOW - timedelta(days=400),
        sources=[("Study one", "https://doi.org/10.1/x"), ("A book", "")],
        reviewed_by="Dr. B",
    )

    page = client.get(article.get_absolute_url()).text

    assert "Dr. Elena Marsh" in page
    assert "Reviewed by Dr. B" in page
    sources = squeezed(page)
    assert '<li id="source-1"><a href="https://doi.org/10.1/x" rel="noopener">Study one</a></li>' in sources
    assert '<li id="source-2">A book</li>' in sources
    assert reverse("program") in page
    assert therapist.email not in page


def test_publishing_again_changes_the_same_article(topic):
    words = {"slug": "one", "title": "One", "summary": "", "body": "<p>x</p>", "topic": topic, "now": NOW}
    publish_article(**words, sources=[("A", ""), ("B", "")])

    again = publish_article(**words | {"title": "Two"}, sources=[("C", "")])

    assert [a.title for a in Article.objects.all()] == ["Two"]
    assert [s.text for s in again.sources.all()] == ["C"]


def test_long_articles_get_contents_and_every_heading_an_anchor_of_its_own(make_article, client):
    article = make_article(
        body="<h2>What helps</h2><p>a</p><h3>Comments</h3><h2>What helps</h2><h2>When to <em>call</em></h2><h2>!</h2>"
    )

    page = client.get(article.get_absolute_url()).text

    for anchor in ("what-helps", "comments-2", "what-helps-2", "when-to-call", "part"):
        assert page.count(f'id="{anchor}"') == 1
    assert '<li><a href="#when-to-call">When to call</a></li>' in page


def test_a_short_article_has_no_contents(client, article):
    assert "On this page" not in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener">a</a>'),
        ('<a href="/safety/">a</a>', '<a href="/safety/" rel="noopener">a</a>'),
        (
            '<a href="example.org/stairs?a=1">a</a>',
            '<a href="https://example.org/stairs?a=1" rel="noopener">a</a>',
        ),
        ('<a href="www.example.org">a</a>', '<a href="https://www.example.org" rel="noopener">a</a>'),
        ('<a href="ana@example.org">a</a>', '<a href="mailto:ana@example.org" rel="noopener">a</a>'),
        ('<a href="handout.pdf">a</a>', '<a href="handout.pdf" rel="noopener">a</a>'),
        ('<a href="#sources">a</a>', '<a href="#sources" rel="noopener">a</a>'),
        ('<a href="stairs.">a</a>', '<a href="stairs." rel="noopener">a</a>'),
        ('<p style="position:fixed">a</p>', "<p>a</p>"),
        ('<img src="x" onerror="alert(1)" alt="a">', ""),
        ('<img src="https://evil.example/x.png" alt="a">', ""),
        ('<img src="//evil.example/x.png" alt="a">', ""),
        ('<img src="/\\evil.example/x.png" alt="a">', ""),
        ('<img src="/\t/evil.example/x.png" alt="a">', ""),
        ('<a href="/\\evil.example">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="\x01\\\\evil.example">x</a>', '<a rel="noopener">x</a>'),
        ('<img src="/media/a.webp" alt="a">', '<img src="/media/a.webp" alt="a">'),
        ("<svg><script>alert(1)</script></svg>", ""),
        ("<iframe src='https://x.example'></iframe>", ""),
        ("<form><input name=a></form>", ""),
        ("<h2 id=main>a</h2>", "<h2>a</h2>"),
    ],
)
def test_hostile_html_is_gone_from_the_row_and_the_page(make_article, html, left):
    article = make_article(body=html)

    assert article.body == left
    assert left.replace("<h2>", '<h2 id="a">') in article.rendered


def test_withdrawn_comments_leave_the_page_and_the_count(client, article, said):
    comment = said(article, "Remove me")
    moderate_comments(article.comments.all(), Status.TRASH, NOW)

    page = client.get(article.get_absolute_url()).text

    assert comment.body not in page
    article.refresh_from_db()
    assert article.comment_count == 0
