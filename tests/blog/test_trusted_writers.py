"""Writers whose comments appear at once: trusted at the desk, seen in the list, and taken back as easily."""

import pytest
from django.urls import reverse

from blog.models import Comment, CommentPolicy, TrustedWriter
from blog.moderation import Status
from blog.services import block_senders, stop_trusting_writer, trust_writer
from blog.services.erasure import erase_author

from .conftest import NOW

pytestmark = pytest.mark.django_db
INBOX = reverse("admin:blog_comment_changelist")


def trusting(client, comment, do="trust"):
    return client.post(reverse("admin:desk_trust", args=[comment.pk]), {"do": do}, follow=True)


def test_trusted_at_the_desk_she_waits_no_more_until_it_is_taken_back(client, article, say, therapist):
    client.force_login(therapist)
    first = say(article, "My first")

    assert "Nora writes is public at once" in trusting(client, first).text
    assert first.status == Status.PENDING
    assert say(article, "My second https://a.example https://b.example").status == Status.APPROVED
    assert say(article, "Somebody else", name="Ana").status == Status.PENDING
    assert "Trusted</span>" in client.get(INBOX).text
    trusting(client, first)
    assert TrustedWriter.objects.count() == 1

    trusting(client, first, do="stop")

    assert say(article, "My third").status == Status.PENDING
    assert "Trusted</span>" not in client.get(INBOX).text


@pytest.mark.parametrize("body", ["I want to end my life.", "A wonder cure!"])
def test_words_of_danger_and_the_therapists_own_words_still_wait(article, say, body):
    CommentPolicy.objects.create(pk=1, hold_words="wonder cure")
    trust_writer(say(article, "Hello"), NOW)

    assert say(article, body).status == Status.PENDING


def test_an_account_is_trusted_and_not_whoever_types_its_address(article, say, member):
    trust_writer(say(article, "Hello", author=member, email=member.email), NOW)

    assert say(article, "Mine", author=member, email=member.email).status == Status.APPROVED
    assert say(article, "Not mine", email=member.email).status == Status.PENDING


def test_a_guest_whose_address_became_an_account_waits_again(article, say, member):
    comment = say(article, "Hello", email=member.email)
    trust_writer(comment, NOW)

    assert say(article, "Again", email=member.email).status == Status.PENDING


def test_who_is_barred_is_trusted_no_more(article, say):
    trust_writer(say(article, "Hello"), NOW)

    block_senders(Comment.objects.all(), NOW)

    assert not TrustedWriter.objects.exists()
    assert say(article, "Again").status == Status.SPAM


def test_a_comment_of_nobody_makes_nobody_trusted(article, say):
    comment = say(article, "Hello", email="")

    trust_writer(comment, NOW)
    stop_trusting_writer(comment)

    assert not TrustedWriter.objects.exists()


def test_it_goes_with_her_account(article, say, member):
    trust_writer(say(article, "As a guest", email=member.email), NOW)
    trust_writer(say(article, "Signed in", author=member, email=member.email), NOW)

    erase_author(member, [member.email], NOW, keep_comments=False)

    assert not TrustedWriter.objects.exists()


def test_the_team_sees_all_and_ends_it_in_a_list(client, article, say, therapist):
    client.force_login(therapist)
    trust_writer(say(article, "Hello"), NOW)
    row = TrustedWriter.objects.get()

    assert "Nora" in client.get(reverse("admin:blog_trustedwriter_changelist")).text
    client.post(reverse("admin:blog_trustedwriter_delete", args=[row.pk]), {"post": "yes"})

    assert not TrustedWriter.objects.exists()


def test_an_empty_list_says_how_to_trust_a_writer(as_therapist):
    page = as_therapist.get(reverse("admin:blog_trustedwriter_changelist")).text
    assert "To trust a writer, open a comment of theirs" in page
    assert "With those chosen" not in page
