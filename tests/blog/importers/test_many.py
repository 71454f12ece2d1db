"""Many posts and comments at once: none is lost, none comes twice, none hangs in the air."""

from collections import Counter

import pytest
from django.db.models import Count

from bench.wxr import write_big
from blog.importers.wordpress.reporting.totals import totals
from blog.models import Article, Comment, Imported

pytestmark = pytest.mark.django_db
POSTS, COMMENTS, DEPTH = 12, 200, 5


@pytest.fixture
def big_file(tmp_path):
    """A small version of the file that bench/wordpress measures."""
    path = tmp_path / "export.xml"
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


def test_a_dry_run_changes_nothing_a_real_one_loses_nothing_and_a_second_changes_nothing(take_over, big_file):
    dry = take_over(big_file, dry_run=True)
    assert everything() == [[], [], []]

    run = take_over(big_file)
    assert totals(dry) == totals(run)
    nothing_is_lost_and_every_parent_is_the_one_of_the_file(run, big_file)

    before = everything()
    again = take_over(big_file)
    assert everything() == before
    assert totals(again)["comment"] == {"unchanged": COMMENTS}
    assert totals(again)["post"] == {"unchanged": POSTS}


def nothing_is_lost_and_every_parent_is_the_one_of_the_file(run, big_file):
    """Counted, and compared one by one."""
    assert Article.objects.count() == POSTS
    assert Comment.objects.count() == COMMENTS
    assert Article.objects.aggregate(total=Count("comments"))["total"] == COMMENTS
    assert totals(run)["comment"] == {"imported": COMMENTS}
    assert max(depths()) == DEPTH - 1
    ours = dict(Imported.objects.filter(kind="comment").values_list("wp_id", "comment_id"))
    wanted = run.lines.filter(kind="comment").values_list("wp_id", "parent_wp_id")
    parents = dict(Comment.objects.values_list("pk", "parent_id"))
    assert {ours[wp_id]: ours[parent] if parent else None for wp_id, parent in wanted} == parents
    things = sum(map(big_file.count, (b"<item>", b"<wp:comment>", b"<wp:author>", b"<wp:category>")))
    numbers = run.lines.exclude(number=None).values_list("number", flat=True)
    assert list(numbers) == list(range(1, things + 1))
