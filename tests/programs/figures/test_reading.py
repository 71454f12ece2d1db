"""A slip in a figure is said with the exercise, the pose and the place."""

import pytest

from programs.figures import FigureError, Tempo, read_scene
from programs.figures.stances import STANCES

LYING = {"from": "crook_lying"}

SLIPS = [
    ({}, "Bridge: poses: list at least one"),
    ({"poses": []}, "Bridge: poses: list at least one"),
    ({"poses": ["lying"]}, "pose 1: 'lying' does not describe a pose"),
    ({"poses": [LYING], "colour": "red"}, "“colour” is not a part of a figure; there are view, poses"),
    ({"poses": [LYING], "view": "below"}, "view: no view “below”; there are side"),
    ({"poses": [LYING], "tempo": [1, 2]}, "tempo: write seconds to lift, hold, lower and relax in brackets"),
    ({"poses": [LYING], "section": "heart"}, "section: no style “heart”; there are breath"),
    ({"poses": [LYING], "glow": "near_ear"}, "no place “near_ear” on the body; there are hands"),
    ({"poses": [LYING], "props": [{"sofa": [0]}]}, "props: {'sofa': [0]} is none of pillow, chair"),
    ({"poses": [LYING], "props": [{"wall": 0, "width": 3}]}, "props: wall knows no “width”"),
    ({"poses": [LYING], "way": {"jump": [0]}}, "way: “jump” is none of lift, hold, lower, relax"),
    (
        {"poses": [LYING], "way": {"lift": [1]}},
        "way: lift leads to a pose that is not there; there are 0 to 0",
    ),
    ({"poses": [{"from": "flying"}]}, "pose 1: from: no “flying”; there are crook_lying"),
    ({"poses": [{"spine": 90}]}, "pose 1: near_arm is missing"),
    ({"poses": [LYING, {"tail": 3}]}, "pose 2: a pose: no “tail”; there are at"),
    ({"poses": [LYING, {"spine": "up"}]}, "pose 2: spine: 'up' is not a number"),
    ({"poses": [LYING, {"spine": True}]}, "pose 2: spine: True is not a number"),
    ({"poses": [LYING, {"head_on": "pillow"}]}, "pose 2: head_on: 'pillow' is not a number"),
    ({"poses": [LYING, {"at": {}}]}, "pose 2: at: name one of pelvis, shoulders"),
    ({"poses": [LYING, {"at": {"ear": [0]}}]}, "pose 2: at: no “ear”; there are pelvis"),
    ({"poses": [LYING, {"at": {"pelvis": 3}}]}, "pose 2: at pelvis: write 1 to 3 numbers in brackets, not 3"),
    (
        {"poses": [LYING, {"at": {"near_knee": [0]}}]},
        "pose 2: at near_knee: give near_leg by its hip and knee",
    ),
    ({"poses": [LYING, {"near_leg": 4}]}, "pose 2: near_leg: 4 does not say where it is"),
    (
        {"poses": [LYING, {"near_leg": {"knee": 4}}]},
        "near_leg: say foot: [x], ankle_at: [x, y] or hip: [flex]",
    ),
    (
        {"poses": [LYING, {"near_leg": {"foot": [46], "knee": 4}}]},
        "pose 2: near_leg: “knee” is not known here",
    ),
    (
        {"poses": [LYING, {"near_leg": {"foot": [46, 0, 8, 1]}}]},
        "near_leg foot: write 1 to 3 numbers in brackets",
    ),
    ({"poses": [LYING, {"near_leg": {"foot": [180]}}]}, "pose 2: near_leg cannot get there: it is"),
    ({"poses": [LYING, {"arms": {"elbow": 4}}]}, "near_arm: say palm: [x], hand: [x, y], rests: belly"),
    ({"poses": [LYING, {"arms": {"rests": "moon"}}]}, "near_arm rests: no “moon”; there are ribs"),
    ({"poses": [LYING, {"arms": {"hand": [0], "elbow_to": [1]}}]}, "near_arm elbow_to: write 3 to 3 numbers"),
]


@pytest.mark.parametrize(("figure", "reason"), SLIPS, ids=[reason for _, reason in SLIPS])
def test_a_slip_is_named_with_its_place(figure, reason):
    with pytest.raises(FigureError) as error:
        read_scene("Bridge", figure)
    assert str(error.value).startswith("Bridge: ")
    assert reason in str(error.value)


@pytest.mark.parametrize("stance", sorted(STANCES))
def test_every_stance_can_be_taken(stance):
    scene = read_scene("Stance", {"poses": [{"from": stance}]})
    assert min(scene.frames[0].body.heights().values()) > -0.6


def test_a_pose_builds_on_the_first_one():
    figure = {"poses": [{"from": "standing", "neck": 5}, {"spine": 70}, {"bend": 9}]}
    poses = read_scene("Bow", figure).poses
    assert [(pose.spine, pose.bend, pose.neck) for pose in poses] == [(90, 0, 5), (70, 0, 5), (90, 9, 5)]


def test_one_limb_may_differ_from_what_is_said_of_both():
    figure = {"poses": [{"from": "standing", "near_leg": {"foot": [3]}, "legs": {"foot": [-1]}}]}
    pose = read_scene("Step", figure).poses[0]
    assert (pose.limbs["near_leg"].point[0], pose.limbs["far_leg"].point[0]) == (3, -1)


def test_the_tempo_is_the_figures_own_or_the_doses_or_the_breath():
    poses = {"poses": [LYING]}
    dose = Tempo(2, 1, 2, 0)
    assert read_scene("A", {**poses, "tempo": [1, 0, 1, 0]}, dose).told == (1, 0, 1, 0)
    assert read_scene("A", poses, dose).told == dose
    assert read_scene("A", poses).told == (4, 0, 6, 0)


def test_a_thing_of_a_babys_says_what_stands_there_instead_which_may_be_nothing():
    props = [{"stroller": [36, 101], "instead": {}}, {"chair": [-14]}]
    figure = {"poses": [{"from": "standing"}], "props": props}
    assert [list(prop) for prop in read_scene("Stand", figure).props] == [["chair"]]
    assert [list(prop) for prop in read_scene("Stand", figure, with_baby=True).props] == [
        ["stroller"],
        ["chair"],
    ]
    with pytest.raises(FigureError, match="a baby needs an “instead”"):
        read_scene("Stand", {**figure, "props": [{"stroller": [36, 101]}]})
