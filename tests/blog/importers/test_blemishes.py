"""One blemish never refuses a file: whatever its XML is like, what is in it comes over, and the rest is told."""

from io import BytesIO

import pytest

from bench.wxr import author, category, comment, export, item
from blog.importers.wordpress.reading.reader import Reader
from blog.models import Article, Comment

FILE = export(
    author(),
    category("hips"),
    item(1, "Rest", "Words.", comment(5, "So true"), terms=[("category", "hips")]),
    item(2, "Move", "More words."),
).decode()
EMOJI = "\N{GRINNING FACE}"


def read(content):
    """The reader, the titles and the texts of the posts."""
    reader = Reader(BytesIO(content if isinstance(content, bytes) else content.encode()))
    posts = [record for record in reader if record.tag == "item"]
    return reader, [(post.fields["title"], post.fields["content:encoded"]) for post in posts]


def changed(old, new, count=-1):
    """The file with one blemish; fails if it has none."""
    assert old in FILE
    return FILE.replace(old, new, count)


SOUND = [("Rest", "Words."), ("Move", "More words.")]


@pytest.mark.parametrize(
    "content",
    [
        changed('"http://', '"https://'),
        changed('export/1.2/"', 'export/1.2"'),
        changed(' xmlns:wp="http://wordpress.org/export/1.2/"', ""),
        changed("<rss", "<rss media:x='1'").replace("<item>", "<media:thing>x</media:thing><item>"),
        changed("wp:", "ns0:").replace("xmlns:wp", "xmlns:ns0"),
        changed("<?xml", "\n\n  <?xml"),
        changed("<?xml", "\ufeff\n<?xml"),
        changed('<?xml version="1.0" encoding="UTF-8" ?>', ""),
        changed("<!-- This", "<!-- <rss> -- This"),
        changed("<rss", "<!DOCTYPE rss><rss"),
        changed("Words.]]></content:encoded>", "Words.</content:encoded>"),
        changed("So true]]></wp:comment_content>", "So true</wp:comment_content>"),
        changed("]]></", "</"),
        changed("</wp:post_parent>", ""),
        changed("</item>", "", 1),
        changed("</wp:comment>", "", 1),
        changed("<item>", "</item><item>", 1),
        changed("<pubDate></pubDate>", "<pubDate/>"),
        changed("<title><![CDATA[Rest]]></title>", "<title>Rest</title>"),
        changed("<title><![CDATA[Rest]]></title>", "<title\n>\n  <![CDATA[Rest]]>\n </title >"),
        changed("<![CDATA[Words.]]>", "<![CDATA[Wor]]><![CDATA[ds.]]>"),
        changed("<![CDATA[Words.]]>", "Words."),
        changed('nicename="hips"', 'nicename="hi"ps"'),
        changed("</rss>", "</rss>" + "\0" * 50),
        *(FILE.encode(encoding) for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig")),
        changed("UTF-8", "UTF-16"),
        changed("UTF-8", "no such thing"),
        changed("UTF-8", "rot13"),
    ],
)
def test_what_is_badly_made_is_read_as_it_was_meant(content):
    reader, posts = read(content)

    assert posts == SOUND
    assert reader.channel["wp:wxr_version"] == "1.2"
    assert reader.blemishes == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Rest & move", "Rest & move"),
        ("Rest &mdash; move", "Rest — move"),
        ("Rest &nosuch; move &copy=2", "Rest &nosuch; move &copy=2"),
        ("Rest &amp;mdash; move", "Rest &mdash; move"),
        ("A &#55357;&#56832; B &#xD83D;&#xDE00;", f"A {EMOJI} B {EMOJI}"),
        ("A &#55357; B", "A \ufffd B"),
        ("A&#0;&#11;&#x1F; B &#150; &#99999999;", "A\ufffd B – \ufffd"),
        ("1 < 2 <3 a<b", "1 < 2 <3 a<b"),
        ("Rest <em>now</em><br>", "Rest <em>now</em><br>"),
        ("Rest ]]> move", "Rest ]]> move"),
        ("<![CDATA[Array[a[0]]> end]]>", "Array[a[0]]> end"),
        ("<![CDATA[a ]]> b ]]> c]]>", "a ]]> b ]]> c"),
        ("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
        ("<![CDATA[A]]> and more", "A and more"),
        ("<![CDATA[A </title> B]]>", "A </title> B"),
        ("<![CDATA[<![CDATA[a]]]]><![CDATA[>]]>", "<![CDATA[a]]>"),
        (
            "<![CDATA[As in <title><![CDATA[a]]]]><![CDATA[></title><link><![CDATA[b]]]]><![CDATA[></link>]]>",
            "As in <title><![CDATA[a]]></title><link><![CDATA[b]]></link>",
        ),
        ("<![CDATA[&amp; &mdash; &]]>", "&amp; &mdash; &"),
        ("<![CDATA[<wp:status>x</wp:status></item>]]>", "<wp:status>x</wp:status></item>"),
    ],
)
def test_texts_are_what_was_meant(written, meant):
    _, posts = read(changed("<![CDATA[Rest]]>", written))

    assert posts == [(meant, "Words."), SOUND[1]]


@pytest.mark.parametrize("length", [10, 300, 3_000, 300_000])
def test_an_unclosed_text_does_not_cost_the_next_field_however_long_it_is(length):
    long = "word " * length
    content = FILE.replace("<![CDATA[Words.]]>", f"<![CDATA[{long}") + " " * 5_000

    assert read(content)[1] == [("Rest", long), SOUND[1]]


@pytest.mark.parametrize(
    ("declared", "encoding", "words"),
    [
        ("UTF-8", "cp1252", "Rückbildung – “ja”"),
        ("ISO-8859-1", "utf-8", "Rückbildung – “ja”"),
        ("ISO-8859-1", "cp1252", "Rückbildung – “ja”"),
        ("windows-1251", "cp1251", "Рёбра и покой"),
        ("windows-1251", "utf-8", "Рёбра и покой"),
        ("Shift_JIS", "shift_jis", "休む"),
        ("UTF-8", "utf-16-le", "Rückbildung"),
        ("UTF-16", "utf-8", "Rückbildung"),
    ],
)
def test_bytes_say_more_than_the_declaration(declared, encoding, words):
    content = changed("Rest", words).replace("UTF-8", declared).encode(encoding)

    assert read(content)[1] == [(words, "Words."), SOUND[1]]


def test_a_few_bytes_of_another_encoding_are_understood():
    content = changed("Rest", "Ä$ $").encode().replace(b"$", "é".encode("cp1252"), 1)
    content = content.replace(b"$", EMOJI.encode("utf-16-be").decode("utf-16-be").encode())
    pair = "".join(map(chr, (0xD83D, 0xDE00))).encode("utf-8", "surrogatepass")

    assert read(content)[1][0][0] == f"Äé {EMOJI}"
    assert read(changed("Rest", "$").encode().replace(b"$", pair))[1][0][0] == EMOJI


@pytest.mark.parametrize(
    ("content", "blemish"),
    [
        (
            changed("<?xml", "<br />\n<b>Notice</b>: odd &amp; old in <b>x.php</b><br />\n<?xml"),
            ("stray_before", "Notice : odd & old in x.php"),
        ),
        (
            changed("<item>", "<br>\n<b>Notice</b>: odd in x.php<br>\n<item>", 1),
            ("stray_between", "Notice : odd in x.php"),
        ),
        (changed("</rss>", "</rss><!-- 1.2 s -->Made in 1.2 s"), ("stray_after", "Made in 1.2 s")),
        (FILE + "</rss> rest" * 100_000, ("stray_after", ("rest " * 400).strip())),
    ],
)
def test_words_that_are_no_part_of_it_are_told(content, blemish):
    reader, posts = read(content)

    assert posts == SOUND
    [(reason, detail)] = reader.blemishes
    assert (reason, detail.strip()) == blemish


def test_two_exports_in_one_file_are_both_read():
    _, posts = read(FILE + export(item(3, "Then", "Last words.")).decode())

    assert posts == [*SOUND, ("Then", "Last words.")]


@pytest.mark.django_db
def test_what_is_whole_of_a_cut_file_comes_over(take_over):
    content = FILE.encode()
    content = content[: content.rindex(b"<wp:post_password>")]

    run = take_over(content)

    assert run.status == "done"
    assert Article.objects.get().title == "Rest"
    assert Comment.objects.count() == 1
    cut = run.lines.filter(reasons__contains=["cut_off"]).values_list("kind", "outcome", "label", "detail")
    assert set(cut) == {
        ("post", "skipped", "Move", ""),
        ("export", "skipped", "export.xml", f"byte {len(content)}"),
    }

    take_over(FILE.encode())
    assert set(Article.objects.values_list("title", flat=True)) == {"Rest", "Move"}


@pytest.mark.django_db
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_file_may_be_cut_anywhere(take_over, share):
    content = FILE.encode()[: int(len(FILE) * share)]

    run = take_over(content)

    assert run.status == "done"
    assert run.lines.filter(kind="export", reasons=["cut_off"]).count() == 1


@pytest.mark.parametrize(
    "harm",
    [
        '<a "' * 50_000,
        "<a " * 50_000,
        "<!-- " * 50_000,
        "]]>" * 50_000,
        "<![CDATA[" * 50_000,
        "&#1;" * 50_000,
    ],
)
def test_a_hostile_file_takes_no_longer_than_it_is_long(harm):
    for place in ("<?xml", "Rest", "<item>", "</rss>"):
        read(changed(place, harm + place, 1))
