"""Many posts and comments at once: none is lost, none comes twice, none hangs in the air."""

from collections import Counter

import pytest
from django.db.models import Count

from bench.wxr import write_big
from blog.importers.wordpress.report import totals
from blog.models import Article, Comment, Imported, ImportLine

pytestmark = pytest.mark.django_db
POSTS, COMMENTS, DEPTH = 12, 600, 5


@pytest.fixture(scope="module")
def big_file(tmp_path_factory):
    """A small version of the file that bench/wordpress measures."""
    path = tmp_path_factory.mktemp("wxr") / "export.xml"
    write_big(path, posts=POSTS, comments=COMMENTS, depth=DEPTH)
    return path.read_bytes()


def depths():
    """How many comments stand on each step of their thread."""
    parents = dict(Comment.objects.values_list("pk", "parent_id"))
    found = Counter()
    for pk in parents:
        steps = 0
        while (pk := parents[pk]) is not None:
            steps += 1
        found[steps] += 1
    return found


def everything():
    """All that an import makes, to compare."""
    return [
        list(Article.objects.order_by("pk").values()),
        list(Comment.objects.order_by("pk").values()),
        list(Imported.objects.order_by("pk").values()),
    ]


def test_no_comment_is_lost_or_an_orphan(take_over, big_file):
    run = take_over(big_file)

    assert Article.objects.count() == POSTS
    assert Comment.objects.count() == COMMENTS
    assert max(depths()) == DEPTH - 1
    replies = run.lines.filter(kind="comment", parent_wp_id__gt=0).count()
    assert Comment.objects.exclude(parent=None).count() == replies
    assert totals(run)["comment"] == {"imported": COMMENTS}
    counted = Article.objects.aggregate(total=Count("comments"))["total"]
    assert counted == COMMENTS


def test_every_parent_is_the_one_of_the_file(take_over, big_file):
    run = take_over(big_file)

    ours = dict(Imported.objects.filter(kind="comment").values_list("wp_id", "comment_id"))
    wanted = run.lines.filter(kind="comment").values_list("wp_id", "parent_wp_id")
    parents = dict(Comment.objects.values_list("pk", "parent_id"))
    assert {ours[wp_id]: ours.get(parent) for wp_id, parent in wanted} == parents


def test_a_second_run_changes_nothing(take_over, big_file):
    take_over(big_file)
    before = everything()

    run = take_over(big_file)

    assert everything() == before
    assert totals(run)["comment"] == {"unchanged": COMMENTS}
    assert totals(run)["post"] == {"unchanged": POSTS}


def test_everything_in_the_file_has_its_line(take_over, big_file):
    run = take_over(big_file)

    numbered = ImportLine.objects.filter(run=run, number__isnull=False)
    things = big_file.count(b"<item>") + big_file.count(b"<wp:comment>")
    things += big_file.count(b"<wp:author>") + big_file.count(b"<wp:category>")
    assert numbered.count() == things
    assert list(numbered.values_list("number", flat=True)) == list(range(1, things + 1))


def test_a_dry_run_counts_the_same_and_writes_nothing(take_over, big_file):
    dry = take_over(big_file, dry_run=True)

    assert not Article.objects.exists()
    assert not Comment.objects.exists()
    assert not Imported.objects.exists()
    assert totals(dry) == totals(take_over(big_file))
