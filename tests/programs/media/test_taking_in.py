"""What comes in as a photograph or a video: known by what is in it, bare of places, under a name of ours."""

import errno
import random
import struct
from io import BytesIO

import pytest
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from common import videos
from common.pictures import PictureRefusedError, process_picture
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
        kept = Image.open(BytesIO(content))
        assert not kept.getexif()
        assert not kept.info.get("icc_profile")


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


@pytest.mark.parametrize("size", [(1, 20_000), (20_000, 1)])
def test_a_picture_too_long_for_its_formats_is_refused_in_words(size):
    long = BytesIO()
    Image.new("L", size).save(long, "PNG")
    with pytest.raises(PictureRefusedError) as refused:
        store_photo(SimpleUploadedFile("long.png", long.getvalue()), "x")

    assert refused.value.code == "too_large"


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "GIF"])
def test_of_what_moves_the_first_picture_is_kept(kind, media_root):
    moving = BytesIO()
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "lime", "blue")]
    frames[0].save(moving, kind, save_all=True, append_images=frames[1:])

    photo = store_photo(SimpleUploadedFile("moving", moving.getvalue()), "x")

    kept = Image.open(media_root / photo_path(photo.key, 40, "webp"))
    red, green, _ = kept.convert("RGB").getpixel((20, 15))
    assert getattr(kept, "n_frames", 1) == 1
    assert red > 200 > 50 > green


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_made_to_hurt_is_read_or_refused(kind):
    whole, chance = BytesIO(), random.Random(kind)
    Image.effect_noise((60, 40), 50).convert("RGB").save(whole, kind)
    refused = 0
    for _ in range(40):
        hurt = bytearray(whole.getvalue())
        for _ in range(chance.choice([1, 3, 20])):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        try:
            process_picture(SimpleUploadedFile("x", bytes(hurt[: chance.choice([None, len(hurt) // 2])])))
        except PictureRefusedError:
            refused += 1

    assert refused


def test_a_full_disk_leaves_no_half_written_file(media_root, monkeypatch):
    def fill_the_disk(storage, name, content):
        (media_root / name).parent.mkdir(parents=True)
        (media_root / name).write_bytes(content.read()[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fill_the_disk)
    with pytest.raises(OSError, match="No space"):
        store_photo(photograph(), "x")

    assert not files_of(media_root)


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


WEBM = (HERE / "tiny.webm").read_bytes()
OPEN = b"\x01" + b"\xff" * 7  # the size of what was recorded live: unknown


def element(identifier, content, size=b""):
    """An element of a WebM."""
    return bytes.fromhex(identifier) + (size or (len(content) | 1 << 28).to_bytes(4)) + content


@pytest.mark.parametrize(
    "told",
    [
        WEBM + element("1254c367", PLACE * 9),
        WEBM.replace(b"Chrome", PLACE[:6]),
        element("1a45dfa3", b"\x42\x82\x84webm")
        + element("18538067", b"", OPEN)
        + element("1549a966", element("7ba9", PLACE) + element("4461", PLACE))
        + element("1f43b675", b"", OPEN)
        + element("a3", b"frame")
        + element("1f43b675", b"", OPEN)
        + element("1941a469", PLACE),
    ],
    ids=["tags", "programs", "live"],
)
def test_where_a_webm_was_taken_is_wiped_out_and_it_keeps_its_length(told, media_root):
    kept = store_video(SimpleUploadedFile("a.webm", told), None)

    content = default_storage.open(video_path(kept.key, "webm")).read()
    assert PLACE in told or PLACE[:6] in told
    assert PLACE not in content
    assert PLACE[:6] not in content
    assert len(content) == len(told)


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
        (WEBM[:-20], "video_unreadable"),
        (WEBM[:40] + b"\0" * 200, "video_unreadable"),
        (WEBM + element("1254c367", b"", OPEN), "video_unreadable"),
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
