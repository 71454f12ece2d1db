"""Comments come with their threads, dates, statuses and people, in whatever order they stand."""

from datetime import UTC, datetime

import pytest

from bench.wxr import author, comment, export, item
from blog.importers.wordpress.reporting.reasons import Reason
from blog.models import Article, Comment, Imported
from blog.services import approve_comment, moderate_comments

from ..conftest import NOW

pytestmark = pytest.mark.django_db


def a_post(*comments, number=1):
    """A file of one post with these comments."""
    return export(author(), item(number, "A post", comments="".join(comments)))


def outcome(run, wp_id):
    """What became of one comment."""
    line = run.lines.get(kind="comment", wp_id=wp_id)
    return line.outcome, line.reasons


def ours(wp_id):
    """The comment that one of the old blog has become."""
    return Imported.objects.select_related("comment__parent").get(kind="comment", wp_id=wp_id).comment


def test_a_comment_is_what_it_was(take_over):
    take_over(
        a_post(
            comment(
                5,
                'So <b>helpful</b>,\nsee <a href="https://example.org/a">this</a>',
                author="Nora &amp; Ben",
                author_url="https://nora.example/",
            )
        )
    )

    found = Comment.objects.get()
    assert (found.name, found.website, found.email) == ("Nora & Ben", "https://nora.example/", "")
    assert found.body == "So helpful,\nsee this (https://example.org/a)"
    assert 'href="https://example.org/a"' in found.html
    assert (found.status, found.created_at) == ("approved", datetime(2019, 5, 6, 8, 11, 12, tzinfo=UTC))
    assert Article.objects.get().comment_count == 1


def test_answers_find_what_they_answer_in_any_order(take_over, client):
    take_over(
        a_post(
            comment(3, "Third", parent=2),
            comment(1, "First"),
            comment(5, "Fifth", parent=4),
            comment(2, "Second", parent=1),
            comment(4, "Fourth", parent=3),
        )
    )

    line = ours(5)
    said = []
    while line:
        said.append(line.body)
        line = line.parent
    assert said == ["Fifth", "Fourth", "Third", "Second", "First"]
    page = client.get("/articles/post-1/").text
    assert [page.index(word) for word in ("First", "Second", "Third", "Fourth", "Fifth")] == sorted(
        page.index(word) for word in ("First", "Second", "Third", "Fourth", "Fifth")
    )


def test_statuses_are_kept_and_only_approved_ones_are_read(take_over, client):
    words = {"1": "Approved words", "0": "Waiting words", "spam": "Spam words", "trash": "Trashed words"}

    take_over(
        a_post(*(comment(n, text, approved=word) for n, (word, text) in enumerate(words.items(), start=1)))
    )

    assert list(Comment.objects.order_by("pk").values_list("status", flat=True)) == [
        "approved",
        "pending",
        "spam",
        "trash",
    ]
    page = client.get("/articles/post-1/").text
    assert [text for text in words.values() if text in page] == ["Approved words"]


def test_a_waiting_comment_that_speaks_of_an_emergency_says_so(take_over):
    take_over(a_post(comment(1, "I want to end my life", approved="0")))

    assert Comment.objects.get().red_flags == ["self_harm"]


def test_nobody_gets_mail_about_what_she_said_years_ago(
    take_over, mailoutbox, django_capture_on_commit_callbacks
):
    take_over(a_post(comment(1, approved="0"), comment(2, parent=1)), keep_emails=True)

    with django_capture_on_commit_callbacks(execute=True):
        approve_comment(ours(1), NOW)

    assert mailoutbox == []


@pytest.mark.parametrize(("keep", "email"), [(True, "nora@example.net"), (False, "")])
def test_addresses_are_kept_only_if_she_chooses(take_over, keep, email):
    take_over(a_post(comment(1)), keep_emails=keep)

    assert Comment.objects.get().email == email


def test_network_addresses_are_never_kept(take_over):
    run = take_over(a_post(comment(1, author_IP="203.0.113.7")), keep_emails=True)

    everything = [*Comment.objects.values(), *Article.objects.values(), *run.lines.values()]
    assert "203.0.113.7" not in str(everything)


def test_what_does_not_fit_is_mended_and_told(take_over):
    run = take_over(
        a_post(
            comment(1, author="x" * 80),
            comment(2, author=""),
            comment(3, author_url="javascript:alert(1)"),
            comment(4, author_email="no address"),
            comment(5, date_gmt="0000-00-00 00:00:00", date=""),
            comment(6, "<script>alert(1)</script>"),
            comment(7, approved="maybe"),
            comment(8, author_url="http://"),
        ),
        keep_emails=True,
    )

    assert {n: outcome(run, n)[1] for n in range(1, 9)} == {
        1: [Reason.NAME_CUT],
        2: [Reason.NO_NAME],
        3: [Reason.WEBSITE_DROPPED],
        4: [Reason.EMAIL_DROPPED],
        5: [Reason.NO_DATE],
        6: [Reason.NO_WORDS],
        7: [Reason.UNKNOWN_STATUS],
        8: [],
    }
    assert len(ours(1).name) == 60
    assert ours(2).name == "Anonymous"
    assert ours(3).website == ""
    assert ours(5).created_at == NOW
    assert (ours(6).status, ours(6).body) == ("trash", "")
    assert ours(7).status == "pending"


def test_what_is_no_comment_is_left_out_and_its_answers_stay(take_over):
    run = take_over(
        a_post(
            comment(1, type="pingback"),
            comment(2, type="trackback"),
            comment(3, type="order_note"),
            comment(4, parent=1),
            comment(5, parent=99),
            comment(6),
            comment(6, "Again"),
        )
    )

    assert outcome(run, 1) == ("skipped", [Reason.PING])
    assert outcome(run, 2) == ("skipped", [Reason.PING])
    assert outcome(run, 3) == ("skipped", [Reason.OTHER_COMMENT])
    assert outcome(run, 4) == ("imported", [Reason.PARENT_MISSING])
    assert outcome(run, 5) == ("imported", [Reason.PARENT_MISSING])
    assert sorted(run.lines.filter(wp_id=6).values_list("outcome", flat=True)) == ["imported", "skipped"]
    assert Comment.objects.filter(parent=None).count() == Comment.objects.count() == 3


def test_rings_are_cut_and_an_answer_stays_under_its_own_post(take_over):
    run = take_over(
        export(
            item(1, comments=comment(1, parent=2) + comment(2, parent=1) + comment(3, parent=3)),
            item(2, comments=comment(4, parent=1)),
        )
    )

    assert outcome(run, 1) == ("imported", [Reason.RING])
    assert outcome(run, 2) == ("imported", [])
    assert outcome(run, 3) == ("imported", [Reason.RING])
    assert outcome(run, 4) == ("imported", [Reason.PARENT_MISSING])
    assert ours(2).parent == ours(1)
    assert ours(1).parent is None


def test_the_therapists_own_answers_carry_her_badge(take_over, therapist, client):
    run = take_over(
        export(
            author("elena", "therapist@example.org", number=3),
            author("guest", "guest@example.net", number=4),
            item(
                1,
                comments=comment(1, "By her", user_id=3)
                + comment(2, "By a guest", user_id=4)
                + comment(3, "By somebody with her address", author_email="therapist@example.org"),
            ),
        ),
    )

    assert run.status == "done"
    assert [ours(n).author for n in (1, 2, 3)] == [therapist, None, None]


def test_new_comments_come_with_a_newer_file(take_over):
    take_over(a_post(comment(1)))
    run = take_over(a_post(comment(1), comment(2, "New", parent=1)))

    assert ours(2).parent == ours(1)
    assert Article.objects.get().comment_count == 2
    assert (outcome(run, 1)[0], outcome(run, 2)[0]) == ("unchanged", "imported")


def test_an_answer_whose_question_came_with_another_file_is_tied(take_over):
    take_over(a_post(comment(1)))

    run = take_over(a_post(comment(2, parent=1)))

    assert ours(2).parent == ours(1)
    assert outcome(run, 2) == ("imported", [])


def test_what_was_decided_there_follows_unless_it_was_decided_here(take_over):
    take_over(a_post(comment(1, approved="0"), comment(2, approved="0")))
    moderate_comments(Comment.objects.filter(pk=ours(2).pk), "approved", NOW, notify=False)

    run = take_over(a_post(comment(1, approved="1"), comment(2, approved="spam")))

    assert (ours(1).status, ours(2).status) == ("approved", "approved")
    assert (outcome(run, 1)[0], outcome(run, 2)[0]) == ("updated", "unchanged")
    assert Article.objects.get().comment_count == 2
