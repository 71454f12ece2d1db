"""Words that speak of an emergency: the comment waits, and its writer sees help at once.

What the desk sees of it is shown in tests/postpartum/test_red_flag_comments.py.
"""

import pytest
from django.urls import reverse

from blog.models import Comment, CommentPolicy
from blog.moderation import Mode, Status

pytestmark = pytest.mark.django_db
WORDS = {"name": "Nora", "email": "nora@example.net", "website": "", "body": "Some days I want to die."}


def test_it_waits_and_she_sees_where_to_get_help_at_once(client, article):
    CommentPolicy.objects.create(pk=1, mode=Mode.APPROVE_ALL)

    response = client.post(reverse("article_comment", args=[article.slug]), WORDS)

    comment = Comment.objects.get()
    assert comment.status == Status.PENDING
    assert response["Location"].startswith(reverse("safety"))
    assert comment.red_flags == ["self_harm"]


def test_words_of_need_are_not_sent_by_mail(client, article, therapist, mailoutbox):
    client.post(reverse("article_comment", args=[article.slug]), WORDS)

    [mail] = mailoutbox
    assert mail.to == [therapist.email]
    assert "match signs of an emergency" in mail.body
    assert reverse("comment_desk", args=["x"])[:-2] in mail.body
    assert "want to die" not in mail.subject + mail.body
