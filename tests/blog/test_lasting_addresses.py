"""Links that were given out stay good when an article's address changes."""

import re

import pytest
from django.urls import reverse

from blog.models import Article, Comment
from blog.tokens import own_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(client, article, said, therapist):
    """A comment under an article that then got another address at the desk; and the article's old address."""
    comment = said(article, "So helpful")
    old = article.get_absolute_url()
    client.force_login(therapist)
    page = reverse("admin:blog_article_change", args=[article.pk])
    form = client.get(page).context["adminform"].form
    given = {name: form[name].value() for name in form.fields} | {"slug": "elsewhere"}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    sources = {"sources-TOTAL_FORMS": 0, "sources-INITIAL_FORMS": 0}
    published = {"published_at_0": "2026-01-01", "published_at_1": "08:00"}
    assert client.post(page, given | sources | published).status_code == 302
    client.logout()
    return comment, old


def test_the_old_address_leads_to_the_new(client, moved):
    for address in (moved[1], f"{moved[1]}comment/", f"{moved[1]}?comments=2"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/articles/elsewhere/")


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


def test_the_id_in_the_feed_stays(client, article):
    def ids():
        return re.findall("<id>(.*?)</id>", client.get(reverse("articles_feed")).text)[1:]

    before = ids()
    Article.objects.update(slug="elsewhere")

    assert ids() == before
    assert before[0].startswith("tag:")
