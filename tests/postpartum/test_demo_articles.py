"""The demo's articles and comments: a conversation as it is, and nobody is written to."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.html import strip_tags

from blog.models import Article, Comment
from postpartum.demo.articles import seed_articles
from postpartum.models import Mail
from programs.models import Concern


@pytest.fixture
def seeded(therapist):
    for _ in range(2):
        seed_articles(therapist, timezone.now())


def test_it_sends_no_mail_and_alarms_nobody(seeded):
    assert not mail.outbox
    assert not Mail.objects.exists()
    assert not Concern.objects.exists()


def test_every_status_is_there_to_look_at_and_every_answer_has_its_place(seeded):
    assert set(Comment.objects.values_list("status", flat=True)) >= {"approved", "pending"}
    assert Comment.objects.exclude(parent=None).exists()


@pytest.fixture
def articles(seeded):
    return list(Article.objects.select_related("topic").prefetch_related("sources"))


def test_there_is_enough_to_read_on_what_members_ask_about(articles):
    assert {article.topic.slug for article in articles} >= {
        "cesarean",
        "core",
        "moving-again",
        "closeness",
        "mood",
    }
    assert not [article.slug for article in articles if len(strip_tags(article.body).split()) < 900]


def test_every_source_is_cited_and_every_citation_has_its_source(articles):
    for article in articles:
        cited = {int(number) for number in re.findall(r'href="#source-(\d+)"', article.body)}
        assert cited == set(range(1, article.sources.count() + 1)), article.slug


def test_every_way_on_leads_to_a_page(client, program, articles):
    addresses = {link for article in articles for link in re.findall(r'href="(/[^"#]*)', article.body)}

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_every_article_says_when_to_stop_and_that_its_review_is_due(articles):
    for article in articles:
        assert 'href="/safety/"' in article.body, article.slug
        assert article.body.count('href="/exercises/') >= 3, article.slug
        assert "still awaits its review" in " ".join(article.body.split()), article.slug
        assert not article.reviewed_by


def test_the_one_on_low_mood_begins_with_who_to_call(articles):
    body = next(article.body for article in articles if article.slug == "low-mood")

    assert body.lstrip().startswith("<h2>If you need help now</h2>")
    assert (
        body.index('href="tel:988"')
        < body.index('href="/safety/#numbers"')
        < body.index("You’re not the only one")
    )
