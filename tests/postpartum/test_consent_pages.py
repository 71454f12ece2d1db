"""A consent keeps the very versions of the pages that it linked to."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Page, Version
from blog.services import publish_page, save_version
from common.practice import override_practice
from postpartum.practice import reload_practice
from programs.models import Enrollment
from tests.cast import make_screening

pytestmark = pytest.mark.django_db


@pytest.fixture
def privacy(db):
    """A published privacy page, which this process knows of."""
    page = publish_page(Page.objects.create(title="Privacy", slug="privacy"), "<p>Old.</p>", timezone.now())
    reload_practice()
    yield page
    override_practice({})


def seen(client):
    """What the form of the consent carries."""
    return client.get(reverse("start_result")).context["form"].shown


def test_the_consent_links_to_the_version_and_it_is_kept(as_mother, mother, program, privacy):
    make_screening(mother, timezone.now())
    old = privacy.versions.get()
    address = reverse("agreed_page", args=[old.pk])
    assert address in as_mother.get(reverse("start_result")).text
    as_mother.post(reverse("enroll"), {"agreed": "on", "seen": seen(as_mother)})
    publish_page(privacy, "<p>New.</p>", timezone.now())
    reload_practice()

    assert Enrollment.objects.get().consent_versions == [old.pk]
    assert address in as_mother.get(reverse("my_data")).text
    page = as_mother.get(address).text
    assert "<p>Old.</p>" in page
    assert "which you agreed to" in page


def test_nobody_agrees_to_words_they_have_not_seen(as_mother, mother, program, privacy):
    make_screening(mother, timezone.now())
    before = seen(as_mother)
    publish_page(privacy, "<p>New.</p>", timezone.now())
    reload_practice()

    for sent in ({"agreed": "on", "seen": before}, {"agreed": "on"}):
        page = as_mother.post(reverse("enroll"), sent, follow=True).text
        assert "These words have just changed" in page
    assert not Enrollment.objects.exists()


def test_drafts_and_other_pages_stay_closed(as_mother, program, privacy):
    other = publish_page(Page.objects.create(title="About", slug="about"), "<p>Me.</p>", timezone.now())

    assert as_mother.get(reverse("agreed_page", args=[other.versions.get().pk])).status_code == 404


def test_the_words_can_be_read_before_there_is_an_account(client, privacy):
    page = client.get(reverse("account_signup")).text

    assert f'<a href="{privacy.get_absolute_url()}">Privacy</a>' in page


def test_what_was_agreed_to_outlives_its_page(as_mother, mother, therapist, program, privacy):
    make_screening(mother, timezone.now())
    as_mother.post(reverse("enroll"), {"agreed": "on", "seen": seen(as_mother)})
    [number] = Enrollment.objects.get().consent_versions

    desk = Client()
    desk.force_login(therapist)
    desk.post(reverse("admin:blog_page_delete", args=[privacy.pk]), {"post": "yes"})
    reload_practice()

    assert not Page.objects.exists()
    address = reverse("agreed_page", args=[number])
    assert address in as_mother.get(reverse("my_data")).text
    assert "<p>Old.</p>" in as_mother.get(address).text


def test_versions_of_an_article_go_with_it(db):
    article = Article.objects.create(title="Rest", slug="rest", body="<p>Rest.</p>")
    save_version(article, None, timezone.now())

    article.delete()

    assert not Version.objects.exists()
