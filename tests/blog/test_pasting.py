"""What the therapist copies in Word or Google Docs and pastes into an article, by keyboard in a real browser."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from blog.models import Article, Picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = pytest.mark.browser_context_args(
    viewport={"width": 1280, "height": 900},
    is_mobile=False,
    permissions=["clipboard-read", "clipboard-write"],
)
CLIPBOARD = Path(__file__).parent / "clipboard"
BODY = ".field-body [contenteditable=true]"
TEXT = (
    "<p>Take them <strong>slowly</strong>, and <em>breathe out</em> as you step. {extra}Read "
    '<a href="https://www.example.org/pelvic?a=1&amp;b=2" rel="noopener">more about it</a>.</p>'
    "<h3>What to bring</h3>"
    "<ul><li><p>Shoes that <strong>hold</strong></p><ul><li><p>With a flat sole</p></li></ul></li>"
    "<li><p>A free hand</p></li></ul>"
    "<h4>Step by step</h4><ol><li><p>Breathe in</p></li><li><p>Breathe out and step</p></li></ol>"
)


def png(color="teal"):
    file = BytesIO()
    Image.new("RGB", (64, 48), color).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def paste(page, live_server, therapist, topic, sign_in):
    """A function that has the clipboard hold what it is given by type, and pastes it into a new article."""
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_article_add"))
    page.get_by_label("Title").fill("Stairs")

    def paste(**clipboard):
        page.evaluate(
            """clipboard => addEventListener("copy", event => {
                for (const [type, text] of Object.entries(clipboard)) event.clipboardData.setData(`text/${type}`, text);
                event.preventDefault();
            }, { once: true, capture: true })""",
            clipboard,
        )
        page.locator(BODY).click()
        page.keyboard.press("Control+c")
        page.keyboard.press("Control+v")

    return paste


def saved(page):
    page.locator("button[name=_save]").click()
    page.wait_for_url("**/admin/blog/article/")
    return Article.objects.get().body


@DESK
def test_a_text_from_word(page, paste):
    paste(html=(CLIPBOARD / "word.html").read_text(), plain="Stairs after birth")
    page.get_by_text("Not every picture could come along.").wait_for()

    assert saved(page) == (
        "<h2>Stairs after birth</h2><h2>The first days</h2>"
        + TEXT.format(extra="<u>Hold the rail.</u> ")
        + "<p>[Picture missing: A mother on the stairs]</p>"
        + '<p>Ask <a href="mailto:elena@example.org" rel="noopener">me</a> if it hurts.</p>'
    )
    assert not Picture.objects.exists()


@DESK
def test_a_text_from_google_docs_brings_its_pictures(page, paste, watch, therapist):
    watch.expect("asked another host: https://lh7-rt.googleusercontent.com/")  # by whoever copied it there
    page.route(
        "https://lh7-rt.googleusercontent.com/**",
        lambda route: route.fulfill(body=png("navy"), headers={"Access-Control-Allow-Origin": "*"}),
    )
    paste(html=(CLIPBOARD / "google_docs.html").read_text(), plain="The first days")
    body = saved(page)  # waits for the pictures

    stairs, other = Picture.objects.order_by("alt")
    assert (stairs.alt, stairs.uploaded_by) == ("A mother on the stairs", therapist)
    assert body == (
        "<h2>The first days</h2>"
        + TEXT.format(extra="")
        + f'<figure><img src="{stairs.get_absolute_url()}" alt="A mother on the stairs"></figure>'
        + f'<figure><img src="{other.get_absolute_url()}" alt=""></figure>'
        + "<p>Ask me if it hurts.</p>"
    )


@DESK
def test_a_picture_copied_alone_comes_as_a_file(page, paste):
    page.locator(BODY).click()
    page.evaluate(
        """async text => {
            const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0));
            const picture = new Blob([bytes], { type: "image/png" });
            await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        }""",
        base64.b64encode(png()).decode(),
    )
    page.keyboard.press("Control+v")
    page.locator(f"{BODY} figure img[src^='/']").wait_for()

    assert saved(page) == f'<figure><img src="{Picture.objects.get().get_absolute_url()}" alt=""></figure>'


@DESK
def test_plain_words_stay_as_they_are(page, paste):
    paste(plain="if a < b & style='x'")
    page.locator(BODY, has_text="if a < b").wait_for()
    assert saved(page) == "<p>if a &lt; b &amp; style='x'</p>"


@DESK
def test_the_editors_own_copies_stay_as_they_are(page, paste):
    copied = "<strong>if a &lt; b &amp; style='x'</strong>"
    paste(html=f"<p data-pm-slice='0 0 []'>{copied}</p>", plain="if a < b & style='x'")
    page.locator(f"{BODY} strong").wait_for()
    assert saved(page) == f"<p>{copied}</p>"


def test_a_pasted_picture_is_stored_once_and_only_by_who_writes(client, therapist, helper):
    address = reverse("admin:blog_picture_pasted")

    def sent(content, **fields):
        return {"key": "a" * 32, "alt": "Stairs", "file": SimpleUploadedFile("pasted", content)} | fields

    client.force_login(helper)
    assert client.post(address, sent(png())).status_code == 403
    client.force_login(therapist)
    first, again = (client.post(address, sent(png())) for _time in range(2))
    assert first.json() == again.json() == {"src": Picture.objects.get().get_absolute_url()}
    assert client.get(first.json()["src"]).status_code == 200
    for wrong in (sent(b"words", key="b" * 32), sent(png(), key="../../x"), {}):
        assert client.post(address, wrong).status_code == 422
    assert client.get(address).status_code == 405
    assert Picture.objects.count() == 1
