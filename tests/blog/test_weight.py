"""What a first visit to an article with 100 comments weighs: bytes on the way, and nodes in the browser."""

import gzip
from base64 import b64encode
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import deflate
import pytest
import yaml
from django.conf import settings

from blog.models import Comment, Topic
from blog.moderation import Status
from blog.sanitizing import comment_html
from blog.services import refresh_thread
from common.pictures import FACE_BYTES
from common.practice import override_practice
from postpartum.compression import packed_to_keep
from postpartum.static_files import LEVEL as STATIC_LEVEL

from .conftest import NOW

pytestmark = pytest.mark.django_db
MOST_NODES, MOST_BYTES = 1_000, 22 * 1024
FILES = ("css/site.css", "img/mark.svg")  # all that is fetched before a reader scrolls
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


@pytest.fixture(params=["drawing", "photograph"])
def face(request, settings):
    """The therapist's face in its byline, drawn, or a photograph as large as one may be."""
    if request.param == "photograph":
        data = b64encode(Random(7).randbytes(FACE_BYTES)).decode()
        override_practice({"face_url": f"data:image/webp;base64,{data}"})
    yield
    override_practice({})


def test_it_stays_light(client, program, talked_about, face):
    page = client.get(talked_about.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.content).decode()

    assert html.count('class="comment"') == 100
    assert html.count("Report</a>") == 100
    assert "Exercises on this topic" in html
    assert elements(html) <= MOST_NODES
    assert html.count(' class="byline">\n') == 1
    # As visitors without a cookie get it: from memory, and the collected files.
    page_bytes = len(packed_to_keep(html.encode()))
    files = sum(len(deflate.gzip_compress((STATIC / name).read_bytes(), STATIC_LEVEL)) for name in FILES)
    assert html.count('<img src="data:image/') == 1
    assert page_bytes + files <= MOST_BYTES
