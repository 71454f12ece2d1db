"""What takes time grows with its size, not with the square of it: bodies made to hold up the site are done in seconds."""

import time

import pytest

from blog.importers.wordpress.bodies.paragraphs import MAX_FROM_BLOCKS, paragraphs
from blog.importers.wordpress.reporting.notes import Notes
from blog.sanitizing import MAX_NESTING, clean_article, comment_html, many_lines
from blog.services.rendering import with_anchors

BYTES = 600_000
SECONDS = 20  # of the processor; most take a tenth, and what grew with the square took minutes


def of_size(text):
    """The text again and again."""
    return text * (BYTES // len(text))


def rendered(html):
    """What a page shows of it."""
    return with_anchors(clean_article(html))


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (clean_article, of_size("<ul><li>")),
        (clean_article, of_size("<blockquote>")),
        (clean_article, of_size("<div>x")),
        (clean_article, of_size("<ul")),
        (clean_article, of_size("</ul>")),
        (rendered, of_size("<h2>a</h2>")),
        (rendered, of_size("<h3>")),
        (rendered, of_size("<h2>a</h3>")),
        (comment_html, of_size("[")),
        (comment_html, of_size("http://a.b/((")),
        (many_lines, of_size("\n \n")),
    ],
)
def test_it_is_done_in_seconds(work, text):
    began = time.process_time()

    work(text)

    assert time.process_time() - began < SECONDS


def test_boxes_in_boxes_keep_their_text_and_lose_their_boxes():
    html = clean_article("<blockquote>" * 500 + "deep" + "</blockquote>" * 500 + "<ul><li>after</li></ul>")

    assert html.count("<blockquote>") == MAX_NESTING
    assert "deep" in html
    assert html.endswith("<ul><li>after</li></ul>")


def test_equal_headings_get_anchors_of_their_own():
    html, contents = with_anchors("<h2>a</h2><h2>a</h2><h2>a-2</h2><h2>a</h2>")

    assert [anchor for anchor, _ in contents] == ["a", "a-2", "a-2-2", "a-3"]
    assert html.count("id=") == 4


def test_blocks_that_show_themselves_and_each_other_are_shown_once_on_each_way():
    def block(number):
        return f"<p>block {number}</p>" + "".join(f'<!-- wp:block {{"ref":{n}}} /-->' for n in range(200))

    began = time.process_time()
    html = paragraphs('<!-- wp:block {"ref":1} /-->', block, Notes())

    assert time.process_time() - began < SECONDS
    assert "<p>block 1</p>" in html
    assert "<p>block 2</p>" in html
    assert len(html) < MAX_FROM_BLOCKS
