"""What is written here can be taken along and brought back: nothing is lost, nothing changes, nothing doubles."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from blog.exporters.wordpress import wordpress_export
from blog.importers.wordpress.reporting.totals import totals
from blog.models import Article, Comment, Imported, ImportRun, Page, Source, Topic
from blog.moderation import Status
from blog.services import (
    Sender,
    erase_comments,
    moderate_comments,
    post_comment,
    render_article,
)
from blog.services.pictures import add_picture

from ..conftest import NOW

pytestmark = pytest.mark.django_db
AWKWARD = 'Less < more & "so" ]]> [gallery] on'
ARTICLE_FIELDS = (
    *("kind", "title", "slug", "summary", "body", "rendered", "status", "published_at", "created_at"),
    *("comments_open", "reviewed_by", "reviewed_on", "comment_count", "author", "topic__slug", "cover"),
)
COMMENT_FIELDS = (
    *("article__slug", "name", "email", "website", "body", "html", "status", "author"),
    *("wants_answers", "created_at", "edited_at", "parent__body", "parent__created_at"),
)


def a_picture(color="red"):
    """A small picture, taken in."""
    buffer = BytesIO()
    Image.new("RGB", (60, 40), color).save(buffer, "PNG")
    return add_picture(ContentFile(buffer.getvalue()), alt="A wide stance", now=NOW)


@pytest.fixture
def blog(make_article, topic, say, said, therapist, member):
    """Articles of every kind, with a conversation that has seen a lot."""
    picture = a_picture()
    first = make_article(
        title=AWKWARD,
        slug="First_one",
        summary="Two lines,\nas they are.",
        body=f'<p>See <a href="/articles/article-2/#comments">this</a> or <a href="/program/">that</a>, say src="/x" '
        f"or https://example.net.</p><p>https://example.net/alone</p><p>{AWKWARD.replace('<', '&lt;')}</p>"
        f'<figure><img src="{picture.get_absolute_url()}" alt="Wide" width="60" height="40"></figure>'
        "<pre>a\n\n  b</pre><p><strong>[caption]</strong></p>",
        cover=a_picture("blue"),
        reviewed_by="Dr. B",
        reviewed_on=date(2026, 2, 3),
        published_at=NOW - timedelta(days=3, microseconds=7),
    )
    Source.objects.create(
        article=first, position=1, text="A study & more", url="https://example.org/?a=1&b=2"
    )
    Source.objects.create(article=first, position=2, text="A book")
    render_article(first, NOW)
    make_article(comments_open=False, topic=None, author=None)
    make_article(status=Article.Status.DRAFT, published_at=None)
    make_article(status=Article.Status.WITHDRAWN)
    make_article(published_at=NOW + timedelta(days=30))
    root = said(first, AWKWARD, website="https://example.org/?a=1&b=2", wants_answers=True)
    erased = said(first, "Please forget me.", parent=root)
    answer, _ = post_comment(
        first, sender=Sender(name="Elena", author=therapist), body="Rest.", parent=erased, now=NOW
    )
    said(first, "As a member", name="Night owl", author=member, email=member.email, parent=answer)
    say(first, "Waits.\n\n- for\n- her")
    spam = say(first, "Buy & buy", name="Ann <3", email="ann@example.net")
    moderate_comments(Comment.objects.filter(pk=spam.pk), Status.SPAM, NOW, notify=False)
    edited = said(first, "Edited")
    Comment.objects.filter(pk=edited.pk).update(edited_at=NOW + timedelta(minutes=3))
    erase_comments(Comment.objects.filter(pk=erased.pk), NOW)
    return first


def state():
    """All that must come back, in an order that does not depend on numbers."""
    articles = Article.objects.order_by("slug").values_list(*ARTICLE_FIELDS)
    comments = Comment.objects.order_by("created_at", "body", "status").values_list(*COMMENT_FIELDS)
    sources = Source.objects.order_by("position").values_list("position", "text", "url")
    return list(articles), list(comments), list(sources)


def exported(**options):
    """The whole file."""
    return "".join(wordpress_export(NOW, **options)).encode()


def test_what_is_exported_comes_back_unchanged(blog, take_over):
    before, file = state(), exported(keep_emails=True)
    Article.objects.all().delete()
    Topic.objects.all().delete()

    run = take_over(file, keep_emails=True)

    assert run.status == ImportRun.Status.DONE
    assert state() == before
    assert totals(run)["comment"] == {"imported": Comment.objects.count()}


def test_exported_again_it_is_the_same_file(blog, take_over):
    """Two ways through, and still the same: only numbers differ."""
    file = exported(keep_emails=True)
    Article.objects.all().delete()
    take_over(file, keep_emails=True)
    before, again = state(), exported(keep_emails=True)
    Article.objects.all().delete()
    Imported.objects.all().delete()

    take_over(again, keep_emails=True)

    assert state() == before
    assert len(exported(keep_emails=True)) == pytest.approx(len(file), abs=200)


def test_read_where_everything_still_is_it_doubles_nothing(blog, take_over):
    before, file = state(), exported()

    run = take_over(file)

    assert state() == before
    assert totals(run)["post"] == {"unchanged": 5}
    assert totals(run)["comment"] == {"unchanged": Comment.objects.count()}


def test_addresses_of_commenters_stay_here_unless_wanted(blog):
    assert b"nora@example.net" not in exported()
    assert b"nora@example.net" in exported(keep_emails=True)


def test_the_commands_write_and_read_it(blog, tmp_path):
    before, folder = state(), tmp_path / "taken along"
    folder.mkdir()
    path = folder / "export.xml"
    call_command("export_wordpress", str(path), "--emails", "keep")
    Article.objects.all().delete()

    call_command("import_wordpress", str(path), "--emails", "keep")

    assert state() == before
    assert [file.name for file in folder.iterdir()] == ["export.xml"]


def test_links_and_pictures_lead_somewhere_from_another_site(blog, settings):
    file = exported().decode()

    assert f'href="{settings.SITE_URL}/program/"' in file
    assert f'src="{settings.SITE_URL}/articles/pictures/' in file
    assert 'say src="/x"' in file


def test_a_page_comes_back_as_a_page(take_over, client):
    for slug, status in (("my-room", "published"), ("later", "draft")):
        page = Page.objects.create(
            title=slug, slug=slug, body="<p>Second floor.</p>", status=status, published_at=NOW
        )
        render_article(page, NOW)
    file = "".join(wordpress_export(NOW)).encode()
    Page.objects.all().delete()

    take_over(file)
    assert dict(Page.objects.values_list("slug", "status")) == {"my-room": "published", "later": "draft"}
    assert "Second floor." in client.get("/my-room/").text
