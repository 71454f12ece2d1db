"""Finding articles: stemmed, ranked, with an excerpt, forgiving of typing errors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.models import Article
from blog.sanitizing import highlight_excerpt

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(make_article):
    """Three articles."""
    make_article(
        title="The pelvic floor and leaking",
        summary="Squeeze and let go.",
        body="<p>Many women leak urine.</p>",
    )
    make_article(
        title="Breathing after birth",
        summary="A wide breath.",
        body='<p>The diaphragm rises &amp; "falls" &lt; 3.</p>',
    )
    make_article(
        title="Back pain",
        summary="Its companions.",
        body="<p>Back pain and leaks often go together, <b>breathing</b> too.</p>",
    )


def titles(text):
    """The titles found, best first."""
    return [article.title for article in Article.objects.found_for(text, NOW, 20)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("diaphragm", ["Breathing after birth"]),
        ("leaked", ["The pelvic floor and leaking", "Back pain"]),  # stemmed; the title weighs more
        ("breathe", ["Breathing after birth", "Back pain"]),
        ('"back pain"', ["Back pain"]),
        ("leaking -urine", ["Back pain"]),
        ("pelvik flor", ["The pelvic floor and leaking"]),
        ("breahting", ["Breathing after birth"]),
        ("diafragm", ["Breathing after birth"]),  # of the text, not of a title
        ("urin leekage", []),
        ("wommen urin", ["The pelvic floor and leaking"]),
        ("companoins", ["Back pain"]),
        ("zebra", []),
        ("", []),
        ("'; DROP TABLE blog_article; --", []),
        ("& | ! ( ) :* <->", []),
        ("x" * 5000, []),
    ],
)
def test_what_is_found(shelf, text, expected):
    assert titles(text) == expected


def test_drafts_are_not_found(make_article):
    make_article(title="Secret diaphragm", status=Article.Status.DRAFT)

    assert titles("diaphragm") == []


def test_the_excerpt_shows_what_was_found_and_nothing_runs(shelf):
    article = Article.objects.matching("diaphragm").get()

    assert (
        highlight_excerpt(article.excerpt, article.words)
        == "The <mark>diaphragm</mark> rises &amp; &quot;falls&quot; &lt; 3."
    )


def test_a_slip_shows_the_word_it_stands_for_and_says_so(client, shelf):
    page = client.get(reverse("search"), {"q": "diafragm"})

    assert "<mark>diaphragm</mark>" in page.text
    assert "No article says exactly “diafragm.”" in page.text
    assert "No article says" not in client.get(reverse("search"), {"q": "diaphragm"}).text


LONG = "<p>" + "The ribs are at rest here, and nothing else is said of them. " * 60 + "</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("diaphragm", "<mark>diaphragm</mark> falls"),  # deep in a long text
        ("ribs diaphragm", "<mark>ribs</mark> with the <mark>diaphragm</mark>"),  # both, not the first of one
        ('"diaphragm falls"', "<mark>diaphragm</mark> <mark>falls</mark>"),
        ("ribs", "The <mark>ribs</mark> are"),
        ("apart ribs", "The <mark>ribs</mark> are"),  # never near each other
        ("leaking", "The ribs are at rest"),  # only in the title
    ],
)
def test_the_excerpt_is_of_where_the_words_are(make_article, text, shown):
    end = "<p>Nothing here, nor there, nor anywhere.</p>" * 40 + "<p>Apart.</p>"
    body = LONG + "<p>See its ribs with the diaphragm.</p><p>The diaphragm falls.</p>" + end
    make_article(title="Leaking", summary="", body=body)

    [article] = Article.objects.found_for(text, NOW, 20)

    assert shown in highlight_excerpt(article.excerpt, article.words)


@pytest.mark.parametrize(
    "body",
    [
        "Breathe in, and out.",
        "“Breathe in” – and ‘out’…",
        "“Breathe in” ⇒ and ‘out’ ✓",
        "Breathe\u00ad in, naïve, and out.",
    ],
)
@pytest.mark.parametrize("text", ["breathe", "breathe or ribs", '"breathe in"'])
def test_marks_stand_in_an_excerpt_as_in_the_text(make_article, body, text):
    make_article(title="Air", summary="", body=f"<p>{body}</p>")

    [article] = Article.objects.found_for(text, NOW, 20)
    excerpt = highlight_excerpt(article.excerpt, article.words)

    assert "<mark>" in excerpt
    assert excerpt.replace("<mark>", "").replace("</mark>", "") == body.replace("\u00ad", "")


@pytest.mark.parametrize(
    "text", ["ribs", "leak ribs", "kegel", "kegel or ribs", '"the ribs"', "-ribs", "it's"]
)
def test_what_is_prepared_finds_the_same(shelf, make_article, text):
    make_article(title="Kegel", body="<p>It’s about the ribs.</p>")
    public = Article.objects.published(NOW)

    found = Article.objects.found_for(text, NOW, 20)

    expected = list(public.matching(text)) or list(public.close_to(text))
    assert [(one.pk, one.exact, one.rank, one.excerpt) for one in found] == [
        (one.pk, one.exact, one.rank, one.excerpt) for one in expected
    ]


def test_an_excerpt_tells_where_the_words_go_on():
    assert highlight_excerpt("two \x02three\x03", "one two three four") == "… two <mark>three</mark> …"
    assert highlight_excerpt("one \x02two\x03", "one two") == "one <mark>two</mark>"


@pytest.mark.parametrize(("text", "count"), [("leak", 1), ("diafragm", 2)])
def test_a_search_asks_as_often_with_any_number_of_articles(shelf, make_article, text, count):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            titles(text)
        counts.append(len(queries))
        for _ in range(5):
            make_article(body="<p>leak, diaphragm</p>")

    assert counts == [count, count]


def test_changed_words_are_found_at_once(make_article):
    article = make_article(body="<p>old</p>")
    article.title = "Something about zebras"
    article.save()

    assert titles("zebra") == ["Something about zebras"]


TYPOGRAPHY = "<p>A “wide” breath—deep&nbsp;down… helps a mother’s na\u00efve caf\u00e9‑goer’s cre\u0300me br\u00fbl\u00e9e, Stra\u00dfe; «cœur» ﬁnds (½) co\u00adop.</p>"


@pytest.mark.parametrize(
    "text",
    [
        *("wide", "“wide”", "breath", "deep", "help", "mother", "mothers", "mother's", "mother’s"),
        *(
            "naive",
            "na\u00efve",
            "nai\u0308ve",
            "NA\u00cfVE",
            "cafe",
            "caf\u00e9",
            "cafe\u0301",
            "café-goer",
            "cafe‑goer",
            "goer",
        ),
        *(
            "creme brulee",
            "cr\u00e8me br\u00fbl\u00e9e",
            "strasse",
            "stra\u00dfe",
            "coeur",
            "cœur",
            "coop",
            "co\u00adop",
        ),
        *(
            "“wide breath”",
            '"deep down"',
            "deep\u00a0down",
            "deep\u2003down",
            "breath—deep",
            "breath – deep",
            "wide…",
            "¿wide?",
        ),
    ],
)
def test_marks_and_accents_make_no_difference(make_article, text):
    make_article(title="Other", summary="", body=TYPOGRAPHY)

    [article] = Article.objects.published(NOW).matching(text)

    assert article.exact
    shown = highlight_excerpt(article.excerpt, article.words)
    assert "<mark>" in shown
    assert "\x1f" not in shown


def test_the_excerpt_shows_the_words_as_they_were_written(make_article):
    article = make_article(title="Other", summary="", body=TYPOGRAPHY)

    def shown(text):
        found_article = Article.objects.published(NOW).matching(text).get()
        return highlight_excerpt(found_article.excerpt, article.words)

    assert "<mark>wide</mark>” <mark>breath</mark>—deep down… helps" in shown("wide breath")
    assert "a <mark>mother</mark>’s <mark>naïve</mark> café" in shown("mother's naive")
    assert "<mark>crème</mark> brûlée" in shown("creme")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("naivve", "naïve"),
        ("na\u00efvve", "naïve"),
        ("breeath", "breath"),
        ("“breeath”", "breath"),
        ("bruleé’s", "brûlée"),
    ],
)
def test_a_hint_knows_words_behind_marks_and_accents(make_article, text, word):
    make_article(title="Other", summary="", body=TYPOGRAPHY)

    [article] = Article.objects.found_for(text, NOW, 20)

    assert f"<mark>{word}</mark>" in highlight_excerpt(article.excerpt, article.words)


def test_a_title_that_looks_alike_is_found_whatever_its_accents(make_article):
    make_article(title="“Na\u00efvet\u00e9”—explained", summary="", body="<p>x</p>")

    assert titles("naivetee explainned") == ["“Naïveté”—explained"]


def test_pages_are_found_whatever_the_marks(client):
    assert "The exercise library" in client.get(reverse("search"), {"q": "“éxercises”"}).text
