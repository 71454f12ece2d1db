"""Whoever follows an old link or bookmark arrives; ordinary pages pay nothing for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.wxr import SITE, attachment, author, category, export, item, tag
from blog.importers.wordpress.rows.media import MediaFolder
from blog.models import Article, Redirect

from .test_articles import photo_with_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(take_over):
    """A blog that has moved here."""
    return take_over(
        export(
            author(),
            category("pain", number=3),
            category("hips", number=4, parent="pain"),
            tag("walking"),
            item(12, "Stairs", post_name="stairs", terms=[("category", "hips"), ("post_tag", "walking")]),
            item(13, "Draft", post_name="draft", status="draft", link=f"{SITE}/?p=13"),
            item(14, "About", post_name="about", post_type="page", link=f"{SITE}/about/"),
            attachment(15, "2019/05/a.jpg", parent=12, link=f"{SITE}/2019/05/stairs/a/"),
        )
    )


LEADS_TO = {
    "/2019/05/stairs/": "/articles/stairs/",
    "/2019/05/Stairs": "/articles/stairs/",
    "/2019/05/stairs/?replytocom=5": "/articles/stairs/",
    "/2019/05/stairs/feed/": "/articles/stairs/",
    "/2019/05/stairs/comment-page-3/": "/articles/stairs/",
    "/?p=12": "/articles/stairs/",
    "/index.php?p=12": "/articles/stairs/",
    "/?page_id=14": "/about/",
    "/2019/05/stairs/a/": "/articles/stairs/",
    "/?attachment_id=15": "/articles/stairs/",
    "/category/hips/": "/articles/?topic=hips",
    "/category/pain/hips/page/2/": "/articles/?topic=hips",
    "/?cat=4": "/articles/?topic=hips",
    "/category/pain/": "/articles/",
    "/tag/walking/": "/articles/",
    "/?tag=walking": "/articles/",
    "/author/elena/": "/articles/",
    "/feed/": "/articles/feed/",
    "/?feed=rss2": "/articles/feed/",
}
LEADS_NOWHERE = (
    "/2019/05/other/",
    "/?p=99",
    "/?p=13",
    "/draft/",
    "/articles/gone/",
    "//evil.example/",
    "/2019/",
    "/%00",
    "/?tag=%00",
)
ORDINARY = (
    "/",
    "/?utm_source=letter",
    "/articles/",
    "/articles/stairs/",
    "/articles/?page=1",
    "/search/?q=hips",
    "/articles/?p=12",
    "/articles/feed/",
    "/articles/stairs/comment/",
    "/my-data/",
    "/admin/",
    "/healthz",
)


def test_an_old_address_leads_to_what_stands_for_it(moved, client):
    found = {old: client.get(old) for old in LEADS_TO}

    assert {old: response.get("Location") for old, response in found.items()} == LEADS_TO
    assert {response.status_code for response in found.values()} == {301}
    assert [old for old, response in found.items() if "Set-Cookie" in response] == []
    assert {client.head(old).status_code for old in LEADS_TO} == {301}


def test_what_was_nowhere_or_is_a_draft_leads_nowhere(moved, client):
    found = {address: client.get(address) for address in LEADS_NOWHERE}

    assert {response.status_code for response in found.values()} <= {200, 400, 404}
    assert [address for address, response in found.items() if "Location" in response] == []


def test_an_article_that_waits_for_its_time_is_not_told(moved, client):
    Article.objects.update(published_at=timezone.now() + timedelta(days=1))

    assert client.get("/2019/05/stairs/").status_code == 404


def test_only_reading_is_forwarded(moved, client):
    assert client.post("/2019/05/stairs/").status_code == 404


@pytest.mark.parametrize("address", ORDINARY)
def test_pages_that_exist_cost_no_query_more(moved, client, therapist, address):
    client.force_login(therapist)

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200

    assert [query["sql"] for query in captured if "redirect" in query["sql"]] == []


def test_a_page_that_is_not_there_costs_one_look(moved, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/nowhere/at/all/")
    with django_assert_num_queries(1):
        client.get("/2019/05/stairs/")


def test_a_picture_of_the_old_blog_leads_to_ours(take_over, client, tmp_path):
    (tmp_path / "a.jpg").write_bytes(photo_with_place())
    words = f'<img src="{SITE}/wp-content/uploads/a.jpg">'
    take_over(export(item(1, content=words)), MediaFolder(tmp_path))

    for name in ("a.jpg", "a-300x200.jpg"):
        response = client.get(f"/wp-content/uploads/{name}")
        assert response.status_code == 301
        assert client.get(response["Location"]).status_code == 200


def test_a_blog_in_a_folder_keeps_its_folder(take_over, client):
    site = f"{SITE}/blog"
    take_over(export(author(), item(5, link=f"{site}/post-5/"), site=site))

    for old in ("/blog/post-5/", "/blog/?p=5"):
        assert client.get(old)["Location"] == "/articles/post-5/"
    assert client.get("/blog/feed/")["Location"] == "/articles/feed/"
    assert client.get("/?p=5").status_code == 200


def test_old_addresses_go_with_their_article(moved):
    Article.objects.all().delete()

    assert not Redirect.objects.filter(article__isnull=False).exists()
