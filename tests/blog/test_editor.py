"""The therapist writes an article in a real browser, under the same strict content security policy as ever."""

import pytest
from django.urls import reverse

from blog.models import Article

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
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/blog/article/")

    article = Article.objects.get()
    assert article.slug == "breathe-out-first"
    assert article.author == therapist
    assert article.body == "<p><strong>A wide breath helps.</strong></p>"
    page.goto(live_server.url + article.get_absolute_url())
    assert page.locator(".prose strong").inner_text() == "A wide breath helps."
