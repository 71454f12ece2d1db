"""The pure rules of an import, by tables."""

from datetime import UTC, datetime

import pytest

from blog.importers.wordpress.planning.rules import (
    cycles,
    date_of_comment,
    date_of_post,
    decide_comment,
    decide_item,
    main_topic,
    status_of_comment,
    visibility_of,
)
from blog.importers.wordpress.reading.records import Fields, Record
from blog.importers.wordpress.reporting.reasons import Reason

MAY = datetime(2019, 5, 4, 9, 30, tzinfo=UTC)


def an_item(**fields):
    """An item with these of WordPress's fields."""
    given = {"post_id": "5", "post_type": "post", "status": "publish", "post_date_gmt": "2019-05-04 09:30:00"}
    return Record(
        "item", 1, Fields({f"wp:{name}": value for name, value in (given | fields).items()} | {"title": "T"})
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"post_type": "page"}, None),
        ({"status": "draft"}, None),
        ({"post_type": "nav_menu_item"}, Reason.OTHER_TYPE),
        ({"post_type": "product"}, Reason.OTHER_TYPE),
        ({"post_id": ""}, Reason.NO_NUMBER),
        ({"post_id": "-3"}, Reason.NO_NUMBER),
        ({"post_id": "9" * 30}, Reason.NO_NUMBER),
        ({"status": "trash"}, Reason.IN_TRASH),
        ({"status": "auto-draft"}, Reason.EMPTY),
    ],
)
def test_what_becomes_an_article(fields, reason):
    decision = decide_item(an_item(**fields), skip_pages=False)

    assert (decision.taken, decision.reasons) == (reason is None, (reason,) if reason else ())


def test_pages_can_be_left_out():
    assert decide_item(an_item(post_type="page"), skip_pages=True).reasons == (Reason.PAGE_LEFT_OUT,)
    assert decide_item(an_item(), skip_pages=True).taken


@pytest.mark.parametrize(
    ("fields", "status", "published_at", "reasons"),
    [
        ({}, "published", MAY, ()),
        ({"status": "future"}, "published", MAY, ()),
        ({"status": "draft"}, "draft", None, ()),
        ({"status": "pending"}, "draft", None, ()),
        ({"status": "private"}, "draft", MAY, (Reason.WAS_PRIVATE,)),
        ({"post_password": "secret"}, "draft", MAY, (Reason.HAD_PASSWORD,)),
        ({"status": "inherit"}, "draft", None, ()),
        ({"post_date_gmt": "0000-00-00 00:00:00"}, "draft", None, (Reason.NO_DATE,)),
        ({"post_date_gmt": "0000-00-00 00:00:00", "post_date": "2019-05-04 09:30:00"}, "published", MAY, ()),
    ],
)
def test_only_what_was_open_to_everybody_is(fields, status, published_at, reasons):
    visibility = visibility_of(an_item(**fields))

    assert (visibility.status, visibility.published_at, visibility.reasons) == (status, published_at, reasons)


def test_the_date_of_the_feed_is_the_last_resort():
    item = an_item(post_date_gmt="")
    item.fields["pubDate"] = "Sat, 04 May 2019 09:30:00 +0000"

    assert date_of_post(item) == MAY


@pytest.mark.parametrize("text", ["Sat, 32 May 2019", "-0001-11-30 00:00:00", "yesterday"])
def test_a_date_that_is_none(text):
    item = an_item(post_date_gmt=text)
    item.fields["pubDate"] = text

    assert date_of_post(item) is None


@pytest.mark.parametrize(
    ("kind", "number", "reason"),
    [
        ("", "1", None),
        ("comment", "1", None),
        ("pingback", "1", Reason.PING),
        ("trackback", "1", Reason.PING),
        ("order_note", "1", Reason.OTHER_COMMENT),
        ("comment", "x", Reason.NO_NUMBER),
        ("comment", "0", Reason.NO_NUMBER),
    ],
)
def test_which_comments_are_taken(kind, number, reason):
    record = Record("wp:comment", 1, Fields({"wp:comment_type": kind, "wp:comment_id": number}))

    assert decide_comment(record).reasons == ((reason,) if reason else ())


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("1", "approved", None),
        ("0", "pending", None),
        ("hold", "pending", None),
        ("spam", "spam", None),
        ("trash", "trash", None),
        ("post-trashed", "trash", None),
        ("", "pending", Reason.UNKNOWN_STATUS),
        ("2", "pending", Reason.UNKNOWN_STATUS),
    ],
)
def test_statuses_of_comments(word, status, reason):
    assert status_of_comment(word) == (status, reason)


def test_a_comment_without_utc_has_the_time_of_the_blog():
    record = Record("wp:comment", 1, Fields({"wp:comment_date": "2019-05-04 09:30:00"}))

    assert date_of_comment(record) == MAY


C, T = "category", "post_tag"


@pytest.mark.parametrize(
    ("terms", "counts", "chosen", "main"),
    [
        ([], {}, None, None),
        ([(C, "uncategorized")], {}, None, None),
        ([(C, "uncategorized"), (T, "hips")], {}, None, (T, "hips")),
        ([(T, "hips"), (C, "pain")], {(T, "hips"): 9, (C, "pain"): 1}, None, (C, "pain")),
        ([(C, "a"), (C, "b")], {(C, "a"): 1, (C, "b"): 2}, None, (C, "b")),
        ([(C, "a"), (C, "b")], {(C, "a"): 2, (C, "b"): 2}, None, (C, "a")),
        ([(C, "a"), (C, "b")], {(C, "b"): 2}, "a", (C, "a")),
        ([(C, "a")], {}, "elsewhere", (C, "a")),
        ([(T, "a"), (T, "b")], {(T, "b"): 2}, None, (T, "b")),
    ],
)
def test_one_category_or_tag_is_the_topic(terms, counts, chosen, main):
    assert main_topic(terms, counts, chosen) == main


@pytest.mark.parametrize(
    ("parents", "cut"),
    [
        ({}, set()),
        ({2: 1, 3: 2, 4: 2}, set()),
        ({1: 2, 2: 1}, {1}),
        ({1: 1}, {1}),
        ({5: 3, 3: 4, 4: 5, 9: 5, 8: 9}, {3}),
        ({1: 2, 2: 1, 7: 8, 8: 7, 6: 99}, {1, 7}),
    ],
)
def test_rings_are_cut_once(parents, cut):
    assert cycles(parents) == cut


def test_a_very_long_thread_is_no_ring():
    assert cycles({number: number - 1 for number in range(2, 100_000)}) == set()
