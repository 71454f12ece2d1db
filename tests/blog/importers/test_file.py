"""Reading the file: as a stream, whatever its bytes are, and never more than reading."""

import tracemalloc
from io import BytesIO

import pytest

from bench.wxr import author, comment, export, item, write_big
from blog.importers.wordpress.reading.decoding import text_pieces
from blog.importers.wordpress.reading.reader import FileRefusedError, Reader
from blog.models import Article, ImportLine, ImportRun

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<rss><channel><title>&lol3;</title></channel></rss>"""
OUTSIDE = '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]><rss><channel><title>&file;</title></channel></rss>'


def records(content):
    """All records of a file."""
    return list(Reader(BytesIO(content)))


class Endless:
    """A file that begins with `head` and never ends; it counts what was read."""

    def __init__(self, head):
        self.head, self.read_bytes = head, 0

    def read(self, size):
        piece = (self.head if not self.read_bytes else b" ").ljust(size)[:size]
        self.read_bytes += len(piece)
        return piece


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        ('<!DOCTYPE rss SYSTEM "http://a.example/x.dtd" [<!ELEMENT a ANY>]><rss></rss>', "entities"),
        ("<!DOCTYPE rss [" + " " * 100_000, "entities"),
        (export(item(1)).decode().replace("<item>", '<!ENTITY a "b"><item>'), "entities"),
        ("<!DOCTYPE html><html><body>Please sign in</body></html>", "not_wordpress"),
        ("PK\x03\x04 not a text at all", "not_wordpress"),
        ("", "not_wordpress"),
        ("Just words", "not_wordpress"),
        ("<html><body>A page</body></html>", "not_wordpress"),
        ("<rss><channel><title>Some other feed</title></channel></rss>", "not_wordpress"),
        ("<rss><channel>" + "<a>" * 1_000, "not_wordpress"),
        (" " * 3_000_000 + export(item(1)).decode(), "not_wordpress"),
    ],
)
def test_what_is_no_export_is_refused(content, code):
    with pytest.raises(FileRefusedError) as refused:
        records(content.encode())

    assert refused.value.code == code


def test_a_bomb_is_refused_before_the_rest_is_read():
    file = Endless(BOMB.encode())

    with pytest.raises(FileRefusedError):
        list(Reader(file))

    assert file.read_bytes < 1_000_000


@pytest.mark.django_db
def test_a_refused_file_writes_nothing_and_says_why(take_over):
    run = take_over(BOMB.encode())

    assert (run.status, run.refusal) == (ImportRun.Status.REFUSED, "entities")
    assert not Article.objects.exists()
    assert not ImportLine.objects.exists()


def test_control_characters_and_broken_bytes_do_not_stop_it():
    content = export(item(1, "Nor\x0bmal", "a\x00b\x1fc")).replace(b"Nor", b"N\x81or")

    [read] = records(content)

    assert read.fields["title"] == "N\ufffdormal"
    assert read.fields["content:encoded"] == "abc"


def test_a_character_cut_in_two_by_the_reading_is_whole_again():
    class Slow(BytesIO):
        def read(self, size=-1):
            return super().read(3)

    assert "".join(text_pieces(Slow("<a>äöü€😀</a>".encode()))) == "<a>äöü€😀</a>"


@pytest.mark.parametrize("read_at_once", [1, 7, 100])
def test_pieces_may_end_anywhere(read_at_once):
    content = export(author(), item(1, "A ]]> & <b>", "[x[0]]> y", comment(5), terms=[("category", "hips")]))

    class Slow(BytesIO):
        def read(self, size=-1):
            return super().read(read_at_once)

    assert list(Reader(Slow(content))) == records(content)


@pytest.mark.django_db
def test_one_endless_text_is_left_out_and_the_rest_comes(take_over):
    endless = "word " * 1_000_000
    meta = {"_elementor_data": endless}

    run = take_over(
        export(
            item(1, content=endless, comments=comment(5)),
            item(2, comments=comment(6, endless)),
            item(3, meta=meta),
        )
    )

    left_out = run.lines.filter(outcome="skipped").values_list("wp_id", "reasons")
    assert dict(left_out) == {1: ["too_long"], 5: ["post_left_out"], 6: ["too_long"]}
    assert Article.objects.count() == 2


def test_older_versions_of_the_format_are_read():
    content = export(item(1, comments=comment(5))).replace(b"export/1.2/", b"export/1.0/")

    assert [record.tag for record in records(content)] == ["wp:comment", "item"]


def test_a_comment_knows_its_post_though_it_comes_first():
    said, post = records(export(item(1, comments=comment(5))))

    assert said.item_number == post.number


def test_reading_takes_little_memory_however_long_the_file(tmp_path):
    path = tmp_path / "export.xml"
    write_big(path, posts=40, comments=2_000, body_bytes=100_000, comment_bytes=1_000)
    tracemalloc.start()

    with path.open("rb") as file:
        count = sum(1 for _ in Reader(file))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 40 + 2_000 + 12 + 1
    assert path.stat().st_size > 6_000_000
    assert peak < 4_000_000
