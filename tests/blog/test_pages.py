"""Pages of the site: About, Contact, Privacy, Terms, and those the therapist adds."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from blog.models import Autosave, Page, Version

pytestmark = pytest.mark.django_db

FORM = {
    "title": "My room",
    "slug": "my-room",
    "summary": "",
    "body": "<p>Second floor.</p>",
    "status": "published",
}


@pytest.fixture
def desk(client, therapist):
    """The therapist at the desk."""
    client.force_login(therapist)
    return client


def write(desk, **fields):
    """Send the form of a new page."""
    return desk.post(reverse("admin:blog_page_add"), FORM | fields)


def test_a_page_is_written_published_and_read(desk, client):
    assert write(desk).status_code == 302
    client.logout()
    response = client.get("/my-room/")

    assert "<h1>My room</h1>" in response.text
    assert "Second floor." in response.text
    assert "comment" not in response.text[response.text.index("<main") : response.text.index("</main>")]
    assert not response.cookies
    assert "/my-room/" in client.get("/sitemap.xml").text


def test_a_page_costs_one_query(desk, client, django_assert_num_queries):
    write(desk)
    client.logout()
    with django_assert_num_queries(1):
        client.get("/my-room/")


def test_a_draft_is_nobodys_but_the_teams(desk, client):
    write(desk, status="draft")
    page = Page.objects.get()
    preview = desk.get(reverse("admin:blog_page_change", args=[page.pk])).context["preview"]
    client.logout()

    assert client.get("/my-room/").status_code == 404
    assert "Second floor." in client.get(preview).text


def test_a_page_is_no_article(desk, client, article):
    write(desk)

    assert client.get("/articles/my-room/").status_code == 404
    assert client.get("/articles/my-room/comment/").status_code == 404
    assert client.get(f"/{article.slug}/").status_code == 404
    for address in ("/articles/", "/articles/feed/", "/"):
        assert "My room" not in client.get(address).text
    assert list(desk.get(reverse("admin:blog_article_changelist")).context["cl"].result_list) == [article]
    page = Page.objects.get()
    assert desk.get(reverse("admin:blog_article_change", args=[page.pk])).status_code == 302
    assert desk.get(reverse("admin:blog_article_versions", args=[page.pk])).status_code == 404


@pytest.mark.parametrize("slug", ["today", "articles", "admin", "accounts", "safety", "static", "search"])
def test_no_page_takes_the_address_of_another_part(desk, slug):
    response = write(desk, slug=slug)

    assert response.status_code == 200
    assert "is the address of another page" in response.text
    assert "Second floor." in response.text
    assert not Page.objects.exists()


def test_the_old_address_leads_to_the_new(desk, client):
    write(desk)
    page = Page.objects.get()
    desk.post(reverse("admin:blog_page_change", args=[page.pk]), FORM | {"slug": "where"})
    client.logout()

    assert client.get("/my-room/")["Location"] == "/where/"
    assert client.get("/where/").status_code == 200


def test_versions_of_a_page_are_kept_and_restored(desk):
    write(desk)
    page = Page.objects.get()
    desk.post(reverse("admin:blog_page_change", args=[page.pk]), FORM | {"body": "<p>Third floor.</p>"})
    address = reverse("admin:blog_page_versions", args=[page.pk])
    assert "Second floor." in desk.get(address).text
    first = Version.objects.order_by("pk")[0]

    assert desk.post(address, {"version": first.pk})["Location"] == reverse(
        "admin:blog_page_change", args=[page.pk]
    )
    page.refresh_from_db()
    assert "Second floor." in page.rendered


def test_unsaved_words_of_a_new_page_and_of_a_new_article_are_two(desk):
    for kind in ("page", "article"):
        address = reverse(f"admin:blog_{kind}_autosave_new")
        assert desk.post(address, {"title": f"A new {kind}"}).status_code == 204

    assert dict(Autosave.objects.values_list("kind", "title")) == {
        "page": "A new page",
        "article": "A new article",
    }
    form = desk.get(reverse("admin:blog_page_add") + "?unsaved=1")
    assert form.context["adminform"].form["title"].value() == "A new page"


def test_the_site_starts_with_drafts_and_keeps_what_became_of_them(client):
    call_command("create_pages", verbosity=0)
    assert {page.slug: page.status for page in Page.objects.all()} == dict.fromkeys(
        ("about", "contact", "privacy", "terms"), "draft"
    )
    privacy = Page.objects.get(slug="privacy")
    assert "no longer than 35 days" in " ".join(privacy.body.split())
    assert "730 days" in privacy.body

    Page.objects.exclude(slug="about").delete()
    call_command("create_pages", verbosity=0)
    assert Page.objects.get().slug == "about"


@pytest.mark.parametrize(("status", "offered"), [("published", True), ("draft", False)])
def test_the_desk_leads_to_the_site_only_where_visitors_find_the_page(desk, status, offered):
    write(desk, status=status)
    form = desk.get(reverse("admin:blog_page_change", args=[Page.objects.get(slug="my-room").pk]))
    assert ("See it on the site" in form.text) is offered
