"""The outside spam filter, asked over a real connection: Akismet's server is played by one on this machine."""

import socket
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

import psycopg2
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from blog.models import Comment
from blog.moderation import Reason, Status

pytestmark = pytest.mark.django_db
MOST_SECONDS = 300  # far more than anybody is let wait for it, however busy the machine
WORDS = {"name": "Nora", "email": "nora@example.net", "website": "nora.example", "body": "Hello"}


class Akismet:
    """What it was asked is in `asked`; `answer(handler)` answers, false unless set otherwise.

    `given_up` is set when nobody waits for it any more.
    """

    def __init__(self):
        self.asked, self.answer, self.given_up = [], says(b"false"), Event()


def says(body, status=200):
    """An answer."""

    def answer(handler):
        handler.send_response(status)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def hangs(handler):
    """One that comes a little at a time, and its verdict only after whoever asked has given up."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(MOST_SECONDS):
        handler.wfile.write(f"X-{number}: x\r\n".encode())
        if handler.server.akismet.given_up.wait(1):
            return
    handler.wfile.write(b"\r\ntrue")


def no_http(handler):
    """One that is no answer at all."""
    handler.wfile.write(b"What?\r\n\r\n")


@pytest.fixture
def akismet(settings):
    """Akismet, and a site that uses it."""
    akismet = Akismet()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            akismet.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            try:
                akismet.answer(self)
            except OSError:  # whoever asked has gone
                self.close_connection = True

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.akismet = akismet
    Thread(target=server.serve_forever, daemon=True).start()
    settings.AKISMET_KEY = "a-key"
    settings.AKISMET_URL = f"http://127.0.0.1:{server.server_port}/1.1/comment-check"
    yield akismet
    akismet.given_up.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def address(article):
    """Where its comments are written."""
    return reverse("article_comment", args=[article.slug])


@pytest.mark.parametrize(
    ("answer", "status", "reasons"),
    [(b"true", Status.SPAM, [Reason.FILTER]), (b"false", Status.PENDING, [Reason.HELD_ALL, Reason.TOO_FAST])],
)
def test_its_answer_counts(client, article, akismet, address, answer, status, reasons):
    akismet.answer = says(answer)

    client.post(address, WORDS, headers={"User-Agent": "A browser"})

    comment = Comment.objects.get()
    assert (comment.status, comment.reasons) == (status, reasons)
    assert akismet.asked == [
        {
            "api_key": ["a-key"],
            "blog": ["http://localhost:8000"],
            "permalink": [f"http://localhost:8000{article.get_absolute_url()}"],
            "comment_type": ["comment"],
            "comment_author": ["Nora"],
            "comment_author_url": ["https://nora.example"],
            "comment_content": ["Hello"],
            "user_ip": ["127.0.0.1"],
            "user_agent": ["A browser"],
        }
    ]


def test_a_guest_reads_that_it_is_asked_and_a_member_does_not(client, akismet, address, member):
    assert "checked by Akismet" in client.get(address).text
    client.force_login(member)
    assert "Akismet" not in client.get(address).text


def test_without_a_key_nobody_is_asked(client, akismet, address, settings):
    settings.AKISMET_KEY = ""

    assert "Akismet" not in client.get(address).text
    client.post(address, WORDS)

    assert akismet.asked == []
    assert Comment.objects.get().status == Status.PENDING


@pytest.mark.parametrize(
    "answer",
    [says(b"invalid"), says(b""), says(b"true", status=500), says(b"x" * 100_000), no_http, hangs],
    ids=["wrong key", "nothing", "error", "too much", "no HTTP", "too late"],
)
def test_whatever_goes_wrong_with_it_the_comment_goes_its_way(client, akismet, address, answer, caplog):
    akismet.answer = answer

    response = client.post(address, WORDS)

    assert response.status_code == 302
    assert Comment.objects.get().status == Status.PENDING
    assert "Akismet" in caplog.text
    assert "Hello" not in caplog.text


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://nowhere.invalid/", "nonsense"])
def test_if_it_cannot_be_reached_the_comment_goes_its_way(client, akismet, address, settings, url, caplog):
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    settings.AKISMET_URL = url.format(port=port)

    client.post(address, WORDS)

    assert Comment.objects.get().status == Status.PENDING
    assert "The request to Akismet failed" in caplog.text


def test_members_are_never_told_to_it(client, akismet, address, member):
    client.force_login(member)

    client.post(address, {"name": "Owl", "body": "Hello"})

    assert akismet.asked == []
    assert Comment.objects.get().status == Status.PENDING


def test_words_of_an_emergency_are_not_told_to_it(client, akismet, address):
    client.post(address, WORDS | {"body": "Some days I want to die."})

    assert akismet.asked == []


def test_changed_words_are_shown_to_it_too(client, akismet, address):
    own = client.post(address, WORDS)["Location"]
    akismet.answer = says(b"true")

    client.post(f"{own}change/", {"body": "Buy now"})

    assert akismet.asked[-1]["comment_content"] == ["Buy now"]
    assert Comment.objects.get().status == Status.SPAM


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_it(client, akismet, address):
    wanted = connection.get_connection_params()
    found = []

    def looks(handler):
        with (
            closing(
                psycopg2.connect(
                    **{key: wanted[key] for key in ("dbname", "user", "host", "port") if key in wanted}
                )
            ) as other,
            other.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT state FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [wanted["dbname"]],
            )
            found.extend(state for (state,) in cursor.fetchall())
        says(b"false")(handler)

    akismet.answer = looks
    client.post(address, WORDS)

    assert found
    assert set(found) == {"idle"}
    assert Comment.objects.get().created_at <= timezone.now()
