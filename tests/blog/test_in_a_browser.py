"""A reader's way in a real browser, on a phone, with nothing running that should not."""

import pytest
from django.urls import reverse

from blog.models import Comment
from blog.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOSTILE = '<script>document.title="ran"</script><img src=x onerror="document.title=1"> javascript:alert(1)'


def test_reading_commenting_and_what_hostile_words_do(
    page, live_server, article, said, assert_accessible, watch
):
    watch.expect("422")  # a form with something to mend
    said(article, HOSTILE, name='"><svg onload=document.title=1>', website="https://example.org/?a=1&b=<2>")
    parent = said(article, "What about stairs?", name="Ana")
    page.goto(live_server.url + article.get_absolute_url())
    assert "Back pain after birth" in page.title()
    assert_accessible(page)

    page.get_by_role("link", name="Reply to Ana").click()
    page.get_by_role("heading", name="Reply to Ana").wait_for()
    assert_accessible(page)
    page.locator("#id_body").fill(HOSTILE + "x" * 8_000)
    page.locator("#id_name").fill("Nora")
    page.locator("#id_email").fill("nora@example.net")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()
    assert page.locator("#id_body").input_value().startswith(HOSTILE)
    assert_accessible(page)
    page.locator("#id_body").fill(HOSTILE)
    page.get_by_role("button", name="Send").click()

    page.get_by_role("heading", name="waiting for approval").wait_for()
    assert_accessible(page)
    comment = Comment.objects.get(parent=parent)
    assert (comment.status, comment.body) == (Status.PENDING, HOSTILE)
    page.goto(live_server.url + article.get_absolute_url())
    assert "Back pain after birth" in page.title()
    assert page.context.cookies(live_server.url + article.get_absolute_url()) == [
        cookie for cookie in page.context.cookies() if cookie["name"] == "csrftoken"
    ]


def test_a_page_with_100_comments_stays_light(page, live_server, article, conversation):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    conversation(article, 100)

    page.goto(live_server.url + reverse("article", args=[article.slug]), wait_until="networkidle")

    assert page.locator(".comment").count() == 100
    assert page.evaluate("document.querySelectorAll('*').length") <= 1_000
    assert page.context.cookies() == []
    # A whole Chromium asks for the tab's icon, too; the one without windows, which CI has, never does.
    assert len([url for url in asked if "/img/mark." not in url]) <= 3
    assert all(url.startswith(live_server.url) for url in asked)
