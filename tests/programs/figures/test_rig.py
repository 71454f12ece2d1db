"""The rig itself: limbs that reach, sides that change, heads that rest."""

from itertools import pairwise

import pytest

from programs.figures.reading import read_pose
from programs.figures.rig.limbs import pull
from programs.figures.rig.solving import between, solve
from programs.figures.rig.vectors import Frame, length, minus, swing

DOWN, FORWARD = (0.0, -1.0, 0.0), (1.0, 0.0, 0.0)


def body(**changes):
    return solve(pose(**changes))


def pose(**changes):
    """She stands with soft knees."""
    return read_pose({"from": "standing", "at": {"pelvis": [0, 88]}, **changes})[0]


@pytest.mark.parametrize("target", [(0, -80, 0), (30, -60, 10), (-50, -50, -20), (10, 5, 3)])
def test_two_bones_reach_their_target_and_keep_their_lengths(target):
    joint, hinge = pull((0.0, 0.0, 0.0), target, (46, 44), FORWARD)
    assert length(joint) == pytest.approx(46)
    assert length(minus(target, joint)) == pytest.approx(44)
    assert length(hinge) == pytest.approx(1)


def test_the_joint_bends_towards_the_pole():
    joint, _ = pull((0.0, 0.0, 0.0), (0, -80, 0), (46, 44), FORWARD)
    assert joint[0] > 0
    assert joint[2] == pytest.approx(0)


@pytest.mark.parametrize("target", [(0, -90.1, 0), (0, -1, 0)])
def test_what_is_out_of_reach_is_refused(target):
    with pytest.raises(ValueError, match="its bones reach 90"):
        pull((0.0, 0.0, 0.0), target, (46, 44), FORWARD)


@pytest.mark.parametrize(
    ("angles", "points"),
    [
        ({"hip": [0]}, (0, -1, 0)),
        ({"hip": [90]}, (1, 0, 0)),
        ({"hip": [-90]}, (-1, 0, 0)),
        ({"hip": [0, 90]}, (0, 0, 1)),
        ({"hip": [90, 90]}, (0, 0, 1)),
    ],
    ids=["straight", "forward", "back", "out", "forward and out"],
)
def test_a_thigh_points_where_its_angles_say(angles, points):
    leg = body(near_leg=angles).limbs["near_leg"]
    assert minus(leg.joint, leg.root) == pytest.approx(tuple(46 * part for part in points), abs=1e-9)


def test_a_knee_bends_back_an_elbow_forward_and_the_foot_is_square_to_the_shin():
    limbs = body(legs={"hip": [0], "knee": 90}, arms={"shoulder": [0], "elbow": 90}).limbs
    assert minus(limbs["near_leg"].end, limbs["near_leg"].joint) == pytest.approx((-44, 0, 0), abs=1e-9)
    assert limbs["near_leg"].tip == pytest.approx((0, -1, 0), abs=1e-9)
    assert minus(limbs["near_arm"].end, limbs["near_arm"].joint) == pytest.approx((28, 0, 0), abs=1e-9)


def test_both_sides_move_outward_alike():
    limbs = body(arms={"shoulder": [0, 90]}).limbs
    assert (limbs["near_arm"].joint[2], limbs["far_arm"].joint[2]) == pytest.approx((46.6, -46.6))


@pytest.mark.parametrize("spine", [90, 180, 0])
def test_lying_and_standing_are_one_body_turned(spine):
    lying = body(spine=spine, at={"pelvis": [0, 50]}, legs={"hip": [0]})
    neck = lying.slices["neck"].center
    assert length(minus(neck, lying.pelvis)) == pytest.approx(66)


def test_on_her_back_she_looks_up_and_face_down_she_looks_down():
    up = body(spine=180, at={"pelvis": [0]}, legs={"hip": [0]})
    down = body(spine=0, at={"pelvis": [0]}, legs={"hip": [0]})
    assert up.head_frame.front[1] == pytest.approx(1)
    assert down.head_frame.front[1] == pytest.approx(-1)


@pytest.mark.parametrize("height", [0, 6, 12])
def test_the_neck_bends_until_the_head_rests(height):
    heights = solve(read_pose({"from": "crook_lying", "head_on": height})[0]).heights()
    assert min(heights["head"], heights["hair"]) == pytest.approx(height, abs=0.05)


def test_changing_sides_twice_changes_nothing():
    odd = pose(near_leg={"foot": [20]}, twist=12, look=9, near_arm={"rests": "belly"})
    assert odd.mirrored() != odd
    assert odd.mirrored().mirrored() == odd


def test_the_mirrored_body_is_the_body_in_a_mirror():
    odd = pose(near_leg={"foot": [20, 0, 12]}, twist=12, side=7, near_arm={"shoulder": [40, 20], "elbow": 30})
    here, there = solve(odd), solve(odd.mirrored())
    for name, other in (("near_arm", "far_arm"), ("near_leg", "far_leg")):
        x, y, z = here.limbs[name].end
        assert there.limbs[other].end == pytest.approx((x, y, -z))


def test_a_planted_foot_stays_while_the_body_sinks():
    tall, low = pose(), pose(at={"pelvis": [-30, 60]}, spine=60)
    ankles = [solve(between(tall, low, share)).limbs["near_leg"].end for share in (0, 0.3, 0.7, 1)]
    assert all(ankle == pytest.approx(ankles[0]) for ankle in ankles)


def test_a_foot_that_steps_is_lifted_on_its_way_only():
    here, there = pose(near_leg={"foot": [0]}), pose(near_leg={"foot": [20], "lift": 5})
    heights = [solve(between(here, there, share)).limbs["near_leg"].end[1] for share in (0, 0.5, 1)]
    assert heights == pytest.approx([7, 12, 7])


def test_a_limb_that_is_let_go_swings_without_a_leap():
    down, up = pose(), pose(near_leg={"hip": [80], "knee": 80})
    ankles = [solve(between(down, up, step / 20)).limbs["near_leg"].end for step in range(21)]
    steps = [length(minus(b, a)) for a, b in pairwise(ankles)]
    assert max(steps) < 8


def test_a_direction_swings_along_the_arc():
    half = swing(DOWN, FORWARD, 0.5)
    assert half == pytest.approx((2**-0.5, -(2**-0.5), 0))


def test_a_frame_tells_places_from_outside_and_from_inside():
    frame = Frame().turned(bend=30, twist=20, side=10)
    assert frame.inward(frame.outward((1, 2, 3))) == pytest.approx((1, 2, 3))
