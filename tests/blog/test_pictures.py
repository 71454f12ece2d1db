"""Pictures in articles: made small, made bare, and never a way in."""

from io import BytesIO
from random import Random

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms

from blog.models import Article, Picture
from blog.services import render_article
from blog.services.pictures import add_picture, picture_path
from common.pictures import FACE_BYTES, FACE_SIDE, PictureRefusedError
from tests.markup import squeezed

from .conftest import NOW

pytestmark = pytest.mark.django_db


def upload(size=(1000, 500), kind="JPEG", mode="RGB", name="photo.jpg", **options):
    """A file as the browser sends it."""
    buffer = BytesIO()
    Image.new(mode, size, "#fa807280" if mode == "RGBA" else "salmon").save(buffer, kind, **options)
    return SimpleUploadedFile(name, buffer.getvalue())


def kept(picture, width, kind):
    """The picture as kept."""
    return Image.open(default_storage.open(picture_path(picture.key, width, kind)))


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((300, 200), [300]),
        ((400, 200), [400]),
        ((1000, 500), [400, 800, 1000]),
        ((3000, 10), [400, 800, 1600]),
    ],
)
def test_it_is_kept_in_the_widths_phones_want(size, widths):
    picture = add_picture(upload(size), alt="A mat", now=NOW)

    assert picture.widths == widths
    for width in widths:
        for kind in ("avif", "webp"):
            image = kept(picture, width, kind)
            assert image.size == (width, max(1, round(size[1] * width / size[0])))
            assert image.format.lower() == kind


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
RED_IS_GREEN = SRGB.replace(b"rXYZ", b"?").replace(b"gXYZ", b"rXYZ").replace(b"?", b"gXYZ")


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG")])
@pytest.mark.parametrize(
    ("profile", "shown"),
    [(RED_IS_GREEN, (0, 255, 0)), (SRGB, (255, 0, 0)), (b"no profile", (255, 0, 0)), (None, (255, 0, 0))],
)
def test_its_colors_are_those_it_has_on_the_camera(mode, kind, profile, shown):
    """A phone's red is named in the phone's own terms, which the profile explains."""
    buffer = BytesIO()
    red = Image.new(mode, (300, 200), (255, 0, 0, 128)[: len(mode)])
    red.save(buffer, kind, icc_profile=profile)
    file = SimpleUploadedFile("red.jpg", buffer.getvalue())
    image = kept(add_picture(file, alt="A ball", now=NOW), 300, "webp")

    assert all(abs(is_ - should) < 12 for is_, should in zip(image.getpixel((150, 100)), shown, strict=False))
    assert not image.info.get("icc_profile")
    assert mode == "RGB" or abs(image.getpixel((150, 100))[3] - 128) < 3


def test_place_and_camera_are_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    exif[0x010F] = "Maker of the camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    picture = add_picture(upload((800, 600), exif=exif), alt="", now=NOW)

    assert (picture.width, picture.height) == (600, 800)
    for kind in ("avif", "webp"):
        assert not kept(picture, 600, kind).getexif()
        assert b"Maker" not in default_storage.open(picture_path(picture.key, 600, kind)).read()


def test_what_is_see_through_stays_so():
    picture = add_picture(upload((500, 300), "PNG", "RGBA", "a.png"), alt="", now=NOW)

    assert kept(picture, 400, "webp").mode == "RGBA"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>"), "unreadable"),
        (SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "unreadable"),
        (SimpleUploadedFile("x.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n"), "unreadable"),
        (SimpleUploadedFile("x.jpg", b""), "unreadable"),
        (upload(kind="BMP", name="x.bmp"), "unreadable"),
        (SimpleUploadedFile("x.jpg", upload().read()[:400]), "unreadable"),
        (SimpleUploadedFile("x.jpg", b"x" * 20_000_001), "too_big"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(file, code):
    with pytest.raises(PictureRefusedError) as refused:
        add_picture(file, alt="", now=NOW)

    assert refused.value.code == code
    assert not Picture.objects.exists()


def test_a_small_file_with_too_many_pixels_is_refused_before_it_is_opened():
    with pytest.raises(PictureRefusedError) as refused:
        add_picture(upload((9000, 9000), "PNG", "1", "bomb.png"), alt="", now=NOW)

    assert refused.value.code == "too_large"


def test_an_article_offers_every_size_and_waits_with_what_is_below(make_article, client):
    picture = add_picture(upload(), alt="A mat & a ball", now=NOW)
    article = make_article(
        body=f'<figure><img src="{picture.get_absolute_url()}" alt="Her &quot;mat&quot;"><figcaption>x</figcaption></figure>'
        f'<img src="{picture.get_absolute_url()}"><img src="/articles/pictures/{"0" * 32}/400.webp" alt="gone">',
    )

    page = squeezed(client.get(article.get_absolute_url()).text)

    assert page.count('<source type="image/avif"') == 2
    assert f"{picture.address(400, 'webp')} 400w, {picture.address(800, 'webp')} 800w" in page
    assert 'alt="Her &quot;mat&quot;" width="1000" height="500" loading="lazy"' in page
    assert 'alt="A mat &amp; a ball"' in page
    assert f'<img src="/articles/pictures/{"0" * 32}/400.webp" alt="gone">' in page


def test_the_cover_is_seen_at_once(make_article):
    article = make_article(cover=add_picture(upload(), alt="Cover", now=NOW))

    assert 'fetchpriority="high"' in article.rendered
    assert "lazy" not in article.rendered


def test_pictures_are_kept_by_browsers_for_good_and_cost_no_query(client, django_assert_num_queries):
    picture = add_picture(upload(), alt="", now=NOW)

    with django_assert_num_queries(0):
        response = client.get(picture.get_absolute_url())

    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert not response.cookies


def test_a_face_is_a_small_square_however_much_is_to_be_seen():
    colors = Random(3).randbytes(900 * 600 * 3)
    buffer = BytesIO()
    Image.frombytes("RGB", (900, 600), colors).save(buffer, "PNG")
    picture = add_picture(SimpleUploadedFile("noise.png", buffer.getvalue()), alt="", now=NOW)

    assert Image.open(BytesIO(picture.face)).size == (FACE_SIDE, FACE_SIDE)
    quiet = add_picture(upload(), alt="", now=NOW)
    assert len(quiet.face) <= FACE_BYTES


@pytest.mark.parametrize(
    "path",
    [
        f"{'0' * 32}/400.webp",
        "../secret/400.webp",
        "x/400.webp",
        f"{'0' * 32}/400.svg",
        f"{'0' * 32}/share.jpg",
    ],
)
def test_nothing_else_is_found(client, path):
    assert client.get(f"/articles/pictures/{path}").status_code == 404


def test_nothing_outside_is_found(client):
    default_storage.save("400.webp", ContentFile(b"not ours to show"))

    assert client.get("/articles/pictures/%2e%2e/400.webp").status_code == 404


def test_a_shared_article_has_a_card_of_its_own(client, article, settings):
    page = squeezed(client.get(article.get_absolute_url()).text)
    address = reverse("share_card", args=[article.share_key])

    card = Image.open(BytesIO(b"".join(client.get(address).streaming_content)))
    first_key = article.share_key
    article.title = (
        "Another title, much longer than the first, so long that it takes four lines of the card and more"
    )
    render_article(article, NOW)

    assert f'<meta property="og:image" content="{settings.SITE_URL}{address}">' in squeezed(page)
    assert (card.format, card.size) == ("JPEG", (1200, 630))
    assert article.share_key != first_key


def test_an_article_that_was_never_finished_is_still_shown(client, topic):
    bare = Article.objects.create(
        title="Bare", slug="bare", status=Article.Status.PUBLISHED, published_at=NOW.replace(year=2025)
    )

    assert client.get(bare.get_absolute_url()).status_code == 200


def test_the_therapist_uploads_and_copies_the_address(client, therapist):
    client.force_login(therapist)
    address = reverse("admin:blog_picture_add")

    refused = client.post(address, {"file": SimpleUploadedFile("x.jpg", b"no"), "alt": "A mat"})
    client.post(address, {"file": upload(), "alt": "A mat"})

    picture = Picture.objects.get()
    assert "not a picture we can read" in refused.text
    assert picture.get_absolute_url() in client.get(reverse("admin:blog_picture_changelist")).text
    change = reverse("admin:blog_picture_change", args=[picture.pk])
    assert str(therapist) in client.get(change).text.partition("Uploaded by")[2]
    client.post(change, {"alt": "A blue mat"})
    picture.refresh_from_db()
    assert picture.alt == "A blue mat"


def test_the_window_to_pick_from_offers_the_newest_first_and_finds_by_words(client, therapist):
    for alt in ("A pram", "A pillow under the hips"):
        add_picture(upload(), alt=alt, now=NOW)
    client.force_login(therapist)
    address = reverse("admin:blog_picture_pick") + "?CKEditorFuncNum=-1"

    page = client.get(address).text
    assert page.index('data-alt="A pillow under the hips"') < page.index('data-alt="A pram"')
    found = client.get(address + "&q=PRAM").text
    assert 'data-alt="A pram"' in found
    assert "pillow" not in found
    assert 'name="CKEditorFuncNum" value="-1"' in found


def test_what_is_no_picture_is_told_in_that_window(client, therapist):
    client.force_login(therapist)
    sent = {"alt": "Notes", "file": SimpleUploadedFile("notes.png", b"words")}

    response = client.post(reverse("admin:blog_picture_pick"), sent)

    assert response.status_code == 422
    assert "not a picture we can read" in response.text


def test_the_window_is_for_those_who_write(client, helper):
    client.force_login(helper)

    assert client.get(reverse("admin:blog_picture_pick")).status_code == 403
