"""What comes in as a photograph or a video: known by what is in it, bare of places, under a name of ours."""

import struct
from io import BytesIO

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from common import videos
from common.pictures import PictureRefusedError
from common.videos import VideoRefusedError
from programs.services.media import photo_path, store_photo, store_video, video_path

from .conftest import HERE, WORDS, captions, photograph, video

MP4 = (HERE / "tiny.mp4").read_bytes()
PLACE = b"+52.5200+013.4050/"


def box(name, content):
    return struct.pack(">I4s", len(content) + 8, name) + content


def with_place(data=MP4):
    """The MP4 as a phone makes it: the place in its moov, and once more at the end."""
    at, size = data.index(b"moov") - 4, int.from_bytes(data[data.index(b"moov") - 4 :][:4])
    telling = box(b"udta", box(b"\xa9xyz", PLACE)) + box(b"meta", PLACE)
    moov = box(b"moov", data[at + 8 : at + size] + telling)
    return data[:at] + moov + data[at + size :] + box(b"uuid", PLACE)


def files_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_photograph_is_kept_bare_in_every_width_under_a_name_of_ours(media_root):
    photo = store_photo(photograph(), "Lying on the back")

    assert photo.widths == (400, 800, 900)
    assert files_of(media_root) == sorted(
        photo_path(photo.key, width, kind) for width in photo.widths for kind in ("avif", "webp")
    )
    for path in files_of(media_root):
        content = default_storage.open(path).read()
        assert b"Maker" not in content
        assert not Image.open(BytesIO(content)).getexif()


def test_the_same_photograph_again_is_the_same_files(media_root):
    first = store_photo(photograph(), "One")
    before = {path: (media_root / path).stat().st_mtime_ns for path in files_of(media_root)}

    assert store_photo(photograph(name="other.jpg"), "Two").key == first.key
    assert {path: (media_root / path).stat().st_mtime_ns for path in files_of(media_root)} == before
    assert store_photo(photograph((800, 600)), "Three").key != first.key


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "unreadable"),
        (b"<!doctype html><script>alert(1)</script>", "unreadable"),
        (MP4, "unreadable"),
    ],
)
def test_what_is_no_photograph_is_refused(content, code, media_root):
    with pytest.raises(PictureRefusedError) as refused:
        store_photo(SimpleUploadedFile("photo.jpg", content), "x")

    assert refused.value.code == code
    assert not files_of(media_root)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_thirteen_thousand_pixels_are_refused_before_they_are_unpacked():
    bomb = BytesIO()
    Image.new("1", (13_000, 13_000)).save(bomb, "PNG")
    with pytest.raises(PictureRefusedError) as refused:
        store_photo(SimpleUploadedFile("small.png", bomb.getvalue()), "x")

    assert refused.value.code == "too_large"


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_video_is_known_by_what_is_in_it(kind, media_root, client, db):
    kept = store_video(video(kind, "evil.html"), captions())

    assert kept.kind == kind
    assert files_of(media_root) == sorted([video_path(kept.key, kind), video_path(kept.captions, "vtt")])
    response = client.get(reverse("exercise_video", args=[kept.key, kind]), headers={"Range": "bytes=0-1"})
    assert (response.status_code, response["Content-Type"]) == (206, f"video/{kind}")
    assert response["X-Content-Type-Options"] == "nosniff"
    words = client.get(reverse("exercise_video", args=[kept.captions, "vtt"]))
    assert words["Content-Type"] == "text/vtt; charset=utf-8"
    assert b"".join(words.streaming_content) == WORDS


@pytest.mark.parametrize("path", ["{key}.html", "{key}.vtt", "{other}.webm", "..%2f..%2fx.webm", "{key}.svg"])
def test_nothing_else_is_found(client, db, path):
    kept = store_video(video(), None)

    path = path.format(key=kept.key, other="0" * 32)
    assert client.get(f"/exercises/video/{path}").status_code == 404


def test_a_photograph_is_served_for_good_without_a_query_or_a_cookie(client, db, django_assert_num_queries):
    photo = store_photo(photograph(), "x")
    with django_assert_num_queries(0):
        response = client.get(reverse("exercise_photo", args=[photo.key, 800, "avif"]))

    assert response["Content-Type"] == "image/avif"
    assert "immutable" in response["Cache-Control"]
    assert not response.cookies
    assert client.get(f"/exercises/photo/{photo.key}/800.svg").status_code == 404


def test_where_an_mp4_was_taken_is_wiped_out_and_it_keeps_its_length(media_root):
    told = with_place()
    kept = store_video(SimpleUploadedFile("a.mp4", told), None)

    content = default_storage.open(video_path(kept.key, "mp4")).read()
    assert told.count(PLACE) == 3
    assert PLACE not in content
    assert len(content) == len(told)
    assert b"avc1" in content


HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HTML, "video_unreadable"),
        (b"", "video_unreadable"),
        (box(b"ftyp", b"isom\0\0\0\0isom") + HTML, "video_unreadable"),
        (box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", HTML), "video_unreadable"),
        (MP4[:300], "video_unreadable"),
        (box(b"ftyp", b"heic\0\0\0\0mif1") + MP4[36:], "video_unreadable"),
        (MP4.replace(b"avc1", b"hvc1"), "video_codec"),
        (b"\x1a\x45\xdf\xa3" + b"\x42\x82\x88matroska" + HTML, "video_unreadable"),
        (MP4[:36] + box(b"free", b"") * 20_000 + MP4[36:], "video_unreadable"),
    ],
)
def test_what_is_no_video_phones_play_is_refused(content, code, media_root):
    with pytest.raises(VideoRefusedError) as refused:
        store_video(SimpleUploadedFile("page.mp4", content), captions())

    assert refused.value.code == code
    assert not files_of(media_root)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        HTML,
        b"WEBVTTX\n\n00:00.000 --> 00:01.000\na",
        b"WEBVTT\n\n\xff --> \xfe",
        b"1\n00:00 --> 00:01\na",
    ],
)
def test_what_is_no_captions_is_refused_and_the_video_with_it(text, media_root):
    with pytest.raises(VideoRefusedError) as refused:
        store_video(video(), captions(text))

    assert refused.value.code == "captions_unreadable"
    assert not files_of(media_root)


def test_too_much_is_refused_unread(tmp_path):
    film = large(tmp_path, videos.MAX_BYTES + 1)
    with film, pytest.raises(VideoRefusedError, match="video_too_big"):
        videos.video_kind(film)
    text = large(tmp_path, videos.MAX_CAPTIONS_BYTES + 1)
    with text, pytest.raises(VideoRefusedError, match="captions_too_big"):
        videos.read_captions(text)


def large(folder, size):
    """A file of so many bytes, none of which takes room on the disk."""
    file = (folder / "large").open("w+b")
    file.truncate(size)
    return File(file)
