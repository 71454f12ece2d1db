"""Blogs from Ghost and Substack come in by the same door."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from blog.importers.wordpress.rows.media import MediaFolder
from blog.models import Article, ImportRun

from .test_articles import photo_with_place

pytestmark = pytest.mark.django_db
POST = {
    "id": "5f1",
    "title": "Rest & move",
    "slug": "rest",
    "html": '<p>Lie\ndown [gallery] <a href="__GHOST_URL__/move/">next</a></p>'
    '<figure class="kg-card"><img src="__GHOST_URL__/content/images/size/w600/2020/01/a.jpg" alt="A"></figure>',
    "feature_image": "__GHOST_URL__/content/images/2020/01/b.jpg",
    "custom_excerpt": "In <short>",
    "status": "published",
    "visibility": "public",
    "type": "post",
    "published_at": "2020-01-02T03:04:05.000Z",
}
TAGS = [
    {"id": "t1", "name": "Pelvic floor", "slug": "pelvic-floor", "description": "About it"},
    {"id": "t2", "name": "#hidden", "slug": "hash-hidden", "visibility": "internal"},
]


def ghost(*posts, **tables):
    """A Ghost export."""
    data = {
        "posts": list(posts),
        "tags": TAGS,
        "posts_tags": [
            {"post_id": "5f1", "tag_id": tag["id"], "sort_order": n} for n, tag in enumerate(TAGS)
        ],
        "users": [{"id": "u1", "name": "Elena Marsh", "slug": "elena", "email": "elena@old.example.org"}],
        "posts_authors": [{"post_id": "5f1", "author_id": "u1", "sort_order": 0}],
        "posts_meta": [{"post_id": "5f1", "feature_image_alt": "A wide breath"}],
        "settings": [{"key": "title", "value": "Old blog"}],
    }
    return json.dumps({"db": [{"meta": {"version": "5.80.0"}, "data": data | tables}]}).encode()


def substack(rows, **posts):
    """A Substack export with the HTML of each post."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        head = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
        packed.writestr("posts.csv", head + rows)
        packed.writestr("email_list.csv", "email\nsecret@example.net\n")
        for name, html in posts.items():
            packed.writestr(f"posts/{name.replace('_', '.')}.html", html)
    return buffer.getvalue()


@pytest.fixture
def media(tmp_path):
    """The folder content/images of a Ghost blog."""
    folder = tmp_path / "content" / "images" / "2020" / "01"
    folder.mkdir(parents=True)
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(photo_with_place())
    return MediaFolder(tmp_path)


def test_a_ghost_blog_comes_over(take_over, media, client):
    move = {
        "id": 7,
        "title": "Move",
        "slug": "move",
        "html": "<p>Up</p>",
        "status": "published",
        "published_at": "2020-01-03",
    }

    run = take_over(ghost(POST, move), media)

    assert run.status == "done"
    article = Article.objects.get(slug="rest")
    assert (article.title, article.summary, article.topic.name) == (
        "Rest & move",
        "In <short>",
        "Pelvic floor",
    )
    assert (article.author.pen_name, article.cover.alt) == ("Elena Marsh", "A wide breath")
    assert f"{article.published_at:%Y-%m-%d %H:%M:%S}" == "2020-01-02 03:04:05"
    assert 'down [gallery] <a href="/articles/move/"' in article.body
    assert "<br>" not in article.body
    assert '<img src="/articles/pictures/' in article.body
    assert client.get("/rest/")["Location"] == "/articles/rest/"
    assert client.get("/tag/pelvic-floor/")["Location"].endswith("topic=pelvic-floor")
    again = take_over(ghost(POST, move), media)
    assert set(again.lines.filter(kind="post").values_list("outcome", flat=True)) == {"unchanged"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"status": "draft"}, "draft"),
        ({"visibility": "members"}, "draft"),
        ({"visibility": "paid"}, "draft"),
        ({"status": "sent"}, "draft"),
        ({"status": "scheduled", "published_at": "2999-01-01T00:00:00.000Z"}, "published"),
        ({"html": None, "plaintext": "Only <words>"}, "published"),
    ],
)
def test_what_was_not_open_to_everybody_is_a_draft(take_over, changed, status):
    take_over(ghost(POST | changed))

    article = Article.objects.get()
    assert article.status == status
    assert article.body


def test_a_substack_comes_over(take_over, client):
    rows = (
        "11.rest,2020-01-02T03:04:05.000Z,true,,newsletter,everyone,Rest & move,In short,\n"
        "12.paid,2020-01-03T03:04:05.000Z,true,,newsletter,only_paid,Paid,,\n"
        "13.draft,,false,,newsletter,everyone,,,\n"
    )
    posts = {
        "11_rest": '<p>Lie [down], <a href="https://old.substack.com/p/paid">next</a></p>',
        "12_paid": "<p>For some</p>",
        "13_draft": "<p>Begun</p>",
    }

    run = take_over(substack(rows, **posts))

    assert run.status == "done"
    article = Article.objects.get(slug="rest")
    assert (article.title, article.summary, article.status) == ("Rest & move", "In short", "published")
    assert article.body == '<p>Lie [down], <a href="/articles/paid/" rel="noopener">next</a></p>'
    assert Article.objects.filter(status="draft").count() == 2
    assert client.get("/p/rest")["Location"] == "/articles/rest/"
    again = take_over(substack(rows, **posts))
    assert set(again.lines.values_list("outcome", flat=True)) == {"unchanged"}


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"{}",
        b'{"db": []}',
        b'{"db": [{"data": {"posts": []}}]}',
        b'{"db": 5}',
        b"[1]",
        b"PK\x03\x04",
        ghost(POST)[:-40],
    ],
)
def test_what_is_none_of_theirs_is_refused(take_over, content):
    run = take_over(content)

    assert (run.status, run.refusal) == ("refused", "not_wordpress")


@pytest.mark.parametrize(
    ("name", "content"),
    [("blog.json", ghost(POST)), ("blog.zip", substack("11.rest,,true,,,everyone,Rest,,\n"))],
)
def test_the_desk_takes_them(client, therapist, name, content):
    client.force_login(therapist)
    wanted = {"keep_emails": "drop", "pages": "articles", "import": "1"}

    client.post(reverse("admin:blog_importrun_add"), wanted | {"file": SimpleUploadedFile(name, content)})
    call_command("import_wordpress", "--run", ImportRun.objects.get().pk)

    assert Article.objects.get().slug == "rest"
