"""How a conversation is laid out, by tables of cases."""

from random import Random

import pytest

from blog.threads import CARD_END, Entry, Line, arrange, lay_out, nest, pages


def entries(*triples):
    """Entries from (id, parent) or (id, parent, shown)."""
    return [Entry(id, parent, *shown or (True,)) for id, parent, *shown in triples]


def ids(ordered):
    """Only the ids, in order."""
    return [entry.id for entry in ordered]


@pytest.mark.parametrize(
    ("triples", "expected"),
    [
        ([], []),
        ([(1, None)], [1]),
        ([(1, None), (2, None)], [1, 2]),
        ([(1, None), (2, None), (3, 1)], [1, 3, 2]),
        ([(1, None), (2, 1), (3, 2), (4, 1), (5, 2)], [1, 2, 3, 5, 4]),
        ([(3, 1), (1, None)], [1, 3]),  # the reply came in first
        ([(2, 99)], [2]),  # its parent is gone
        ([(1, 2), (2, 1)], [1, 2]),  # a circle is cut open, nothing is lost
        ([(1, 1)], [1]),
        ([(1, None, False)], []),  # removed, without replies
        ([(1, None, False), (2, 1)], [1, 2]),  # removed, but a reply hangs below it
        ([(1, None, False), (2, 1, False), (3, 2)], [1, 2, 3]),
        ([(1, None), (2, 1, False)], [1]),
        ([(1, None, False), (2, 1, False), (3, None)], [3]),
    ],
)
def test_reading_order(triples, expected):
    assert ids(arrange(entries(*triples))) == expected


def test_every_reply_of_a_long_chain_is_kept_and_no_recursion_limit_is_met():
    chain = [Entry(1, None, True), *(Entry(n, n - 1, True) for n in range(2, 5_001))]

    assert ids(arrange(chain)) == list(range(1, 5_001))


def test_any_order_of_arrival_gives_the_same_set_and_parents_stand_before_their_replies():
    random = Random(7)
    tree = [Entry(n, random.choice([None, *range(max(1, n - 9), n)]), True) for n in range(1, 400)]
    random.shuffle(tree)

    ordered = ids(arrange(tree))

    assert sorted(ordered) == list(range(1, 400))
    place = {id: position for position, id in enumerate(ordered)}
    assert all(place[entry.parent_id] < place[entry.id] for entry in tree if entry.parent_id)


def test_pages_hold_at_most_their_size_and_everything():
    cut = pages(entries(*[(n, None) for n in range(1, 8)]), size=3)

    assert [ids(page) for page in cut] == [[1, 2, 3], [4, 5, 6], [7]]


@pytest.mark.parametrize(
    ("triples", "max_depth", "expected"),
    [
        ([(1, None), (2, 1), (3, 2)], 3, [(1, 0, None), (2, 1, None), (3, 2, None)]),
        ([(1, None), (2, 1), (3, 2), (4, 3)], 2, [(1, 0, None), (2, 1, None), (3, 2, None), (4, 2, 3)]),
        ([(1, None), (2, 1)], 0, [(1, 0, None), (2, 0, 1)]),
        ([(5, 4), (6, 5), (7, None)], 3, [(5, 0, 4), (6, 1, None), (7, 0, None)]),  # goes on over the page
    ],
)
def test_lines_tell_whom_they_answer_where_their_place_does_not(triples, max_depth, expected):
    lines = lay_out(entries(*triples), max_depth)

    assert [(line.id, line.depth, line.reply_to) for line in lines] == expected


@pytest.mark.parametrize(
    ("depths", "expected"),
    [
        ([], ""),
        ([0], "[1]"),
        ([0, 0], "[1][2]"),
        ([0, 1, 0], "[1[2]][3]"),
        ([0, 1, 2, 1, 0], "[1[2[3]][4]][5]"),
        ([0, 1, 2, 0], "[1[2[3]]][4]"),
    ],
)
def test_answers_stand_inside_what_they_answer(depths, expected):
    lines = [Line(id, depth, None, True) for id, depth in enumerate(depths, start=1)]

    html = nest(lines, card=lambda line: f"[{line.id}")

    assert html.replace(CARD_END, "]") == expected
