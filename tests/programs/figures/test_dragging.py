"""Joints dragged in a picture: bones turn about the joint before, within limits, and never out of what can be drawn."""

import pytest

from programs.figures import FigureError, read_scene
from programs.figures.dragging import dragged
from programs.figures.key_poses import MOST, moved, with_copy, without
from programs.figures.numbers import numbers_of
from programs.figures.pose_picture import picture_of
from programs.figures.pulling import Drag
from programs.figures.women import WOMEN
from programs.forms.figure_ranges import JOINT_NAMES, limits_of

STANDING = {
    "poses": [
        {
            "from": "standing",
            "near_arm": {"shoulder": [90, 5], "elbow": 40},
            "far_arm": {"shoulder": [90, 5], "elbow": 40},
        },
        {"spine": 88},
    ]
}


def handle_of(figure, name, pose=0, framed_as=None):
    picture = picture_of("Test", figure, pose, framed_as=framed_as)
    return next(one for one in picture.handles if one.name == name)


def drag_by(figure, name, x, y, pose=0, both=False):
    """The figure with a joint dragged by so much, and where the joint came to in the same frame."""
    here = handle_of(figure, name, pose)
    after = dragged("Test", figure, Drag(pose, name, (here.x + x, here.y + y), both), limits_of)
    there = handle_of(after, name, pose, framed_as=figure)
    return after, (there.x - here.x, there.y - here.y)


def changes(before, after):
    """Which numbers differ: (pose, path)."""
    old = {(one.pose, one.path): one.value for one in numbers_of(before)}
    return {
        (one.pose, one.path): one.value for one in numbers_of(after) if old[one.pose, one.path] != one.value
    }


def test_a_hand_turns_about_the_elbow_and_comes_to_the_pointer():
    after, way = drag_by(STANDING, "near_hand", 0, -60)
    assert set(changes(STANDING, after)) == {(pose, ("near_arm", "elbow")) for pose in (0, 1)}
    assert way[1] < -15


def test_both_sides_move_together_where_that_is_asked():
    after, _ = drag_by(STANDING, "near_hand", 0, -60, both=True)
    found = changes(STANDING, after)
    assert found[0, ("near_arm", "elbow")] == found[0, ("far_arm", "elbow")]


def test_a_number_stops_at_its_limit():
    after, _ = drag_by(STANDING, "near_hand", -2000, -2000)
    elbow = changes(STANDING, after)[0, ("near_arm", "elbow")]
    assert -5 <= elbow <= 150


def test_a_foot_out_of_reach_goes_as_far_as_every_woman_reaches():
    after, way = drag_by(STANDING, "near_foot", 900, 0)
    assert 100 < way[0] < 600
    for woman in WOMEN.values():
        read_scene("Test", after, woman=woman)


def test_a_planted_foot_near_the_floor_comes_down_on_it():
    after, _ = drag_by(STANDING, "near_foot", 10, -3)
    numbers = {(one.pose, one.path): one.value for one in numbers_of(after)}
    assert numbers[0, ("near_leg", "foot", 1)] == 0
    assert numbers[0, ("near_leg", "foot", 2)] == 8.6


def test_every_joint_of_every_exercise_can_be_taken_hold_of(exercises):
    """Each has a name, and what comes of a drag can be drawn."""
    for slug, said in exercises.items():
        figure = said["figure"]
        handles = picture_of(said["name"], figure, 0).handles
        assert {one.name for one in handles} <= set(JOINT_NAMES), slug
        first = handles[-1]
        after = dragged(said["name"], figure, Drag(0, first.name, (first.x + 15, first.y - 15)), limits_of)
        assert len(numbers_of(after)) == len(numbers_of(figure)), slug


def test_an_unknown_joint_is_refused():
    with pytest.raises(FigureError, match="no joint “wing”"):
        dragged("Test", STANDING, Drag(0, "wing", (0, 0)), limits_of)


def test_a_copy_is_the_same_pose_and_removing_it_gives_the_figure_back():
    copied = with_copy(STANDING, 0)
    values = [{one.path: one.value for one in numbers_of(copied) if one.pose == pose} for pose in range(3)]
    assert values[0] == values[1] != values[2]
    assert without(copied, 1) == STANDING


@pytest.mark.parametrize(
    ("number", "copied", "removed"),
    [
        (0, {"lift": [1, 2], "lower": [3, 0]}, {"lift": [0], "lower": [1, 0]}),
        (1, {"lift": [1, 2], "lower": [3, 0]}, {"lower": [1, 0]}),
        (2, {"lift": [1], "lower": [2, 3, 0]}, {"lift": [1], "lower": [0]}),
    ],
)
def test_its_own_way_goes_on_leading_to_the_same_poses(number, copied, removed):
    figure = STANDING | {"poses": [*STANDING["poses"], {"spine": 80}], "way": {"lift": [1], "lower": [2, 0]}}
    assert with_copy(figure, number)["way"] == copied
    assert without(with_copy(figure, number), number + 1) == figure
    assert without(figure, number)["way"] == removed
    assert moved(figure, 1, 2)["way"] == figure["way"]
    assert all(
        read_scene("Test", one)
        for one in (with_copy(figure, number), without(figure, number), moved(figure, 0, 1))
    )


def test_a_way_that_leads_nowhere_any_more_is_the_usual_one():
    figure = STANDING | {"poses": [*STANDING["poses"], {"spine": 80}], "way": {"lift": [2]}}
    assert "way" not in without(figure, 2)


def test_a_pose_that_becomes_the_first_is_told_in_full():
    turned = moved(STANDING, 1, 0)
    assert [one.value for one in numbers_of(turned) if one.path == ("spine",)] == [88, 90]
    assert moved(STANDING, 0, -1) == STANDING


def test_there_are_two_poses_at_least_and_four_at_most():
    with pytest.raises(FigureError, match="at least 2"):
        without(STANDING, 0)
    figure = STANDING
    for _ in range(MOST - 2):
        figure = with_copy(figure, 0)
    with pytest.raises(FigureError, match=f"up to {MOST}"):
        with_copy(figure, 0)
