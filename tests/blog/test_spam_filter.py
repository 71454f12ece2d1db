"""An outside spam filter, asked over a real connection."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from blog import hooks
from blog.akismet import Akismet
from blog.models import Comment
from blog.moderation import Reason, Status

pytestmark = pytest.mark.django_db
WORDS = {"name": "Nora", "email": "nora@example.net", "website": "", "body": "Hello"}


@pytest.fixture
def service():
    """A server that answers as the filter does; `answer` can be set, `asked` holds what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        answer, asked = b"false", []

        def do_POST(self):
            self.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(Handler.answer)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    Handler.address = f"http://127.0.0.1:{server.server_port}/"
    yield Handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def use(monkeypatch):
    """A function that registers one filter for this test."""
    monkeypatch.setattr(hooks, "_spam_filters", [])
    return hooks.use_spam_filter


@pytest.mark.parametrize(
    ("answer", "status", "reasons"),
    [(b"true", Status.SPAM, [Reason.FILTER]), (b"false", Status.PENDING, [Reason.HELD_ALL, Reason.TOO_FAST])],
)
def test_its_answer_counts(client, article, service, use, answer, status, reasons):
    service.answer = answer
    use(Akismet("key", "https://tend.example", check=service.address))

    client.post(reverse("article_comment", args=[article.slug]), WORDS)

    comment = Comment.objects.get()
    assert (comment.status, comment.reasons) == (status, reasons)
    assert service.asked[-1]["comment_content"] == ["Hello"]


def test_when_it_is_away_nothing_is_lost_and_nothing_is_spam(client, article, use):
    use(Akismet("key", "https://tend.example", check="http://127.0.0.1:9/"))

    client.post(reverse("article_comment", args=[article.slug]), WORDS)

    assert Comment.objects.get().status == Status.PENDING


def test_members_are_never_told_to_it(client, article, member, service, use):
    use(Akismet("key", "https://tend.example", check=service.address))
    service.asked.clear()
    client.force_login(member)

    client.post(reverse("article_comment", args=[article.slug]), {"name": "Owl", "body": "Hello"})

    assert service.asked == []
    assert Comment.objects.get().status == Status.PENDING
