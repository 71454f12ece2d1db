"""A newer export of the same blog brings only what is new, and tells what was changed on both sides."""

import pytest
from django.utils import timezone

from bench.wxr import comment, export, item
from blog.models import Article, Comment
from blog.moderation import Status
from blog.services import moderate_comments

pytestmark = pytest.mark.django_db


def blog(title="A post", said="So true", approved="1", more=""):
    """An export with one post and one comment, and more."""
    return export(item(1, title, comments=comment(5, said, approved=approved)), more)


def told(run):
    """What became of each thing: {(kind, number on the old blog): (outcome, reasons)}."""
    return {(line.kind, line.wp_id): (line.outcome, line.reasons) for line in run.lines.all()}


def test_only_what_is_new_comes(take_over):
    take_over(blog())
    before = list(Article.objects.values()), list(Comment.objects.values())

    run = take_over(blog(more=item(2, "New", comments=comment(6, "Also true"))))

    assert told(run) == {
        ("post", 1): ("unchanged", []),
        ("comment", 5): ("unchanged", []),
        ("post", 2): ("imported", []),
        ("comment", 6): ("imported", []),
    }
    assert list(Article.objects.filter(slug="post-1").values()) == before[0]
    assert Comment.objects.count() == 2


def test_words_changed_there_come_over_once(take_over, client):
    take_over(blog())

    run = take_over(blog("Better", "So very true"))

    assert told(run) == {("post", 1): ("updated", []), ("comment", 5): ("updated", [])}
    assert "So very true" in client.get("/articles/post-1/").text
    assert told(take_over(blog("Better", "So very true"))) == told(take_over(blog("Better", "So very true")))
    assert Comment.objects.get().body == "So very true"


def test_what_was_changed_here_stays_and_nothing_is_told_while_the_old_blog_stands_still(take_over):
    take_over(blog())
    Article.objects.update(title="Mine")
    Comment.objects.update(body="Shorter", html="<p>Shorter</p>")

    run = take_over(blog())

    assert told(run) == {("post", 1): ("unchanged", []), ("comment", 5): ("unchanged", [])}
    assert (Article.objects.get().title, Comment.objects.get().body) == ("Mine", "Shorter")


def test_what_was_changed_on_both_sides_is_told(take_over):
    take_over(blog())
    Article.objects.update(title="Mine")
    Comment.objects.update(body="Shorter", html="<p>Shorter</p>")

    run = take_over(blog("Theirs", "Longer and longer"))

    assert told(run) == {
        ("post", 1): ("unchanged", ["changed_here"]),
        ("comment", 5): ("unchanged", ["changed_here"]),
    }
    assert (Article.objects.get().title, Comment.objects.get().body) == ("Mine", "Shorter")


def test_a_decision_made_here_stays_and_new_words_come(take_over):
    take_over(blog(approved="0"))
    moderate_comments(Comment.objects.all(), Status.TRASH, timezone.now())

    run = take_over(blog(said="So very true", approved="1"))

    assert told(run)["comment", 5] == ("updated", ["decided_here"])
    assert (Comment.objects.get().status, Comment.objects.get().body) == (Status.TRASH, "So very true")


def test_a_decision_made_there_comes_over(take_over):
    take_over(blog(approved="0"))

    assert told(take_over(blog(approved="1")))["comment", 5] == ("updated", [])
    assert Comment.objects.get().status == Status.APPROVED


def test_a_look_writes_none_of_it(take_over):
    take_over(blog())

    run = take_over(blog(said="Other words"), dry_run=True)

    assert told(run)["comment", 5] == ("updated", [])
    assert Comment.objects.get().body == "So true"
    assert told(take_over(blog(said="Other words")))["comment", 5] == ("updated", [])
