"""Posts as real blogs have them: what is in their fields arrives, and what cannot is named in the report."""

import re
from html import unescape

import pytest

from bench.wxr import SITE, attachment, author, category, comment, export, item
from blog.importers.wordpress.rows.media import MediaFolder
from blog.models import Article, Comment, ImportedFile, ImportLine

from .test_articles import photo_with_place

pytestmark = pytest.mark.django_db
UPLOADS = f"{SITE}/wp-content/uploads/2020/01"
IMG = re.compile(r'<img src="/articles/pictures/[0-9a-f]{32}/\d+\.webp" alt="([^"]*)">')
FOOTNOTES = '[{"content":"Miller 2019, <a href=\\"https://a.example/m\\">Journal of Rest</a>.","id":"aa-1"},{"content":"Never marked.","id":"bb"}]'
MARK = '<sup data-fn="aa-1" class="fn"><a href="#aa-1" id="aa-1-link">1</a></sup>'
OUR_MARK = '<sup><a href="#source-1" rel="noopener">1</a></sup>'


@pytest.fixture
def media(tmp_path):
    """Two pictures that came along."""
    folder = tmp_path / "uploads" / "2020" / "01"
    folder.mkdir(parents=True)
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(photo_with_place())
    return MediaFolder(tmp_path / "uploads")


def arrived(body):
    """A body with its pictures as [alt], without breaks between lines."""
    return IMG.sub(r"[\1]", body).replace("\n", "").replace(' rel="noopener"', "")


# name: (what the post says, what the article says, what the report names)
TEXTS = {
    "code": (
        'Try:\n\n[code language="html"]\nif (a < b && c) {\n\n  x = "<b>";\n}\n[/code]\n\nDone [code]x &lt; y[/code].',
        '<p>Try:</p><pre><code>if (a &lt; b &amp;&amp; c) {  x = "&lt;b&gt;";}</code></pre><p>Done <code>x &lt; y</code>.</p>',
        "",
    ),
    "no link": (
        '<a class="wp-block-button__link">Not yet</a> <a href="">nothing</a> <a href="#">top</a> <a href="javascript:x">run</a>',
        "<p>Not yet nothing top run</p>",
        "",
    ),
    "brackets that are shown": (
        '<pre>[gallery ids="9"]\n[caption]x[/caption] a[button]</pre>\n\n<code>[audio src="x"]</code> <a href="/x?a[toc]=1">l</a> <!-- wp:x {"a":["b"]} -->',
        '<pre>[gallery ids="9"][caption]x[/caption] a[button]</pre><p><code>[audio src="x"]</code> <a href="/x?a[toc]=1">l</a></p>',
        "/x?a[toc]=1",
    ),
    "link in a button": (
        '[button link="https://example.org/book"]Book now[/button] [su_button url="https://example.org/a" title="Ask"/]',
        '<p><a href="https://example.org/book">Book now</a> <a href="https://example.org/a">Ask</a></p>',
        "[button]",
    ),
    "link of a page builder": (
        '[vc_btn title="Book" link="url:https%3A%2F%2Fexample.org%2Fbook|title:Book%20now|target:_blank"]',
        '<p><a href="https://example.org/book">Book</a></p>',
        "title:Book%20now",
    ),
    "titles": (
        '[vc_toggle title="How long?"]Ten minutes.[/vc_toggle]\n\n[et_pb_blurb title="Rest" content="Now." admin_label="Blurb here"][/et_pb_blurb]',
        "<p><strong>How long?</strong></p><p>Ten minutes.</p><p><strong>Rest</strong></p><p>Now.</p>",
        '[et_pb_blurb admin_label="Blurb here"]',
    ),
    "pictures of page builders": (
        f'[et_pb_image src="{UPLOADS}/a.jpg" alt="A" /]\n\n[vc_single_image image="11"] [fusion_imageframe]{UPLOADS}/b.jpg[/fusion_imageframe]',
        "<p>[A]</p><figure>[pic]<figcaption>So wide</figcaption></figure><p>[]</p>",
        "[et_pb_image]",
    ),
    "a film of a page builder": (
        '[et_pb_video src="https://www.youtube.com/watch?v=abcdefgh"][/et_pb_video]',
        '<p><a href="https://www.youtube.com/watch?v=abcdefgh">https://www.youtube.com/watch?v=abcdefgh</a></p>',
        "[et_pb_video]",
    ),
    "a form": (
        'A [contact-form to="x"][contact-field label="Your name" type="name" /][/contact-form] B',
        "<p>A  B</p>",
        '[contact-field label="Your name" type="name"]',
    ),
    "line breaks": (
        "<p>One\nTwo</p>\n<ul>\n<li>Lie down,\nbend knees</li>\n<li>First\n\nSecond</li>\n</ul>\n"
        "<table><tr><td>Street 1\nTown</td></tr></table>\n<address>Practice\nStreet 1</address>\n<div>In a\ndiv</div>",
        "<p>One<br>Two</p><ul><li>Lie down,<br>bend knees</li><li>First<br><br>Second</li></ul>"
        "<table><tbody><tr><td>Street 1<br>Town</td></tr></tbody></table><p>Practice<br>Street 1</p><p>In a<br>div</p>",
        "",
    ),
    "no line breaks in blocks": (
        "<!-- wp:list --><ul><!-- wp:list-item --><li>Lie\ndown</li><!-- /wp:list-item --></ul><!-- /wp:list -->"
        "<!-- wp:freeform --><p>One\nTwo</p><!-- /wp:freeform --><p>Three\nFour</p>",
        "<ul><li>Liedown</li></ul><p>One<br>Two</p><p>Three<br>Four</p>",
        "",
    ),
    "anchors": (
        f'<a href="#second">Go</a>\n\n<h2 id="first">First</h2>\nText.\n\n<h2 id="second">Then</h2>\nText.\n\n<a name="third"></a>Third. '
        f'<a href="#third">to third</a> <a href="{SITE}/2019/05/post-1/#second">whole</a> <span id="4 th">4</span> <a href="#4%20th">4</a> '
        f'<a href="#comments">c</a><p id="comments">x</p><p id="unused">y</p>',
        '<p><a href="#second">Go</a></p><h2 id="first">First</h2><p>Text.</p><h2 id="second">Then</h2><p>Text.</p>'
        '<p><a id="third"></a>Third. <a href="#third">to third</a> <a href="/articles/post-1/#second">whole</a> <a id="4-th"></a>4 '
        '<a href="#4-th">4</a> <a href="#part-comments">c</a></p><p><a id="part-comments"></a>x</p><p>y</p>',
        "",
    ),
    "picture sets": (
        f'<img srcset="{UPLOADS}/b.jpg 300w, {UPLOADS}/a.jpg 1024w" alt="Set"><img data-srcset="{UPLOADS}/a.jpg 2x" src="data:image/gif;base64,R0" alt="Late">',
        "<p>[Set][Late]</p>",
        "",
    ),
    "covers whose picture stands in their attributes only": (
        f'<!-- wp:cover {{"url":"{UPLOADS}/a-1024x683.jpg"}} --><div class="wp-block-cover">'
        '<div class="wp-block-cover__inner-container"><!-- wp:paragraph --><p>Over it</p><!-- /wp:paragraph --></div>'
        f'</div><!-- /wp:cover --><!-- wp:cover {{"url":"{UPLOADS}/b.jpg"}} --><div class="wp-block-cover">'
        f'<img src="{UPLOADS}/b-300x200.jpg" alt="B"><p>Once</p></div><!-- /wp:cover -->'
        f'<!-- wp:cover {{"url":"{UPLOADS}/gone.jpg"}} --><p>Words</p><!-- /wp:cover -->'
        f'<!-- wp:cover {{"url":"{UPLOADS}/film.mp4"}} --><p>Film</p><!-- /wp:cover -->',
        "<figure>[]</figure><p>Over it</p><p>[B]</p><p>Once</p><p>Words</p>"
        f'<p><a href="{UPLOADS}/film.mp4">{UPLOADS}/film.mp4</a></p><p>Film</p>',
        "gone.jpg",
    ),
    "covers": (
        f'<!-- wp:cover {{"url":"{UPLOADS}/a.jpg"}} --><div class="wp-block-cover" style="background-image:url({UPLOADS}/a.jpg)"><p>Over it</p></div><!-- /wp:cover -->',
        "<figure>[]</figure><p>Over it</p>",
        "",
    ),
    "captions": (
        f'<div class="wp-caption"><img src="{UPLOADS}/a.jpg" alt="A"><p class="wp-caption-text">Said\nbelow</p></div>'
        "<table><caption>About</caption><tr><td>1</td></tr></table>",
        "<p>[A]</p><p>Said<br>below</p><p>About</p><table><tbody><tr><td>1</td></tr></tbody></table>",
        "",
    ),
    "a gallery with some missing": (
        '[gallery ids="11,99" exclude="5"]\n\nAfter.',
        "<figure>[pic]<figcaption>So wide</figcaption></figure><p>After.</p>",
        "99",
    ),
    "a missing picture": (
        f'<p>A <img src="{UPLOADS}/gone.jpg" alt="A knee"></p>',
        "<p>A </p>",
        f"{UPLOADS}/gone.jpg “A knee”",
    ),
    "a file": (
        f'<a href="{UPLOADS}/sheet.pdf">Sheet</a>',
        f'<p><a href="{UPLOADS}/sheet.pdf">Sheet</a></p>',
        f"{UPLOADS}/sheet.pdf",
    ),
    "copied pictures": (
        '<a href="https://i0.wp.com/old.example.org/wp-content/uploads/2020/01/a.jpg?ssl=1"><img src="https://i2.wp.com/old.example.org/wp-content/uploads/2020/01/a.jpg?resize=3%2C2" alt=""></a>',
        '<p><a href="{a}">[]</a></p>',
        "",
    ),
    "a block that is only attributes": (
        '<!-- wp:acf/hero {"data":{"title":"Hidden words"}} /-->A',
        "<p>A</p>",
        "Hidden words",
    ),
    "footnotes in a plugin's brackets": (
        "Seen[efn_note]Miller 2019.[/efn_note] [footnote].",
        f"<p>Seen{OUR_MARK} [footnote].</p>".replace(' rel="noopener"', ""),
        "",
    ),
}


def one_post(text, **more):
    """An export of one post with a picture of the media library."""
    return export(
        author(),
        attachment(11, "2020/01/a.jpg", title="pic", excerpt="So wide", content="All of it"),
        item(1, "One", text, **more),
    )


def report_of(run):
    """All that the report names."""
    return "\n".join(f"{line.label}\n{line.detail}" for line in run.lines.all())


@pytest.mark.parametrize("name", TEXTS)
def test_texts_arrive(take_over, media, name):
    text, expected, told = TEXTS[name]

    run = take_over(one_post(text), media)

    article = Article.objects.get()
    link = re.search(r'href="(/articles/pictures/\w+/\d+\.webp)"', article.body)
    expected = expected.replace("{a}", link[1] if link else "")
    assert arrived(article.body) == expected
    assert told in report_of(run)


@pytest.mark.parametrize("name", [*TEXTS, "footnotes"])
def test_no_word_is_lost_without_a_line(take_over, media, name):
    """The words of the source, markup aside, are those that arrived and those that the report names."""
    text, meta = (TEXTS[name][0], {}) if name in TEXTS else (f"Seen{MARK}.", {"footnotes": FOOTNOTES})

    run = take_over(
        one_post(text, comments=comment(5, "Thank <b>you</b>"), excerpt="In short", meta=meta), media
    )

    article, said = Article.objects.get(), Comment.objects.get()
    sources = [f"{source.text} {source.url}" for source in article.sources.all()]
    here = [article.title, article.summary, article.body, *sources, said.name, said.body, report_of(run)]
    footnotes = re.sub(r'\\"|"content"|"id":"[\w-]+"', " ", meta.get("footnotes", ""))
    source = [text, footnotes, "One In short Thank you Nora pic So wide All of it"]
    assert words("\n".join(source)) - words("\n".join(here), tags=True) == set()


def words(text, *, tags=False):
    """The words of a text: without its tags, and of shortcodes only the words between quotation marks."""
    if not tags:
        text = re.sub(
            r"\[(/?[\w-]+)((?:\s[^\[\]]*)?)\]",
            lambda code: " " + " ".join(re.findall(r'"([^"]*)"', code[2])) + " ",
            text,
        )
        text = re.sub(r"<!--\s*/?wp:\S*|<(?!!--)[^>]*>|-->", " ", text)
    return set(re.findall(r"[^\W\d_]{2,}", unescape(text))) - {
        "language",
        "html",
        "gallery",
        "ids",
        "wp",
        "url",
        "http",
        "https",
        "www",
        "data",
        "title",
    }


def test_footnotes_become_sources(take_over):
    run = take_over(
        one_post(f"Seen{MARK}. Again{MARK}.\n\n<!-- wp:footnotes /-->", meta={"footnotes": FOOTNOTES})
    )

    article = Article.objects.get()
    assert article.body == f"<p>Seen{OUR_MARK}. Again{OUR_MARK}.</p>"
    assert list(article.sources.values_list("text", "url")) == [
        ("Miller 2019, Journal of Rest.", "https://a.example/m"),
        ("Never marked.", ""),
    ]
    assert 'id="source-1"' in article.rendered
    assert run.lines.get(kind="post").reasons == []

    changed = take_over(one_post(f"Seen{MARK}.", meta={"footnotes": FOOTNOTES.replace("2019", "2020")}))
    assert changed.lines.get(kind="post").outcome == "updated"
    assert article.sources.first().text == "Miller 2020, Journal of Rest."


def test_footnotes_in_the_attributes_of_their_block(take_over):
    take_over(
        one_post(
            f'Seen{MARK}.\n\n<!-- wp:footnotes {{"footnotes":{FOOTNOTES.replace("<", chr(92) + "u003c").replace(">", chr(92) + "u003e")}}} /-->'
        )
    )

    assert Article.objects.get().sources.count() == 2


def test_a_heading_keeps_its_anchor_and_the_others_get_theirs(take_over):
    take_over(one_post('<h2 id="why">Why</h2><h2>Why</h2><h2>How</h2><a href="#how">x</a><p id="how">y</p>'))

    finished = Article.objects.get().rendered
    assert re.findall(r'<h2 id="([^"]+)"', finished) == ["why", "why-2", "how-2"]
    assert '<a href="#why">Why</a>' in finished


@pytest.mark.parametrize("login", ["ann@example.net", "Ann <ann@example.net>"])
def test_an_address_is_never_a_public_name(take_over, login):
    said = comment(5, author="nora@example.net")
    take_over(
        export(author("other", name=login), item(1, creator="other", comments=said), item(2, creator=login))
    )

    names = {article.author.pen_name for article in Article.objects.all()}
    assert not [name for name in names if "@" in name]
    assert Comment.objects.get().name == "nora"


@pytest.mark.parametrize("password", ["secret", "\n secret \n"])
def test_a_password_makes_a_draft(take_over, password):
    take_over(one_post("Words.", post_password=password))

    assert Article.objects.get().status == "draft"


def test_values_on_lines_of_their_own(take_over):
    content = re.sub(
        rb"(<!\[CDATA\[)(.*?)(\]\]>)",
        rb"\n    <![CDATA[\n      \2\n    ]]>\n  ",
        export(author(), category("hips"), item(1, comments=comment(5), terms=[("category", "hips")])),
        flags=re.DOTALL,
    )

    take_over(content)

    article = Article.objects.get()
    assert (article.slug, article.status, article.topic.slug) == ("post-1", "published", "hips")
    assert (Comment.objects.get().status, article.author.pen_name) == ("approved", "Elena Marsh")


HOSTS = [
    ("https://mütter.example", "https://xn--mtter-kva.example"),
    ("https://old.wordpress.com", "https://old.wordpress.com"),
]


@pytest.mark.parametrize(("host", "other"), HOSTS)
def test_international_names_are_one_host(take_over, host, other):
    text = f'<a href="{other}/post-1/">ascii</a> <a href="{host}/post-1/">as written</a> <a href="{other}/gone/">gone</a>'
    posts = [item(1, link=f"{other}/post-1/"), item(2, content=text, link=f"{host}/post-2/")]

    run = take_over(export(author(), *posts, site=host))

    body = Article.objects.get(slug="post-2").body
    assert body.count('href="/articles/post-1/"') == 2
    assert f"{other}/gone/" in run.lines.get(wp_id=2).detail
    take_over(export(author(), *posts, site=other))
    assert Article.objects.count() == 2


def test_files_of_wordpress_com(take_over, media):
    files = "https://old.files.wordpress.com/2020/01"
    text = f'<a href="{files}/a.jpg"><img src="{files}/a.jpg?w=300" alt="A"></a> <a href="{files}/sheet.pdf">Sheet</a>'

    run = take_over(export(author(), item(1, content=text), site="https://old.wordpress.com"), media)

    body = Article.objects.get().body
    picture = re.search(r'src="([^"]+)"', body)[1]
    assert f'<a href="{picture}"' in body
    assert run.lines.get(kind="post").detail == f"{files}/sheet.pdf"


POST = item(2, "Split", 'Before.\n\n[gallery ids="11,12"]\n\nAfter.\n\n[gallery]', meta={"_thumbnail_id": 11})
FILES = [attachment(11, "2020/01/a.jpg", 2, title="A"), attachment(12, "2020/01/b.jpg", 2, title="B")]
WHOLE = "<p>Before.</p><figure>[A]</figure><figure>[B]</figure><p>After.</p><figure>[A]</figure><figure>[B]</figure>"


@pytest.mark.parametrize("order", [["files", "post"], ["post", "files"], ["both"], ["post", "one", "other"]])
def test_files_may_come_in_an_export_of_their_own(take_over, media, order):
    exports = {
        "files": export(*FILES),
        "post": export(POST),
        "both": export(POST, *FILES),
        "one": export(FILES[0]),
        "other": export(FILES[1]),
    }

    runs = [take_over(exports[name], media) for name in order]

    article = Article.objects.get()
    assert arrived(article.body) == WHOLE
    assert article.cover is not None
    if order[0] == "post":
        assert "files_missing" in runs[0].lines.get(wp_id=2).reasons
        assert "completed" in runs[-1].lines.get(wp_id=2).reasons
    before = (article.body, article.words_changed_at)
    for name in order:
        again = take_over(exports[name], media)
        assert not again.lines.filter(outcome__in=["imported", "updated"]).exclude(kind="media").exists()
    article.refresh_from_db()
    assert (article.body, article.words_changed_at) == before


def test_what_was_changed_here_is_not_completed(take_over, media):
    take_over(export(POST), media)
    Article.objects.update(title="Mine")

    run = take_over(export(*FILES), media)

    assert "<img" not in Article.objects.get().body
    assert "changed_here" in run.lines.get(wp_id=2).reasons


def test_a_look_at_the_files_alone_changes_nothing(take_over, media):
    take_over(export(POST), media)

    run = take_over(export(*FILES), media, dry_run=True)

    assert run.lines.get(wp_id=2).outcome == ImportLine.Outcome.UPDATED
    assert "<img" not in Article.objects.get().body
    assert not ImportedFile.objects.exists()
