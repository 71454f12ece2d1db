"""Posts and pages become articles, with their topics, authors, pictures and links."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from PIL import Image

from bench.wxr import SITE, attachment, author, category, comment, export, item, tag
from blog.importers.wordpress.reporting.reasons import Reason
from blog.importers.wordpress.reporting.totals import totals
from blog.importers.wordpress.rows.articles import BATCH_SIZE as ARTICLES_AT_ONCE
from blog.importers.wordpress.rows.comments import BATCH_SIZE as COMMENTS_AT_ONCE
from blog.importers.wordpress.rows.media import MediaFolder, MediaZip
from blog.models import Article, Comment, ImportedTerm, ImportLine, Picture, Topic, Version
from blog.services import render_article

from ..conftest import NOW

pytestmark = pytest.mark.django_db
MAY = datetime(2019, 5, 4, 9, 30, tzinfo=UTC)


def reasons_of(run, wp_id, kind="post"):
    """Outcome and reasons of one line."""
    line = run.lines.get(kind=kind, wp_id=wp_id)
    return line.outcome, line.reasons


def photo_with_place():
    """The bytes of a JPEG that tells where it was taken."""
    image, buffer = Image.new("RGB", (60, 40), "red"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "At home, 1 Secret Street"
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


@pytest.fixture
def uploads(tmp_path):
    """The folder wp-content/uploads with one photograph."""
    folder = tmp_path / "uploads" / "2019" / "05"
    folder.mkdir(parents=True)
    (folder / "stretch.jpg").write_bytes(photo_with_place())
    (folder / "broken.jpg").write_bytes(b"no picture")
    return tmp_path / "uploads"


def test_a_post_becomes_an_article(take_over):
    run = take_over(
        export(
            category("back-pain", "Back &amp; pain", description="All about it"),
            item(
                7,
                "Stairs &amp; <em>hips</em>",
                "First words.\n\nSecond words.",
                excerpt="Short &amp; sweet",
                post_name="stairs",
                terms=[("category", "back-pain")],
                comment_status="closed",
                post_modified_gmt="2020-01-02 03:04:05",
            ),
        )
    )

    article = Article.objects.get()
    assert (article.title, article.slug, article.summary) == ("Stairs & hips", "stairs", "Short & sweet")
    assert article.body == "<p>First words.</p>\n<p>Second words.</p>"
    assert (article.status, article.published_at, article.created_at) == ("published", MAY, MAY)
    assert article.words_changed_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (article.topic.name, article.topic.description) == ("Back & pain", "All about it")
    assert not article.comments_open
    assert "Second words." in article.rendered
    assert reasons_of(run, 7) == ("imported", [])


def test_readers_find_it_and_search_does(take_over, client):
    take_over(export(item(7, "Stairs", "About the pelvis.", post_name="stairs")))

    assert "About the pelvis." in client.get("/articles/stairs/").text
    assert Article.objects.matching("pelvis").exists()


def test_what_is_left_out_has_a_line_that_says_why(take_over):
    run = take_over(
        export(
            item(1, "Menu", post_type="nav_menu_item"),
            item(2, "Gone", status="trash", comments=comment(20)),
            item(3, "About", post_type="page"),
            item(4, "", "", status="draft"),
            item(5, "Five"),
            item(5, "Five again"),
            item("x", "No number"),
        ),
        pages="skip",
    )

    assert [article.title for article in Article.objects.all()] == ["Five"]
    assert reasons_of(run, 1, "other") == ("skipped", [Reason.OTHER_TYPE])
    assert reasons_of(run, 2) == ("skipped", [Reason.IN_TRASH])
    assert reasons_of(run, 3, "page") == ("skipped", [Reason.PAGE_LEFT_OUT])
    assert reasons_of(run, 4) == ("skipped", [Reason.EMPTY])
    assert reasons_of(run, 20, "comment") == ("skipped", [Reason.POST_LEFT_OUT])
    assert sorted(run.lines.filter(wp_id=5).values_list("outcome", flat=True)) == ["imported", "skipped"]
    assert reasons_of(run, None) == ("skipped", [Reason.NO_NUMBER])


def test_pages_stay_pages(take_over, client):
    run = take_over(
        export(
            item(3, "About", post_type="page", post_name="about", content="<p>See /safety/</p>"),
            item(4, "Safety", post_type="page", post_name="safety"),
            item(5, "Guests", post_type="page", post_name="guests", comments=comment(7)),
            item(6, "Post", content=f'<p><a href="{SITE}/?page_id=3">About</a></p>'),
        )
    )

    kinds = dict(Article.objects.values_list("slug", "kind"))
    assert kinds == {"about": "page", "safety-2": "page", "guests": "article", "post-6": "article"}
    assert totals(run)["page"] == {"imported": 3}
    assert 'href="/about/"' in Article.objects.get(slug="post-6").body
    assert "<h1>About</h1>" in client.get("/about/").text
    assert client.get("/articles/guests/").status_code == 200


def test_pages_become_articles_if_wanted(take_over):
    run = take_over(export(item(3, "About", post_type="page", post_name="about")), pages="articles")

    assert Article.objects.get().slug == "about"
    assert totals(run) == {"page": {"imported": 1}}


def test_what_was_not_open_to_everybody_is_a_draft(take_over):
    run = take_over(
        export(
            item(1, status="private"),
            item(2, post_password="x"),
            item(3, status="draft"),
            item(4, status="pending"),
        )
    )

    assert set(Article.objects.values_list("status", flat=True)) == {"draft"}
    assert reasons_of(run, 1) == ("imported", [Reason.WAS_PRIVATE])
    assert reasons_of(run, 2) == ("imported", [Reason.HAD_PASSWORD])


def test_slugs_are_kept_where_they_are_free(take_over, make_article):
    make_article(slug="taken")

    take_over(
        export(
            item(1, "One", post_name="taken"),
            item(2, "Two", post_name="feed"),
            item(3, "Drei", post_name="r%c3%bcckbildung"),
            item(4, "四", post_name="%e5%9b%9b"),
            item(5, "Five five", post_name="", status="draft"),
            item(6, "x" * 300, post_name="long"),
        )
    )

    slugs = Article.objects.exclude(slug="taken").order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["taken-2", "feed-2", "ruckbildung", "article-4", "five-five", "long"]
    assert len(Article.objects.get(slug="long").title) == 200


def test_the_main_category_is_the_topic_and_none_is_lost(take_over):
    run = take_over(
        export(
            category("pain", "Pain", number=1),
            category("hips", "Hips", number=2, parent="pain"),
            category("empty", "Empty", number=3),
            tag("walking", "Walking"),
            item(1, terms=[("category", "pain"), ("category", "hips"), ("post_tag", "walking")]),
            item(2, terms=[("category", "hips")]),
            item(
                3,
                terms=[("category", "hips"), ("category", "pain")],
                meta={"_yoast_wpseo_primary_category": "1"},
            ),
            item(4, terms=[("category", "uncategorized"), ("post_tag", "sleep")]),
            item(5, terms=[("category", "uncategorized")]),
        )
    )

    topics = Article.objects.order_by("pk").values_list("topic__slug", flat=True)
    assert list(topics) == ["hips", "hips", "pain", "sleep", None]
    assert set(Topic.objects.values_list("slug", flat=True)) == {"hips", "pain", "sleep"}
    first = Article.objects.order_by("pk").first()
    assert set(first.imported_terms.values_list("slug", flat=True)) == {"pain", "hips", "walking"}
    assert ImportedTerm.objects.get(slug="hips").parent_slug == "pain"
    line = run.lines.get(kind="post", wp_id=1)
    assert (line.reasons, line.detail) == ([Reason.MORE_TOPICS], "Pain, Walking")
    assert reasons_of(run, 3, "category") == ("skipped", [Reason.LABEL_ONLY])
    assert reasons_of(run, 100, "tag") == ("skipped", [Reason.LABEL_ONLY])


def test_a_topic_that_is_here_is_used(take_over, topic):
    take_over(export(item(1, terms=[("category", "back-pain")])))

    assert Article.objects.get().topic == topic


def test_authors_are_known_by_their_address_or_kept_as_names(take_over, therapist, member):
    run = take_over(
        export(
            author("elena", "THERAPIST@example.org", number=1),
            author("guest", "guest@example.net", "Guest Writer", number=2),
            author("mum", member.email, "A Mother", number=3),
            author("idle", "idle@example.net", number=4),
            item(1, creator="elena"),
            item(2, creator="guest"),
            item(3, creator="mum"),
            item(4, creator="unlisted"),
        )
    )

    articles = {article.slug: article for article in Article.objects.select_related("author")}
    assert articles["post-1"].author == therapist
    assert articles["post-2"].byline == "Guest Writer"
    assert articles["post-3"].byline == "A Mother"
    assert articles["post-3"].author != member
    assert articles["post-4"].byline == "unlisted"
    guest = articles["post-2"].author
    assert (guest.is_active, guest.has_usable_password(), guest.email.endswith(".invalid")) == (
        False,
        False,
        True,
    )
    assert reasons_of(run, 1, "author") == ("unchanged", [Reason.KNOWN_HERE])
    assert reasons_of(run, 4, "author") == ("skipped", [Reason.WROTE_NOTHING])


def test_all_articles_can_be_hers(take_over, therapist):
    take_over(export(author(), item(1), item(2, creator="")), author=therapist)

    assert set(Article.objects.values_list("author", flat=True)) == {therapist.pk}
    assert get_user_model().objects.count() == 1


def test_links_inside_the_blog_lead_to_the_articles(take_over):
    words = (
        f'<a href="{SITE}/2019/05/post-2/#comment-9">a</a> <a href="http://www.old.example.org/?p=2">b</a> '
        f'<a href="/2019/05/post-2/feed/">c</a> <a href="{SITE}/category/hips/">d</a> <a href="{SITE}">e</a> '
        f'<a href="{SITE}/gone/">f</a> <a href="https://else.example/2019/05/post-2/">g</a> <a href="mailto:a@b.c">h</a>'
    )

    run = take_over(
        export(
            category("hips"),
            item(1, content=words, terms=[("category", "hips")]),
            item(2, post_name="post-2"),
        )
    )

    body = Article.objects.get(slug="post-1").body
    hrefs = [part.partition('"')[0] for part in body.split('href="')[1:]]
    assert hrefs == [
        "/articles/post-2/#comments",
        "/articles/post-2/",
        "/articles/post-2/",
        "/articles/?topic=hips",
        "/",
        f"{SITE}/gone/",
        "https://else.example/2019/05/post-2/",
        "mailto:a@b.c",
    ]
    line = run.lines.get(kind="post", wp_id=1)
    assert (line.reasons, line.detail) == ([Reason.LINK_UNKNOWN], f"{SITE}/gone/")


def with_pictures():
    """A post with a picture in its text, in a gallery and as its cover, and files nobody shows."""
    return export(
        item(
            1,
            "Stretching",
            f'<img src="{SITE}/wp-content/uploads/2019/05/stretch-300x200.jpg?w=3" alt="A stretch">\n\n'
            f'<a href="{SITE}/wp-content/uploads/2019/05/stretch.jpg">Larger</a>\n\n'
            f'<img src="https://i0.wp.com/old.example.org/wp-content/uploads/2019/05/stretch.jpg">\n\n'
            f'<img src="{SITE}/wp-content/uploads/2019/05/broken.jpg" alt="Broken">[gallery ids="2,3"]',
            meta={"_thumbnail_id": "2"},
        ),
        attachment(2, "2019/05/stretch.jpg", parent=1, alt="Wide stance", excerpt="In the garden"),
        attachment(3, "2019/05/away.jpg", parent=1),
        attachment(4, "2019/05/unused.jpg"),
        attachment(5, "2019/05/plan.pdf"),
        attachment(6, "2019/05/broken.jpg"),
    )


def test_pictures_come_along_once_without_their_place(take_over, uploads, settings):
    run = take_over(with_pictures(), MediaFolder(uploads))

    picture, article = Picture.objects.get(), Article.objects.get()
    address = picture.get_absolute_url()
    assert article.body.count(f'src="{address}"') == 3
    assert f'href="{address}"' in article.body
    assert "<figcaption>In the garden</figcaption>" in article.body
    assert "broken" not in article.body
    assert article.cover == picture
    assert picture.alt == "A stretch"
    files = list((settings.MEDIA_ROOT / "pictures" / picture.key).iterdir())
    assert files
    assert not any(b"Secret Street" in file.read_bytes() for file in files)
    assert reasons_of(run, 2, "media") == ("imported", [])
    assert reasons_of(run, 3, "media") == ("skipped", [Reason.NO_FILE])
    assert reasons_of(run, 4, "media") == ("skipped", [Reason.NOT_USED])
    assert reasons_of(run, 5, "media") == ("skipped", [Reason.NOT_LINKED])
    assert reasons_of(run, 6, "media") == ("skipped", [Reason.UNREADABLE])


def test_what_is_missing_is_a_list_and_can_be_brought_later(take_over, uploads):
    run = take_over(with_pictures())
    missing = run.lines.filter(kind="picture").values_list("detail", "label")
    assert {address.rpartition("/")[2].partition("?")[0] for address, _ in missing} == {
        "stretch-300x200.jpg",
        "broken.jpg",
        "away.jpg",
    }
    assert {label for _, label in missing} == {"Stretching"}
    assert "<img" not in Article.objects.get().body

    again = take_over(with_pictures(), MediaFolder(uploads))

    assert reasons_of(again, 1)[0] == "updated"
    assert Article.objects.get().body.count("<img") == 3
    assert Article.objects.get().cover == Picture.objects.get()


def test_a_third_time_changes_nothing(take_over, uploads):
    for _ in range(2):
        take_over(with_pictures(), MediaFolder(uploads))
    before = list(Article.objects.values())

    run = take_over(with_pictures(), MediaFolder(uploads))

    assert list(Article.objects.values()) == before
    assert Picture.objects.count() == 1
    assert reasons_of(run, 1)[0] == "unchanged"


def test_pictures_come_from_a_zip_too(take_over):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("backup/wp-content/uploads/2019/05/stretch.jpg", photo_with_place())
        packed.writestr("../../../etc/passwd.jpg", b"x")

    take_over(with_pictures(), MediaZip(buffer))

    assert Picture.objects.count() == 1


def test_only_what_lies_in_the_folder_can_be_opened(uploads, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(photo_with_place())
    (uploads / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    media = MediaFolder(uploads)

    for path in (
        "../secret.jpg",
        "%2e%2e/secret.jpg",
        "link.jpg",
        "/secret.jpg",
        "2019/05/../../../secret.jpg",
    ):
        assert media.find(f"{SITE}/wp-content/uploads/{path}") is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/wp-content/uploads/2019/05/stretch-300x200.jpg", True),
        ("/wp-content/uploads/2019/05/stretch-scaled.jpg", True),
        ("/wp-content/uploads/2019/05/STRETCH.JPG", True),
        ("/wp-content/uploads/2018/03/stretch.jpg", False),  # another picture of the same name
        ("/wp-content/uploads/2019/05/stretc.jpg", False),
    ],
)
def test_which_file_an_address_means(uploads, address, found):
    assert bool(MediaFolder(uploads).find(SITE + address)) is found


def test_a_dry_run_knows_which_pictures_would_come(take_over, uploads):
    run = take_over(with_pictures(), MediaFolder(uploads), dry_run=True)

    assert reasons_of(run, 2, "media") == ("imported", [])
    assert not Picture.objects.exists()


def test_her_changes_here_stay(take_over):
    take_over(export(item(1, "Stairs", "Old words.")))
    article = Article.objects.get()
    article.body = "<p>Her words.</p>"
    render_article(article, NOW)

    run = take_over(export(item(1, "Stairs", "Newer words.")))

    assert Article.objects.get().body == "<p>Her words.</p>"
    assert reasons_of(run, 1) == ("unchanged", [Reason.CHANGED_HERE])


def test_what_changed_there_follows_and_the_old_words_are_kept(take_over):
    take_over(export(item(1, "Stairs", "Old words.", status="draft")))

    run = take_over(export(item(1, "Stairs", "Newer words.")))

    article = Article.objects.get()
    assert (article.body, article.status) == ("<p>Newer words.</p>", "published")
    assert "Newer words." in article.rendered
    assert list(Version.objects.order_by("pk").values_list("body", flat=True)) == [
        "<p>Old words.</p>",
        "<p>Newer words.</p>",
    ]
    assert reasons_of(run, 1)[0] == "updated"


def test_what_she_deleted_stays_away_until_she_wants_it_back(take_over):
    """A comment that was deleted alone never comes back: its writer may have asked for that."""
    file = export(item(1, comments=comment(5)), item(2, comments=comment(6)))
    take_over(file)
    Article.objects.get(slug="post-1").delete()
    Comment.objects.all().delete()

    run = take_over(file)
    assert [article.slug for article in Article.objects.all()] == ["post-2"]
    assert not Comment.objects.exists()
    assert reasons_of(run, 1) == ("skipped", [Reason.DELETED_HERE])
    assert reasons_of(run, 6, "comment") == ("skipped", [Reason.DELETED_HERE])

    take_over(file, bring_back=True)
    assert Article.objects.count() == 2
    assert [comment.article.slug for comment in Comment.objects.all()] == ["post-1"]


def test_two_blogs_with_the_same_numbers_do_not_meet(take_over):
    take_over(export(item(1, "Here")))

    take_over(export(item(1, "There", link="https://second.example/x/"), site="https://second.example"))

    assert {article.title for article in Article.objects.all()} == {"Here", "There"}


def test_one_post_the_database_refuses_does_not_take_the_others_along(take_over):
    """PostgreSQL's full text search takes a million characters of different words, and no more."""
    endless = " ".join(f"word{number}" for number in range(100_000))

    run = take_over(export(item(1), item(2, content=endless, comments=comment(20)), item(3)))

    assert run.status == "done"
    assert set(Article.objects.values_list("slug", flat=True)) == {"post-1", "post-3"}
    assert reasons_of(run, 2) == ("failed", [Reason.NOT_KEPT])
    assert reasons_of(run, 20, "comment") == ("skipped", [Reason.POST_LEFT_OUT])


class Killed(BaseException):
    """As by the power going out."""


def chain_of(post, count):
    """So many comments under a post, each answering the next in the file."""
    numbers = [post * 1_000 + number for number in range(count)]
    pairs = zip(numbers, [*numbers[1:], 0], strict=True)
    return "".join(comment(number, parent=parent) for number, parent in pairs)


def stops_once(is_reached):
    """A clock that ends the work when it is asked for the time after something has come in."""

    def clock():
        if is_reached():
            raise Killed
        return NOW

    return clock


@pytest.mark.parametrize(
    "is_reached",
    [
        lambda: ImportLine.objects.exists(),
        lambda: Article.objects.exists(),
        lambda: Comment.objects.exists(),
        lambda: Article.objects.filter(comment_count__gt=0).exists(),
    ],
    ids=["survey", "articles", "comments", "threads"],
)
def test_an_import_killed_half_way_goes_on_where_it_was(take_over, is_reached):
    posts, comments = 2 * ARTICLES_AT_ONCE, COMMENTS_AT_ONCE // (2 * ARTICLES_AT_ONCE) + 1
    file = export(*(item(number, comments=chain_of(number, comments)) for number in range(1, posts + 1)))
    with pytest.raises(Killed):
        take_over(file, clock=stops_once(is_reached))

    take_over(file)

    assert Article.objects.count() == posts
    assert Comment.objects.count() == posts * comments
    assert Comment.objects.exclude(parent=None).count() == posts * (comments - 1)
    assert set(Article.objects.values_list("comment_count", flat=True)) == {comments}


def test_every_run_keeps_its_own_report(take_over):
    first, second = take_over(export(item(1))), take_over(export(item(1), item(2)))

    assert [run.lines.count() for run in (first, second)] == [1, 2]
