"""Logs and error reports tell where something failed, and nothing a person said."""

import io
import logging

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from postpartum.logs import LineFormatter
from tests.faults import rows_refused

SECRET = "leaking-since-tuesday"


@pytest.fixture
def log():
    """What goes to the log of the site, as text."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter("{asctime} {levelname} {name} {message}", style="{"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def reports(settings):
    """Error reports go to the operator."""
    settings.ADMINS = [("Operator", "ops@example.org")]


@pytest.mark.django_db(transaction=True)
def test_a_failing_page_tells_where_and_nothing_she_wrote(client, therapist, log, reports):
    article = Article.objects.create(
        title="Rest", slug="rest", author=therapist, status="published", published_at=timezone.now()
    )
    words = {"name": "Ana", "email": "ana@example.org", "body": SECRET}
    client.raise_request_exception = False

    with rows_refused("blog_comment"):
        response = client.post(reverse("article_comment", args=[article.slug]), words)

    assert response.status_code == 500
    [report] = mail.outbox
    assert SECRET in str(response.exc_info[1])
    for told in (log.getvalue(), report.subject + report.body, response.content.decode()):
        assert SECRET not in told
    assert "IntegrityError" in log.getvalue()
    assert "in post_comment" in log.getvalue()
    assert "POST articles/<slug:slug>/comment/" in report.body
    assert "in post_comment" in report.body


def test_an_error_outside_a_page_is_told_too(log):
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("postpartum").exception("a duty failed")

    assert "a duty failed" in log.getvalue()
    assert "KeyError" in log.getvalue()
    assert SECRET not in log.getvalue()
