"""Texts of posts and comments: what WordPress wrote in its own ways becomes clean HTML, or plain words."""

import pytest

from blog.importers.wordpress.bodies.article_body import article_body
from blog.importers.wordpress.bodies.comment_text import comment_text
from blog.importers.wordpress.reporting.notes import Notes
from blog.importers.wordpress.reporting.reasons import Reason

PICTURE = "/articles/pictures/" + "a" * 32 + "/800.webp"


class Known:
    """Knows one picture, one link and one reusable block."""

    def picture(self, address, alt):
        return PICTURE if "here" in address else None

    def link(self, address):
        return "/articles/stairs/" if "old.example.org/stairs" in address else None

    def gallery(self, attributes):
        return f'\n\n<figure><img src="here.jpg" alt="{attributes["ids"]}"></figure>\n\n'

    def block(self, number):
        return (
            '<!-- wp:paragraph --><p>Again.</p><!-- /wp:paragraph --><!-- wp:block {"ref":7} /-->'
            if number == 7
            else ""
        )


def converted(text):
    """The clean HTML without breaks between lines, and the reasons noted."""
    notes = Notes()
    return article_body(text, Known(), notes).replace("\n", ""), notes.reasons


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\nline", "<p>One<br>line</p>"),
        ("One<br />\nline", "<p>One<br>line</p>"),
        ("\r\n\r\nOne\r\n\r\n\r\nTwo", "<p>One</p><p>Two</p>"),
        ("AT&T 5 < 6 &copy; &amp; <b>so", "<p>AT&amp;T 5 &lt; 6 © &amp; <strong>so</strong></p>"),
        ("A\n<ul>\n<li>1</li>\n</ul>\nB", "<p>A</p><ul><li>1</li></ul><p>B</p>"),
        ("<blockquote>A\n\nB</blockquote>", "<blockquote><p>A</p><p>B</p></blockquote>"),
        ("<div>A</div><div>B</div>", "<p>A</p><p>B</p>"),
        ("<p>A<p>B", "<p>A</p><p>B</p>"),
        ("<h1>A</h1><h5>B</h5>", "<h2>A</h2><h4>B</h4>"),
        ("A<!--more-->B", "<p>A</p><p>B</p>"),
        ("<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->", "<p>A</p>"),
        ('<!-- wp:heading --><h2 class="x">A</h2><!-- /wp:heading -->', "<h2>A</h2>"),
        ("<dl><dt>A</dt><dd>B</dd></dl>", "<p>A</p><p>B</p>"),
        ("<p>&nbsp;</p><p>A</p><h2></h2>", "<p>A</p>"),
        ("", ""),
    ],
)
def test_paragraphs_as_wordpress_shows_them(text, html):
    assert converted(text) == (html, [])


def test_what_is_written_as_it_stands_stays():
    notes = Notes()

    assert article_body("<pre>a\n\n  b\nc</pre>", Known(), notes) == "<pre>a\n\n  b\nc</pre>"


@pytest.mark.parametrize(
    ("text", "html", "reasons"),
    [
        (
            '[caption width="3"]<a href="https://old.example.org/stairs"><img src="here.jpg" alt="A" /></a> So <em>wide</em>[/caption]',
            f'<figure><a href="/articles/stairs/" rel="noopener"><img src="{PICTURE}" alt="A"></a><figcaption>So <em>wide</em></figcaption></figure>',
            [],
        ),
        (
            '[caption caption="Old way"]<img src="here.jpg">[/caption]',
            f'<figure><img src="{PICTURE}" alt=""><figcaption>Old way</figcaption></figure>',
            [],
        ),
        ('[gallery ids="1,2"]', f'<figure><img src="{PICTURE}" alt="1,2"></figure>', []),
        (
            "[embed width=3]https://vimeo.com/1?a=1&amp;b=2[/embed]",
            '<p><a href="https://vimeo.com/1?a=1&amp;b=2" rel="noopener">https://vimeo.com/1?a=1&amp;b=2</a></p>',
            [Reason.EMBED_LINKED],
        ),
        (
            '[audio mp3="https://old.example.org/stairs"]',
            '<p><a href="/articles/stairs/" rel="noopener">https://old.example.org/stairs</a></p>',
            [Reason.EMBED_LINKED],
        ),
        ('A [contact-form-7 id="3" title="x"] B', "<p>A  B</p>", [Reason.SHORTCODE_DROPPED]),
        ("[vc_row][vc_column]A[/vc_column][/vc_row]", "<p>A</p>", [Reason.SHORTCODE_DROPPED]),
        ('[table id="3"]', '<p>[table id="3"]</p>', [Reason.SHORTCODE_LEFT]),
        ("She said [sic] so [1].", "<p>She said [sic] so [1].</p>", []),
        ("[[gallery]]", "<p>[gallery]</p>", []),
        ("[caption]never closed", "<p>never closed</p>", []),
        ("[/caption] alone", "<p>alone</p>", []),
    ],
)
def test_shortcodes(text, html, reasons):
    assert converted(text) == (html, reasons)


@pytest.mark.parametrize(
    ("text", "html", "reason"),
    [
        (
            "A\n\nhttps://youtu.be/x?a=1&b=2\n\nB",
            '<p>A</p><p><a href="https://youtu.be/x?a=1&amp;b=2" rel="noopener">https://youtu.be/x?a=1&amp;b=2</a></p><p>B</p>',
            Reason.EMBED_LINKED,
        ),
        (
            '<iframe src="//www.youtube.com/embed/abcdefgh?rel=0">no</iframe>',
            '<p><a href="https://www.youtube.com/watch?v=abcdefgh" rel="noopener">https://www.youtube.com/watch?v=abcdefgh</a></p>',
            Reason.EMBED_LINKED,
        ),
        (
            '<figure class="wp-block-embed"><div>\nhttps://vimeo.com/1\n</div></figure>',
            '<p><a href="https://vimeo.com/1" rel="noopener">https://vimeo.com/1</a></p>',
            Reason.EMBED_LINKED,
        ),
        (
            '<video controls><source src="https://a.example/b.mp4">Old browser</video>',
            '<p><a href="https://a.example/b.mp4" rel="noopener">https://a.example/b.mp4</a></p>',
            Reason.EMBED_LINKED,
        ),
        ('<p>A</p><img src="https://old.example.org/gone.jpg" alt="x">', "<p>A</p>", Reason.PICTURE_MISSING),
        (
            '<figure><img src="gone.jpg"><figcaption>Said</figcaption></figure>',
            "<p><em>Said</em></p>",
            Reason.PICTURE_MISSING,
        ),
        ('<a href="https://a.example"><img src="gone.jpg"></a>', "", Reason.PICTURE_MISSING),
        ("<!-- wp:latest-posts /-->A", "<p>A</p>", Reason.BLOCK_DROPPED),
        ('<!-- wp:block {"ref":9} /-->A', "<p>A</p>", Reason.BLOCK_DROPPED),
    ],
)
def test_what_cannot_come_along_is_told(text, html, reason):
    assert converted(text) == (html, [reason])


def test_a_reusable_block_is_put_in_even_if_it_holds_itself():
    html, reasons = converted('<!-- wp:block {"ref":7} /-->')

    assert html.startswith("<p>Again.</p>")
    assert html.count("Again") < 10
    assert reasons == [Reason.BLOCK_DROPPED]


def test_a_picture_is_found_behind_what_loads_it_late():
    html, _ = converted(
        '<img src="data:image/gif;base64,x" data-src="https://old.example.org/here.jpg" alt="A">'
    )

    assert html == f'<p><img src="{PICTURE}" alt="A"></p>'


@pytest.mark.parametrize(
    "code", ["[caption]" * 20_000, "[embed]" * 20_000, "[a b=1]" * 20_000, "[" * 100_000]
)
def test_a_hostile_text_takes_no_longer_than_it_is_long(code):
    assert len(converted(code)[0]) < 500_000


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Plain\nwords", "Plain\nwords"),
        ("<strong>So</strong> good<br>!", "So good\n!"),
        ("One<p>Two</p>Three", "One\n\nTwo\n\nThree"),
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
        ('<a href="https://a.example/b" rel="nofollow">this</a>', "this (https://a.example/b)"),
        ('<a href="https://a.example/b/">a.example/b</a>', "https://a.example/b/"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ('<a href="javascript:alert(1)">this</a>', "this"),
        ("<blockquote>Said</blockquote>True", "> Said\n\nTrue"),
        ("<ul><li>A</li><li>B</li></ul>", "- A\n- B"),
        ("<script>alert(1)</script><style>x</style>", ""),
        ("<img src=x onerror=alert(1)>Hi", "Hi"),
    ],
)
def test_comments_become_plain_words(html, words):
    assert comment_text(html) == words
