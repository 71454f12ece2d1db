"""What a first visit to an article with 100 comments weighs: bytes on the way, and nodes in the browser."""

import gzip
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
import yaml
from django.conf import settings

from blog.models import Comment, Topic
from blog.moderation import Status
from blog.sanitizing import comment_html
from blog.services import refresh_thread

from .conftest import NOW

pytestmark = pytest.mark.django_db
MOST_NODES, MOST_BYTES = 1_000, 22 * 1024
DEMO, STATIC = Path(settings.BASE_DIR) / "postpartum/demo", Path(settings.BASE_DIR) / "static"


class _Elements(HTMLParser):
    count = 0

    def handle_starttag(self, tag, attrs):
        self.count += 1


def elements(html):
    """How many elements the page has."""
    parser = _Elements()
    parser.feed(html)
    return parser.count


@pytest.fixture
def talked_about(make_article):
    """A demo article, with exercises on its topic and 100 comments of 35 words from the demo’s; six in ten answer."""
    body = yaml.safe_load((DEMO / "articles/back-pain-after-birth.yaml").read_text())["body"]
    article = make_article(body=body, topic=Topic.objects.create(slug="core", name="Core"))
    words = " ".join(one["body"] for one in yaml.safe_load((DEMO / "comments.yaml").read_text())).split()
    random, said = Random(5), []
    for number in range(100):
        body = " ".join(random.choices(words, k=35))
        parent = random.choice(said[-8:]) if said and random.random() < 0.6 else None
        said.append(
            Comment.objects.create(
                article=article,
                parent=parent,
                name=f"{random.choice(words).title()} {number}",
                body=body,
                html=comment_html(body),
                status=Status.APPROVED,
                created_at=NOW - timedelta(hours=5 * (100 - number)),
            )
        )
    refresh_thread(article.pk, NOW)
    return article


def test_it_stays_light(client, program, talked_about):
    page = client.get(talked_about.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.content).decode()

    assert html.count('class="comment"') == 100
    assert html.count("Report</a>") == 100
    assert "Exercises on this topic" in html
    assert elements(html) <= MOST_NODES
    fetched = [html.encode(), *((STATIC / name).read_bytes() for name in ("css/site.css", "img/mark.svg"))]
    # As visitors without a cookie get it: from memory, packed as tightly as can be.
    assert sum(len(gzip.compress(one, 9)) for one in fetched) <= MOST_BYTES
