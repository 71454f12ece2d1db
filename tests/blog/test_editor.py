"""The therapist writes an article in a real browser, under the same strict content security policy as ever."""

from contextlib import suppress

import pytest
from django.urls import reverse
from PIL import Image

from blog.models import Article, Page, Picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 900}, is_mobile=False)
def test_she_writes_formats_and_publishes(page, live_server, therapist, topic, sign_in):
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_article_add"))
    page.get_by_label("Title").fill("Breathe out first")
    editor = page.locator(".field-body [contenteditable=true]")
    editor.click()
    page.keyboard.type("A wide breath helps.")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    page.get_by_label("Status").select_option("published")
    page.locator("button[name=_save]").click()
    page.wait_for_url("**/admin/blog/article/")

    article = Article.objects.get()
    assert article.slug == "breathe-out-first"
    assert article.author == therapist
    assert article.body == "<p><strong>A wide breath helps.</strong></p>"
    page.goto(live_server.url + article.get_absolute_url())
    assert page.locator(".prose strong").inner_text() == "A wide breath helps."


@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 900}, is_mobile=False)
def test_she_uploads_a_picture_and_puts_it_into_the_text(
    page, live_server, therapist, topic, sign_in, png, assert_accessible
):
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_article_add"))
    page.get_by_label("Title").fill("Stairs")
    page.locator(".field-body [contenteditable=true]").click()
    page.get_by_title("figure").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Browse...").click()
    pick = opened.value
    pick.get_by_label("Picture").set_input_files(png)
    pick.get_by_label("What it shows").fill("A mother on the stairs")
    pick.get_by_role("button", name="Upload").click()
    pick.get_by_role("button", name="A mother on the stairs").wait_for()
    assert_accessible(pick)
    playwright = pytest.importorskip("playwright.sync_api")
    # The window can be gone before the click is told.
    with pick.expect_event("close"), suppress(playwright.Error):
        pick.get_by_role("button", name="A mother on the stairs").click()
    assert page.locator("dialog [name=altText]").input_value() == "A mother on the stairs"
    page.locator("dialog [name=caption]").fill("One step at a time")
    page.get_by_role("button", name="Insert", exact=True).click()
    page.locator("button[name=_save]").click()
    page.wait_for_url("**/admin/blog/article/")

    picture = Picture.objects.get()
    assert picture.uploaded_by == therapist
    assert Article.objects.get().body == (
        f'<figure><img src="{picture.get_absolute_url()}" alt="A mother on the stairs">'
        "<figcaption>One step at a time</figcaption></figure>"
    )


IMPORTED = (
    '<h2 id="start">Start</h2><p>See <a href="#stairs">the stairs</a>, <a href="#end">the end</a> and '
    '<a href="/articles/other/" title="Other">the other</a>.<a href="#source-1"><sup>1</sup></a></p>'
    '<h3 id="stairs">Stairs</h3><p><a id="part-two"></a>H<sub>2</sub>O, <s>old</s>, <u>new</u>, <code>a[b]</code></p>'
    "<h4>Step</h4><pre><code>one\n  two</code></pre><blockquote><p>Said.</p></blockquote><hr>"
    '<ol start="3"><li><p>Three</p></li></ol><p>One<br>two<a id="end"></a></p>'
)


@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 900}, is_mobile=False)
def test_what_an_import_brought_outlives_an_edit(page, live_server, therapist, make_article, sign_in):
    article = make_article(body=IMPORTED)
    before = article.body
    sign_in(page.context, therapist)
    page.goto(live_server.url + reverse("admin:blog_article_change", args=[article.pk]))
    page.locator(".field-body [contenteditable=true]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.locator("button[name=_save]").click()
    page.wait_for_url("**/admin/blog/article/")

    article.refresh_from_db()
    assert article.body == f"{before.removesuffix('</p>')}!</p>"


@pytest.fixture
def png(tmp_path):
    """A small picture on her disk."""
    path = tmp_path / "stairs.png"
    Image.new("RGB", (640, 400), "teal").save(path)
    return path


@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 900}, is_mobile=False)
def test_the_words_of_a_page_are_kept_while_they_are_typed(page, live_server, therapist, sign_in):
    about = Page.objects.create(title="About", slug="about", body="<p>Hello.</p>")
    sign_in(page.context, therapist)
    form = live_server.url + reverse("admin:blog_page_change", args=[about.pk])
    page.goto(form)
    page.locator(".field-body [contenteditable=true]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" I am Elena.")
    page.get_by_text("Unsaved words are kept safe.").wait_for()

    page.once("dialog", lambda dialog: dialog.accept())  # leaving asks, since they are not saved
    page.goto(form)
    page.get_by_role("link", name="Bring it back").click()
    page.locator(".field-body [contenteditable=true]", has_text="I am Elena.").wait_for()
    about.refresh_from_db()
    assert about.body == "<p>Hello.</p>"
