"""Who is told what, and when: never before approval, never twice, never to who said no."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Comment, CommentPolicy, UnsubscribedAddress
from blog.moderation import Mode, Status
from blog.services import approve_comment, erase_comments, moderate_comments
from blog.tokens import unsubscribe_token
from common.encryption import encrypt
from postpartum.mail.sending import send_next
from postpartum.models import Mail

from .conftest import NOW

pytestmark = pytest.mark.django_db
APPROVED, ANSWERED = "Your comment is public now", "Someone answered your comment"


@pytest.fixture(autouse=True)
def sent(django_capture_on_commit_callbacks):
    """Runs something and gives the mails it sent, as (to, subject), without those to the therapist."""

    def sent(what, *arguments, **options):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            what(*arguments, **options)
        return [(m.to[0], m.subject) for m in mail.outbox if m.to[0] != "therapist@example.org"]

    return sent


def approve(comment):
    """Approve it as it stands in the database."""
    approve_comment(Comment.objects.get(pk=comment.pk), NOW)


def test_she_is_told_when_her_comment_is_approved_and_not_before(article, say, sent):
    assert sent(say, article, "Hello") == []
    comment = Comment.objects.get()

    assert sent(approve, comment) == [("nora@example.net", APPROVED)]


def test_she_is_told_once_whatever_happens_then(article, say, sent):
    comment = say(article, "Hello")
    approve(comment)

    moderate_comments(Comment.objects.all(), Status.SPAM, NOW)

    assert sent(approve, comment) == []


def test_nobody_is_told_of_what_was_never_held(article, say, sent):
    CommentPolicy.objects.create(pk=1, mode=Mode.APPROVE_ALL)

    assert sent(say, article, "There at once") == []


def test_she_is_told_of_an_answer_if_she_asked_when_it_is_approved(article, said, say, sent):
    comment = said(article, "A question?", wants_answers=True)

    assert sent(say, article, "An answer", name="Ana", parent=comment) == []
    answer = Comment.objects.get(name="Ana")
    assert sent(approve, answer) == [("ana@example.net", APPROVED), ("nora@example.net", ANSWERED)]
    moderate_comments(Comment.objects.filter(pk=answer.pk), Status.TRASH, NOW)
    assert sent(approve, answer) == []


@pytest.mark.parametrize("status", [Status.SPAM, Status.TRASH])
def test_she_never_hears_of_an_answer_that_was_refused(article, said, say, sent, status):
    comment = said(article, "A question?", wants_answers=True)
    say(article, "Rubbish", name="Ana", parent=comment)

    assert sent(moderate_comments, Comment.objects.filter(name="Ana"), status, NOW) == []


def test_she_is_not_told_if_she_did_not_ask_or_answers_herself(article, said, sent):
    silent = said(article, "No mails please")
    asking = said(article, "A question?", name="Ana", wants_answers=True)

    assert sent(said, article, "Answer", name="Bea", parent=silent) == [("bea@example.net", APPROVED)]
    assert sent(said, article, "I found out", name="Ana", parent=asking) == [("ana@example.net", APPROVED)]


def test_the_therapists_answer_is_told_at_once(article, said, say, sent, therapist):
    comment = said(article, "A question?", wants_answers=True)

    assert sent(say, article, "Yes.", name="Elena", author=therapist, parent=comment) == [
        ("nora@example.net", ANSWERED)
    ]


def test_the_therapist_hears_of_waiting_comments_but_not_of_spam(article, say, sent):
    def subjects():
        return [m.subject for m in mail.outbox if m.to == ["therapist@example.org"]]

    sent(say, article, "Hello")
    assert subjects() == ["A comment is waiting for you"]
    sent(say, article, "Buy", honeypot="x", name="Bot")
    assert subjects() == []


def test_who_hears_of_waiting_comments(article, make_article, say, sent, therapist, helper, moderator):
    def told():
        return sorted(m.to[0] for m in mail.outbox)

    sent(say, article, "To the author")
    assert told() == [therapist.email]
    sent(say, make_article(author=helper), "Her author does not decide")
    assert told() == [moderator.email, therapist.email]
    sent(say, make_article(author=None), "Nobody's article")
    assert told() == [moderator.email, therapist.email]


def test_each_mail_can_be_ended_by_one_click_in_the_mail_program(article, say, sent, settings):
    comment = say(article, "Hello", wants_answers=True)
    sent(approve, comment)
    [message] = mail.outbox

    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    browser = Client(enforce_csrf_checks=True)  # a mail program has no token
    response = browser.post(address.removeprefix(settings.SITE_URL), {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert [quiet.email for quiet in UnsubscribedAddress.objects.all()] == ["nora@example.net"]
    assert not Comment.objects.get().wants_answers


def test_a_quiet_address_gets_nothing_any_more(client, article, said, say, sent):
    comment = said(article, "A question?", wants_answers=True)
    address = reverse("comment_quiet", args=[unsubscribe_token(comment.email)])
    for _ in range(2):
        assert client.post(address).status_code == 200

    again = say(article, "Another", email="NORA@example.net", wants_answers=True)
    assert sent(approve, again) == []
    answer = say(article, "Answer", name="Ana", parent=comment)
    assert sent(approve, answer) == [("ana@example.net", APPROVED)]


def test_opening_the_link_ends_nothing(client, article, say):
    comment = say(article, "Hello", wants_answers=True)

    assert client.get(reverse("comment_quiet", args=[unsubscribe_token(comment.email)])).status_code == 200
    assert not UnsubscribedAddress.objects.exists()


@pytest.mark.parametrize(
    "token", ["x", "é", encrypt("nora@example.net"), encrypt(["other", "nora@example.net"])]
)
def test_a_link_that_is_not_ours_never_says_done(client, token):
    for ask in (client.get, client.post):
        assert ask(reverse("comment_quiet", args=[token])).status_code == 404
    assert not UnsubscribedAddress.objects.exists()


@pytest.mark.parametrize("answered", [True, False])
def test_the_link_works_when_its_comment_was_erased(client, article, said, say, sent, settings, answered):
    comment, other = (said(article, words, wants_answers=True) for words in ("A question?", "Another?"))
    assert sent(approve, say(article, "Answer", name="Ana", parent=comment))
    [message] = [message for message in mail.outbox if message.to == ["nora@example.net"]]
    address = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL)
    gone = Comment.objects.filter(pk=comment.pk) if answered else Comment.objects.filter(article=article)
    erase_comments(gone, timezone.now())

    assert client.post(address).status_code == 200

    assert UnsubscribedAddress.objects.get().email == "nora@example.net"
    assert not Comment.objects.filter(pk=other.pk, wants_answers=True).exists()
    assert "nora" not in address


def test_a_mail_that_cannot_be_sent_undoes_nothing_and_waits(article, say, settings):
    settings.EMAIL_BACKEND = "postpartum.mail.queue.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    say(article, "Still kept")
    send_next(timezone.now())

    assert Comment.objects.get().body == "Still kept"
    assert [mail.state for mail in Mail.objects.all()] == [Mail.State.WAITING]


def test_no_mail_to_a_writer_shows_another_writers_address(article, said, say, sent):
    comment = said(article, "A question?", wants_answers=True)
    answer = say(article, "An answer", name="Ana", parent=comment)
    sent(approve, answer)

    to_nora = next(m for m in mail.outbox if m.to == ["nora@example.net"])
    assert "ana@example.net" not in to_nora.message().as_string()
