"""The newsletter: asked for twice, once a week at most, ended with one tap."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from postpartum.models import NewsletterSubscriber
from postpartum.newsletter.sending import send_next_newsletter
from postpartum.newsletter.subscriptions import confirm, forget_unconfirmed, stop_token
from postpartum.newsletter.timing import newest_issue, read_weekly

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 5, 7, 9, tzinfo=UTC)
ADDRESS = "ines@example.org"


def ask(client, email=ADDRESS):
    """Send the form."""
    return client.post(reverse("letter"), {"email": email}, follow=True)


def path_in(message, name):
    """The path of the link to the page `name` in a mail."""
    start = reverse(name, args=["x"]).removesuffix("x/")
    return next(line[line.index(start) :] for line in message.body.splitlines() if start in line)


def publish(at, title="Breathing", **fields):
    """An article published at `at`."""
    slug = f"a{Article.objects.count()}"
    return Article.objects.create(
        title=title, slug=slug, summary="Two sentences.", status="published", published_at=at, **fields
    )


@pytest.fixture
def reader():
    """Someone who gets the letter since a week before that Thursday."""
    return NewsletterSubscriber.objects.create(
        email=ADDRESS, confirmed_at=THURSDAY - timedelta(days=7), sent_until=THURSDAY - timedelta(days=7)
    )


def send_all(now):
    """Let the duty run until nothing is due."""
    while send_next_newsletter(now):
        pass


@pytest.mark.parametrize(
    ("now", "issue"),
    [
        (THURSDAY, THURSDAY),
        (THURSDAY - timedelta(seconds=1), THURSDAY - timedelta(days=7)),
        (THURSDAY + timedelta(days=6, hours=23), THURSDAY),
        (THURSDAY.replace(hour=3), THURSDAY - timedelta(days=7)),
    ],
)
def test_an_issue_is_on_thursday(now, issue):
    assert newest_issue(now, settings.NEWSLETTER_AT) == issue


def test_another_time_of_the_week_can_be_set():
    assert newest_issue(THURSDAY, read_weekly("Sun 18:45")) == datetime(2026, 5, 3, 18, 45, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "thursday", "9:00", "thu 25:00", "thu 9"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="does not match"):
        read_weekly(text)


def test_nothing_before_the_second_yes(client):
    ask(client, "Ines@Example.org")
    [message] = mail.outbox
    assert message.to == [ADDRESS]
    path = path_in(message, "letter_confirm")

    client.get(path)
    assert NewsletterSubscriber.objects.get().confirmed_at is None
    assert "Welcome" in client.post(path).content.decode()

    first = NewsletterSubscriber.objects.get().confirmed_at
    client.post(path)
    assert first == NewsletterSubscriber.objects.get().confirmed_at is not None


def test_the_page_answers_everyone_the_same(client, reader):
    known = ask(client)
    unknown = ask(client, "nora@example.org")

    assert known.content == unknown.content
    assert [message.to for message in mail.outbox] == [["nora@example.org"]]


def test_asking_again_and_again_floods_nobodys_mailbox(client):
    for _ in range(5):
        ask(client)
    assert len(mail.outbox) == 1

    for number in range(12):
        page = ask(client, f"reader{number}@example.org")
    assert page.status_code == 429
    assert 3500 < int(page.headers["Retry-After"]) <= 3600
    assert "Please wait 60 minutes, then send it again." in page.content.decode()
    assert 'value="reader11@example.org"' in page.content.decode()


def test_what_is_no_address_is_said(client):
    response = client.post(reverse("letter"), {"email": "no-address"})

    assert response.status_code == 422
    assert 'value="no-address"' in response.content.decode()


def test_new_articles_come_once(reader):
    publish(THURSDAY - timedelta(days=2), "The newest")
    publish(THURSDAY - timedelta(days=30), "Old")
    publish(THURSDAY + timedelta(days=1), "Not yet")
    publish(THURSDAY - timedelta(days=1), "Draft").__class__.objects.filter(title="Draft").update(
        status="draft"
    )

    send_all(THURSDAY)
    send_all(THURSDAY + timedelta(hours=1))

    [message] = mail.outbox
    assert message.subject == "A new article"
    assert "The newest" in message.body
    for title in ("Old", "Not yet", "Draft"):
        assert title not in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    send_all(THURSDAY + timedelta(days=7))
    assert "Not yet" in mail.outbox[1].body


def test_a_week_without_articles_is_a_week_without_letter(reader):
    send_all(THURSDAY)

    assert mail.outbox == []


def test_one_tap_ends_it_and_forgets_the_address(client, reader):
    address = reverse("letter_stop", args=[stop_token(reader)])

    client.get(address)
    assert NewsletterSubscriber.objects.exists()
    assert client.post(address).status_code == 200
    assert not NewsletterSubscriber.objects.exists()
    assert client.post(address).status_code == 200
    assert client.post(reverse("letter_stop", args=["1.forged"])).status_code == 404


def test_an_unconfirmed_address_is_forgotten_and_its_link_says_so(client, reader):
    ask(client, "nora@example.org")
    path = path_in(mail.outbox[0], "letter_confirm")

    forget_unconfirmed(timezone.now() + timedelta(days=8))

    assert [one.email for one in NewsletterSubscriber.objects.all()] == [ADDRESS]
    assert client.get(path).status_code == 410


def test_a_reader_gets_only_what_comes_after_her_yes():
    reader = NewsletterSubscriber.objects.create(email=ADDRESS, sent_until=THURSDAY - timedelta(days=3))
    publish(THURSDAY - timedelta(days=2))
    confirm(reader, THURSDAY - timedelta(days=1))

    send_all(THURSDAY)

    assert mail.outbox == []


def test_the_number_of_queries_does_not_grow_with_readers(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        send_next_newsletter(THURSDAY)
