"""The queue of comments in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.models import BlockedSender, Comment, CommentPolicy
from blog.moderation import Status
from blog.services import approve_comment

from .conftest import NOW

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:blog_comment_changelist")


@pytest.fixture
def desk(client, therapist):
    """The therapist at her desk."""
    client.force_login(therapist)
    return client


def act(desk, action, *comments):
    """Choose comments in the list and an action."""
    chosen = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    return desk.post(QUEUE, chosen, follow=True)


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("approve", Status.APPROVED),
        ("mark_as_spam", Status.SPAM),
        ("put_in_trash", Status.TRASH),
        ("bar", Status.SPAM),
    ],
)
def test_she_decides_about_many_at_once(desk, article, say, action, status):
    chosen = [say(article, "One"), say(article, "Two")]
    left = say(article, "Three")

    response = act(desk, action, *chosen)

    statuses = {comment.body: comment.status for comment in Comment.objects.all()}
    assert statuses == {"One": status, "Two": status, left.body: Status.PENDING}
    assert "2 comments changed" in response.text


def test_approved_in_the_queue_it_is_read_at_once(desk, article, say):
    act(desk, "approve", say(article, "Read me"))

    assert "Read me" in desk.get(article.get_absolute_url()).text


@pytest.mark.parametrize("action", ["mark_as_spam", "put_in_trash"])
def test_undo_brings_back_what_was_there(desk, article, said, action):
    comment = said(article, "Oops")
    act(desk, action, comment)
    assert "Oops" not in desk.get(article.get_absolute_url()).text

    act(desk, "undo", comment)

    assert "Oops" in desk.get(article.get_absolute_url()).text


def test_a_barred_person_is_not_heard_any_more(desk, article, say):
    act(desk, "bar", say(article, "Rude"))
    act(desk, "bar", say(article, "Rude too", email="NORA@example.net"))

    page = desk.get(reverse("admin:blog_blockedsender_changelist")).text
    assert "Barred at" in page
    assert "Blocked" not in page
    assert [barred.email for barred in BlockedSender.objects.all()] == ["nora@example.net"]
    assert say(article, "Again", email="Nora@Example.net").status == Status.SPAM
    assert say(article, "Somebody else", name="Ana").status == Status.PENDING


def test_the_question_whether_to_delete_cuts_no_word(desk, article, say):
    comment = say(
        article, "When I breathe wide like this, my cesarean scar pulls a little, and then it stops."
    )

    page = desk.get(reverse("admin:blog_comment_delete", args=[comment.pk])).text
    assert "my cesarean scar pulls…”?" in page


def test_who_is_barred_is_named(desk, article, say):
    rude, nameless = say(article, "Rude"), say(article, "Rude too", email="")
    page = act(desk, "bar", rude, nameless).text

    assert "Barred: nora@example.net. All they say goes to spam." in page
    assert "1 comment has no email address. It is in spam, but nobody is barred for it." in page
    assert "Bar the writers" in page
    assert "Block the" not in page


def test_what_waits_stands_first_with_its_reason_and_a_way_to_answer(desk, article, say):
    waiting = say(article, "Waiting for a week")
    approve_comment(say(article, "Newer"), NOW)

    page = desk.get(QUEUE).text

    assert page.index("Waiting for a week") < page.index("Newer")
    assert "you read all first" in page
    assert f'action="{reverse("admin:desk_answer", args=[waiting.pk])}"' in page


def test_only_what_waits_says_why_it_waits(desk, article, say):
    decided, found = say(article, "Look at my shop"), say(article, "Buy this", honeypot="x")
    act(desk, "mark_as_spam", decided)

    assert "you read all first" not in desk.get(QUEUE, {"open": decided.pk}).text
    page = desk.get(QUEUE, {"open": found.pk}).text
    assert "Found to be spam: filled in by a program" in page
    assert "Waits because" not in page


def test_an_answer_to_what_became_spam_meanwhile_is_kept(desk, article, say):
    comment = say(article, "Hello")
    act(desk, "mark_as_spam", comment)
    answer = desk.post(reverse("admin:desk_answer", args=[comment.pk]), {"body": "My long answer"})

    assert answer.status_code == 422
    assert "My long answer" in answer.text
    assert "Approve it in another tab" in answer.text


def test_one_conversation_is_open_and_filters_survive_a_decision(desk, article, say):
    first, second = say(article, "The first said"), say(article, "The second said")

    page = desk.get(QUEUE, {"open": first.pk, "status__exact": "pending"}).text
    sent = {"status": "trash", "back": "inbox", "filters": "status__exact=pending"}
    response = desk.post(reverse("admin:desk_comment", args=[first.pk]), sent)

    assert f'data-talk="{first.pk}"' in page
    assert f'data-talk="{second.pk}"' not in page
    assert response["Location"] == f"{QUEUE}?status__exact=pending"


@pytest.mark.parametrize("number", ["0", "x", "9" * 40, "99999"])
def test_a_conversation_that_is_none_says_so(desk, article, say, number):
    say(article, "Hello")

    assert desk.get(QUEUE, {"open": number}).status_code == 200


def test_the_queue_costs_the_same_with_any_number(desk, article, say):
    counts = []
    for name in ("Ana", "Bea", "Cleo"):
        say(article, f"{name} speaks", name=name)
        with CaptureQueriesContext(connection) as queries:
            desk.get(QUEUE)
        counts.append(len(queries))

    assert counts[1:] == counts[:1] * 2


def test_her_corrections_show_at_once_and_the_rest_cannot_be_changed(desk, article, said):
    comment = said(article, "Call me on 0123456789")
    address = reverse("admin:blog_comment_change", args=[comment.pk])

    desk.post(
        address,
        {"name": "Nora", "website": "", "body": "Call me", "status": "spam", "email": "x@example.org"},
    )

    comment.refresh_from_db()
    assert (comment.body, comment.status, comment.email) == ("Call me", Status.APPROVED, "nora@example.net")
    assert "0123456789" not in desk.get(article.get_absolute_url()).text


def test_deleting_for_good_is_gone_from_the_page(desk, article, said):
    comment = said(article, "Gone")

    desk.post(reverse("admin:blog_comment_delete", args=[comment.pk]), {"post": "yes"})

    assert not Comment.objects.exists()
    assert "Gone" not in desk.get(article.get_absolute_url()).text


def test_there_is_one_policy(desk):
    address = reverse("admin:blog_commentpolicy_add")
    sent = {
        "mode": "hold_first",
        "max_links": 3,
        "max_depth": 2,
        "hold_words": "",
        "spam_words": "casino\npills",
    }

    desk.post(address, sent)

    assert [(policy.pk, policy.mode) for policy in CommentPolicy.objects.all()] == [(1, "hold_first")]
    assert desk.get(address).status_code == 403


def test_the_policy_holds_for_what_comes_in(desk, article, say):
    CommentPolicy.objects.create(pk=1, mode="hold_first", spam_words="casino\r\npills")

    assert say(article, "Win at the casino").status == Status.SPAM
    assert say(article, "cheap pills").status == Status.SPAM
    first = say(article, "My first")
    assert first.status == Status.PENDING
    approve_comment(first, NOW)
    assert say(article, "My second").status == Status.APPROVED


def test_using_a_members_address_without_signing_in_is_held(article, say, said, member):
    CommentPolicy.objects.create(pk=1, mode="approve_all")

    assert say(article, "I am she", email=member.email.upper()).status == Status.PENDING
    assert say(article, "It is really me", author=member, email=member.email).status == Status.APPROVED


@pytest.mark.parametrize("name", ["changelist", "add"])
def test_nobody_else_gets_to_the_queue(client, member, name):
    client.force_login(member)

    assert client.get(reverse(f"admin:blog_comment_{name}")).status_code == 302


def decide(desk, comment, **sent):
    return desk.post(reverse("admin:desk_comment", args=[comment.pk]), sent)


def test_what_another_tab_decided_is_told_before_she_decides_again(desk, article, say):
    comment = say(article, "Buy this")
    triage, inbox = desk.get(reverse("admin:index")).text, desk.get(QUEUE).text
    seen = '<input type="hidden" name="was" value="pending">'
    assert seen in triage
    assert seen in inbox
    decide(desk, comment, status="spam", was="pending")

    stale = decide(desk, comment, status="approved", was="pending")

    comment.refresh_from_db()
    assert comment.status == Status.SPAM
    page = desk.get(stale.url).text
    assert "Nothing is done yet." in page
    assert "It is now: Spam." in page
    assert '<input type="hidden" name="was" value="spam">' in page
    decide(desk, comment, status="approved", was="spam")
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED


def test_the_inbox_says_so_where_the_buttons_stand(desk, article, say):
    comment = say(article, "Buy this")
    decide(desk, comment, status="spam")

    address = reverse("admin:desk_comment", args=[comment.pk])
    answer = desk.post(
        address, {"status": "approved", "was": "pending"}, headers={"accept": "application/json"}
    )

    assert "Nothing is done yet." in answer.json()["talk"]
    comment.refresh_from_db()
    assert comment.status == Status.SPAM


def test_the_same_decision_sent_twice_is_done_once(desk, article, say):
    comment = say(article, "Thank you")
    answers = [decide(desk, comment, status="approved", was="pending") for _ in range(2)]
    assert [answer.url for answer in answers] == [reverse("admin:index")] * 2
    comment.refresh_from_db()
    assert (comment.status, comment.status_before) == (Status.APPROVED, Status.PENDING)


def test_a_status_that_is_none_is_never_an_error(desk, article, say):
    assert decide(desk, say(article, "Thank you"), status="approved", was="\0").status_code == 302
