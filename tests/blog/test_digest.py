"""One email a day in place of one for each comment: chosen at the desk, sent by the worker, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from blog.models import CommentMailChoice
from blog.moderation import Status
from blog.services import moderate_comments
from blog.services.digests import choose_comment_mails, send_digests
from postpartum.background import periodic_duties, work_once

from .conftest import NOW

pytestmark = pytest.mark.django_db

SETTINGS = reverse("admin:desk_comment_mails")
DAILY = CommentMailChoice.Frequency.DAILY
MORNING = datetime(2026, 11, 21, 6, tzinfo=UTC)  # 7:00 in Madrid, the day after NOW


@pytest.fixture
def daily(therapist):
    """The therapist, who lives in Madrid and wants one email a day at 7:00."""
    therapist.time_zone = "Europe/Madrid"
    therapist.save()
    choose_comment_mails(therapist, DAILY, 7, NOW)
    return therapist


def digests(now):
    """The emails that the digests due at `now` send."""
    mail.outbox.clear()
    send_digests(now)
    return list(mail.outbox)


def test_she_chooses_it_at_the_desk_and_the_worker_sends_it(client, article, say, therapist, delivered):
    client.force_login(therapist)
    page = client.get(reverse("admin:blog_comment_changelist")).content.decode()
    assert SETTINGS in page
    sent = client.post(SETTINGS, {"frequency": "daily", "hour": "0"}, follow=True)
    assert "Saved." in sent.content.decode()
    CommentMailChoice.objects.update(digest_at=NOW - timedelta(days=2))
    say(article, "My scar pulls.", name="Mei")
    assert delivered() == []

    work_once([duty for duty in periodic_duties() if duty.duty is send_digests])

    [message] = mail.outbox
    assert message.to == [therapist.email]
    assert message.subject == "1 comment is waiting for you"


def test_an_hour_that_no_clock_has_is_refused(client, therapist):
    client.force_login(therapist)

    assert client.post(SETTINGS, {"frequency": "daily", "hour": "24"}).status_code == 422
    assert client.post(SETTINGS, {"frequency": "hourly", "hour": "7"}).status_code == 422
    assert not CommentMailChoice.objects.exists()


def test_it_lists_who_wrote_where_and_never_what(article, say, daily, settings):
    first = say(article, "My scar pulls.", name="Mei")
    say(article, "It leaks when I laugh.", name="Jo")

    [message] = digests(MORNING)

    assert message.subject == "2 comments are waiting for you"
    assert "Mei under “Back pain after birth”, November 20, 2026" in message.body
    assert f"{settings.SITE_URL}{reverse('admin:blog_comment_changelist')}?open={first.pk}" in message.body
    assert settings.SITE_URL + SETTINGS in message.body
    assert "scar" not in message.body
    assert "leaks" not in message.body


def test_it_comes_once_a_day_at_the_hour_of_her_own_clock(article, say, daily):
    say(article, "Hello")

    assert digests(MORNING - timedelta(minutes=1)) == []
    assert len(digests(MORNING)) == 1
    assert digests(MORNING + timedelta(minutes=1)) == []
    assert digests(MORNING + timedelta(hours=17)) == []  # the next local day, before the hour
    assert len(digests(MORNING + timedelta(days=1))) == 1


def test_one_due_while_no_worker_ran_comes_late_once(article, say, daily):
    say(article, "Hello")

    assert len(digests(MORNING + timedelta(days=3, hours=5))) == 1
    assert digests(MORNING + timedelta(days=3, hours=6)) == []


def test_nothing_is_sent_where_there_is_nothing(article, say, daily):
    comment = say(article, "Hello")
    moderate_comments(type(comment).objects.all(), Status.TRASH, NOW)

    assert digests(MORNING) == []


def test_it_tells_what_is_public_already_once(article, said, daily):
    said(article, "Hello", name="Ana", now=NOW + timedelta(hours=1))

    [message] = digests(MORNING)
    assert message.subject == "New comments on your site"
    assert "Ana under" in message.body
    assert digests(MORNING + timedelta(days=1)) == []


def test_each_moderator_reads_of_the_comments_that_are_hers_to_decide(
    article, make_article, say, daily, moderator
):
    choose_comment_mails(moderator, DAILY, 7, NOW)
    say(article, "Under the therapist's", name="Mei")
    say(make_article(author=None), "Under nobody's", name="Jo")

    said = {message.to[0]: message.body for message in digests(MORNING + timedelta(hours=2))}

    assert "Mei" in said[daily.email]
    assert "Jo" in said[daily.email]
    assert "Mei" not in said[moderator.email]
    assert "Jo" in said[moderator.email]


def test_a_comment_is_not_mailed_by_itself_any_more_but_an_emergency_is(article, say, daily):
    mail.outbox.clear()
    say(article, "Hello")
    assert mail.outbox == []

    say(article, "I want to end my life.", name="Mei")

    assert [message.to for message in mail.outbox] == [[daily.email]]
    [message] = digests(MORNING)
    assert message.body.index("Mei under") < message.body.index("Nora under")
    assert "Please read this one first." in message.body


def test_who_wants_no_emails_still_hears_of_an_emergency(article, say, therapist):
    choose_comment_mails(therapist, CommentMailChoice.Frequency.NEVER, 7, NOW)
    mail.outbox.clear()

    say(article, "Hello")
    say(article, "I want to end my life.", name="Mei")

    assert len(mail.outbox) == 1
    assert digests(MORNING) == []


def test_who_may_no_longer_moderate_gets_none(article, say, daily):
    say(article, "Hello")
    type(daily).objects.update(is_superuser=False)

    assert digests(MORNING) == []


def test_a_long_queue_makes_no_long_email_and_no_more_queries(article, say, daily, django_assert_num_queries):
    def due_again():
        CommentMailChoice.objects.update(digest_at=NOW)
        mail.outbox.clear()

    say(article, "Hello")
    with django_assert_num_queries(12):
        send_digests(MORNING)
    for number in range(24):
        say(article, f"Hello {number}", name=f"Ana{number}")
    due_again()

    with django_assert_num_queries(12):
        send_digests(MORNING)

    [message] = mail.outbox
    assert message.subject == "25 comments are waiting for you"
    assert message.body.count(" under “") == 20
    assert "5 more are in the inbox." in message.body
