"""Links that were given out stay good when an article's address changes."""

import re

import pytest
from django.urls import reverse

from blog.models import Comment, Report
from blog.tokens import own_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def move(client, therapist):
    """A function by which the therapist gives an article another address at the desk."""

    def move(article):
        client.force_login(therapist)
        page = reverse("admin:blog_article_change", args=[article.pk])
        form = client.get(page).context["adminform"].form
        given = {name: form[name].value() for name in form.fields} | {"slug": "elsewhere"}
        given = {name: value for name, value in given.items() if value not in (None, False)}
        sources = {"sources-TOTAL_FORMS": 0, "sources-INITIAL_FORMS": 0}
        published = {"published_at": "2026-01-01T08:00"}
        assert client.post(page, given | sources | published).status_code == 302
        del client.cookies["sessionid"]

    return move


@pytest.fixture
def moved(article, said, move):
    """A comment under an article that then got another address; and the article's old address."""
    comment = said(article, "So helpful")
    old = article.get_absolute_url()
    move(article)
    return comment, old


def test_the_old_address_leads_to_the_new(client, moved):
    for address in (moved[1], f"{moved[1]}?comments=2"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/articles/elsewhere/")
    form = client.get(f"{moved[1]}comment/?parent={moved[0].pk}")
    assert form["Location"] == f"/articles/elsewhere/comment/?parent={moved[0].pk}"


def test_a_form_opened_before_the_move_loses_nothing(client, moved):
    response = client.post(
        f"{moved[1]}comment/", {"name": "Mia", "email": "mia@example.net", "body": "Just in time"}
    )

    assert response["Location"].startswith("/articles/elsewhere/comment/")
    assert Comment.objects.filter(body="Just in time").exists()


@pytest.mark.parametrize("page", ["", "{token}/"])
def test_a_browser_that_remembers_a_waiting_comment_goes_on_remembering(
    client, article, therapist, move, page
):
    old = article.get_absolute_url()
    own = client.post(f"{old}comment/", {"name": "Mia", "email": "mia@example.net", "body": "Still waiting"})
    kept = client.cookies["said"]
    assert kept["path"] == f"{old}comment/"
    token = own["Location"].split("/")[-2]
    move(article)

    visited = client.get(f"{old}comment/" + page.format(token=token))

    assert visited.cookies["said"]["path"] == "/articles/elsewhere/comment/"
    assert "Still waiting" in client.get("/articles/elsewhere/comment/").text


def test_a_comment_can_be_reported_by_its_old_address(client, moved):
    comment, old = moved
    address = f"{old}comments/{comment.pk}/report/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "unkind"}).status_code == 200
    assert Report.objects.get().comment == comment


def test_a_writers_own_link_stays(client, moved):
    comment, old = moved
    address = f"{old}comment/{own_token(comment.pk)}/"

    assert "So helpful" in client.get(address).text
    assert client.post(f"{address}delete/").status_code == 200
    assert not Comment.objects.exists()


def test_a_comments_permalink_stays(client, moved):
    comment, old = moved

    response = client.get(f"{old}comments/{comment.pk}/")

    assert response["Location"] == f"/articles/elsewhere/#comment-{comment.pk}"


def test_the_id_in_the_feed_stays(client, article, move):
    def entries():
        feed = client.get(reverse("articles_feed")).text.partition("<entry>")[2]
        return re.findall("<id>(.*?)</id>", feed), re.findall('<link href="(.*?)"', feed)

    ids, links = entries()
    move(article)

    assert entries()[0] == ids
    assert entries()[1] != links
    assert entries()[1][0].endswith("/articles/elsewhere/")
    assert ids[0].startswith("tag:")
