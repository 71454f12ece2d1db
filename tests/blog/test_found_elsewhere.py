"""How articles reach readers from elsewhere: feed, site map, search engines, shared links."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from blog.models import Article
from blog.services import publish_article
from blog.sitemaps import ArticleSitemap, TopicSitemap
from tests.markup import squeezed

from .conftest import NOW

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client):
    """The feed, parsed."""
    return ElementTree.fromstring(client.get(reverse("articles_feed")).content)


def test_the_feed_brings_whole_articles_newest_first(client, make_article, settings):
    make_article(title="Older")
    make_article(
        title="Newer & <b>", body='<p>Words <a href="/safety/">help</a> <a href="#source-1">[1]</a></p>'
    )
    make_article(title="Draft", status=Article.Status.DRAFT)

    entries = feed(client).findall("a:entry", ATOM)

    assert [entry.findtext("a:title", namespaces=ATOM) for entry in entries] == ["Newer & <b>", "Older"]
    content = entries[0].findtext("a:content", namespaces=ATOM)
    assert f'href="{settings.SITE_URL}/safety/"' in content
    assert f'href="{settings.SITE_URL}/articles/article-2/#source-1"' in content
    assert entries[0].find("a:link", ATOM).get("href") == f"{settings.SITE_URL}/articles/article-2/"
    assert entries[0].findtext("a:author/a:name", namespaces=ATOM) == "Dr. Elena Marsh"


@pytest.mark.parametrize("articles", [1, 3, 30])
def test_the_feed_costs_the_same_with_any_number(client, make_article, articles, django_assert_num_queries):
    for _ in range(articles):
        make_article()

    with django_assert_num_queries(1):
        response = client.get(reverse("articles_feed"))

    assert not response.cookies
    assert response.text.count("<entry>") == min(articles, 20)


def test_an_unchanged_feed_is_not_sent_again(client, article):
    first = client.get(reverse("articles_feed"))

    assert client.get(reverse("articles_feed"), headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_no_address_of_a_person_is_in_the_feed(client, article, therapist):
    assert therapist.email not in client.get(reverse("articles_feed")).text


def test_the_site_map_lists_what_can_be_read(make_article, topic):
    open_article = make_article()
    make_article(status=Article.Status.DRAFT)
    make_article(published_at=NOW + timedelta(days=20_000))

    assert list(ArticleSitemap().items()) == [open_article]
    assert list(TopicSitemap().items()) == [topic]


def test_search_engines_read_what_an_article_is(client, topic, therapist):
    title = 'Say "</script><script>alert(1)</script>" & more'
    article = publish_article(
        slug="x", title=title, summary="Short", body="<p>a</p>", topic=topic, author=therapist, now=NOW
    )
    Article.objects.update(published_at=NOW - timedelta(days=900))

    page = client.get(article.get_absolute_url()).text

    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(block)
    assert data["headline"] == title
    assert data["author"] == {"@type": "Person", "name": "Dr. Elena Marsh"}
    assert "alert(1)</script>" not in page


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/articles/", "/articles/"),
        ("/articles/?page=2", "/articles/?page=2"),
        ("/articles/?utm_source=x", "/articles/"),
        ("/articles/?topic=back-pain", "/articles/?topic=back-pain"),
        ("/articles/article-1/?utm_source=x", "/articles/article-1/"),
    ],
)
def test_each_page_names_its_one_address(client, make_article, path, canonical, settings):
    for _ in range(13):
        make_article()

    page = client.get(path).text

    assert re.findall(r'<link rel="canonical" href="([^"]*)">', squeezed(page)) == [
        settings.SITE_URL + canonical
    ]


def test_a_shared_link_shows_title_and_summary(client, article):
    page = client.get(article.get_absolute_url()).text

    assert '<meta property="og:title" content="Back pain after birth">' in page
    assert '<meta property="og:description" content="What it says.">' in page
