"""What is left of hostile or foreign HTML in an article, whatever the editor let through."""

from pathlib import Path

import pytest

from blog.sanitizing import clean_article

CLIPBOARD = Path(__file__).parent / "clipboard"
FOREIGN = (
    "style",
    "class=",
    "mso",
    "o:p",
    "<!",
    "file:",
    "googleusercontent",
    "data:",
    "docs-internal",
    "meta",
)


@pytest.mark.parametrize("name", ["word", "google_docs"])
def test_of_a_clipboard_only_the_words_and_their_structure_stay(name):
    html = " ".join(clean_article((CLIPBOARD / f"{name}.html").read_text()).split())

    for words in ("The first days", "slowly", "Shoes that", "Breathe in", "hurts."):
        assert words in html
    assert "<h2>" in html
    assert '<a href="https://www.example.org/pelvic?a=1&amp;b=2" rel="noopener">' in html
    for trace in FOREIGN:
        assert trace not in html, trace
    assert "<img" not in html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<img src="data:image/png;base64,AA==" alt="A">', ""),
        ('<p>a<img src="file:///C:/1.png" alt="x > y">b</p>', "<p>ab</p>"),
        ('<figure class="figure"><img src="https://example.org/1.png" alt=""></figure><p>b</p>', "<p>b</p>"),
        ('<img src="/articles/pictures/a/8.webp" alt="A">', None),
        (
            "<figure><img src='//example.org/1.png'><figcaption>Said</figcaption></figure>",
            "<figure><figcaption>Said</figcaption></figure>",
        ),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ("<p onclick=alert(1)>x<script>alert(1)</script></p>", "<p>x</p>"),
    ],
)
def test_a_picture_of_nothing_is_none(html, left):
    assert clean_article(html) == (html if left is None else left)
