"""What the figures' geometry promises, in every sampled moment of all exercises.

Lengths are in units of which she is about 190 tall; a unit is less than a centimetre.
"""

from itertools import pairwise

import pytest

from programs.figures import WOMEN
from programs.figures.poses import Propped, Reach
from programs.figures.rig import anatomy
from programs.figures.rig.flesh import skin_heights
from programs.figures.rig.vectors import length, minus

EXACT = 0.001  # bones
TOUCH = 0.6  # between what touches and the floor, and how deep anything may press into it
SOFT = 1.6  # the same for a fuller body, whose hips carry the rest of her a little higher
SINKS = 1.6  # how deep drawn skin may go into the mat: what soft flesh gives
STAYS = 0.1  # how far a planted hand or foot may creep

BONES = {"arm": (anatomy.UPPER_ARM, anatomy.FOREARM), "leg": (anatomy.THIGH, anatomy.SHIN)}
SPINE = [
    b.at - a.at
    for a, b in pairwise(
        [anatomy.Level(0, 0, 0, 0, 0), *(one for one in anatomy.LEVELS.values() if one.at > 0)]
    )
]

ON_KNEES = {"near_knee", "far_knee", "near_wrist", "far_wrist", "near_fingers", "far_fingers"}
LYING = {"hips", "hair"}
FEET = {"near_heel", "near_ball", "far_heel", "far_ball"}
ON_SIDE = {"hips", "far_hip", "far_knee"}
# What touches the floor in every moment.
ALWAYS = {
    "all-fours-belly-lift": ON_KNEES,
    "all-fours-leg-slide": {"near_wrist", "far_wrist", "near_ball", "far_ball"},
    "ankle-pumps": {"hips", "chest"},
    "baby-lift-practice": FEET,
    "band-press-out": FEET,
    "band-rib-breathing": FEET,
    "band-row": FEET,
    "bear-hover": {"near_wrist", "far_wrist", "near_ball", "far_ball"},
    "bent-knee-fallout": LYING | FEET,
    "bridge": FEET | {"hair"},
    "calf-raise": {"near_ball", "far_ball"},
    "cat-cow": ON_KNEES,
    "chest-opener": FEET,
    "clamshell": ON_SIDE | {"near_wrist"},
    "dead-bug": LYING,
    "deep-core-hug": ON_SIDE,
    "exhale-on-effort": FEET,
    "floor-to-stand": {"near_heel", "near_ball"},
    "glute-squeeze": LYING | FEET,
    "heel-slide": LYING | {"near_heel", "far_heel"},
    "heel-tap": LYING,
    "hip-flexor-stretch": {"far_heel", "far_ball"},
    "hip-hinge": FEET,
    "hover-squat": FEET,
    "kneeling-side-plank": {"far_knee", "far_wrist", "far_elbow"},
    "long-exhale": FEET,
    "marching-bridge": {"hair"},
    "mini-bridge": FEET | {"hair"},
    "one-knee-float": LYING,
    "open-book": {"hips", "far_hip", "far_wrist"},
    "pelvic-tilt": LYING | FEET,
    "pf-elevator": FEET,
    "pf-find-and-feel": {"hips"} | FEET,
    "pf-holds-lying": LYING | FEET,
    "pf-holds-sitting": FEET,
    "pf-holds-standing": FEET,
    "pf-knack": FEET,
    "pf-let-go": LYING | FEET,
    "pf-quick-lifts": FEET,
    "pf-steady-hold": FEET,
    "reverse-lunge": {"far_heel", "far_ball"},
    "rib-breathing-lying": {"hips"} | FEET,
    "rib-breathing-side": ON_SIDE,
    "rib-breathing-sitting": FEET,
    "seated-figure-four": {"near_heel", "near_ball"},
    "shoulder-blade-set": FEET,
    "side-lying-leg-lift": ON_SIDE | {"near_wrist"},
    "single-leg-bridge": {"hair", "near_heel", "near_ball"},
    "single-leg-hinge": {"near_heel", "near_ball"},
    "single-leg-sit-to-stand": {"near_heel", "near_ball", "far_heel"},
    "sit-to-stand": FEET,
    "slow-head-lift": {"hips"} | FEET,
    "stand-tall-reset": FEET,
    "standing-kickback": {"far_heel", "far_ball"},
    "supported-childs-pose": {"near_knee", "far_knee"},
    "supported-happy-baby": LYING | FEET,
    "supported-split-squat": {"near_ball", "far_heel", "far_ball"},
    "wall-push-up": FEET,
    "wall-standing-breathing": FEET,
}
# What touches it in the first moment of those that change feet or hands; two in every moment do.
AT_FIRST = {
    "band-side-step": FEET,
    "bird-dog": ON_KNEES,
    "counter-plank": FEET,
    "pf-march-hold": FEET,
    "seated-march": FEET,
    "suitcase-march": FEET,
}
ON_A_BED = {"log-roll"}


def test_every_bone_keeps_its_length(frames):
    for slug, time, _, body in frames:
        for name, limb in body.limbs.items():
            upper, lower = BONES[name.split("_")[1]]
            found = (
                length(minus(limb.joint, limb.root)),
                length(minus(limb.end, limb.joint)),
                length(limb.tip),
            )
            assert found == pytest.approx((upper, lower, 1), abs=EXACT), f"{slug} at {time} s: {name}"


def test_the_spine_and_the_joints_keep_their_distances(frames):
    for slug, time, _, body in frames:
        levels = [name for name, level in anatomy.LEVELS.items() if level.at > 0]
        spine = [body.pelvis, *(body.slices[name].center for name in levels)]
        steps = [length(minus(b, a)) for a, b in pairwise(spine)]
        hips = length(minus(body.limbs["near_leg"].root, body.limbs["far_leg"].root))
        shoulders = length(minus(body.shoulders["near"], body.shoulders["far"]))
        assert steps == pytest.approx(SPINE, abs=EXACT), f"{slug} at {time} s"
        wide = (2 * anatomy.HIP_OUT, 2 * anatomy.SHOULDER_OUT)
        assert (hips, shoulders) == pytest.approx(wide, abs=EXACT), f"{slug} at {time} s"


def test_nothing_passes_through_the_floor(frames):
    deep = [
        (slug, time, part, round(height, 2))
        for slug, time, _, body in frames
        for part, height in body.heights().items()
        if height < -TOUCH
    ]
    assert deep == []


def test_something_carries_her_in_every_moment(frames):
    """Unless she sits, kneels or lies on something, the lowest part of her touches the floor."""
    floating = [
        (slug, time)
        for slug, time, pose, body in frames
        if not pose.rests_on and slug not in ON_A_BED and abs(min(body.heights().values())) > TOUCH
    ]
    assert floating == []


def test_who_sits_or_lies_on_something_touches_it(frames):
    for slug, time, pose, body in frames:
        if pose.rests_on and pose.anchor.y is None:
            lowest = min(body.heights()[part] for part in body.slices)
            assert lowest == pytest.approx(pose.rests_on, abs=TOUCH), f"{slug} at {time} s"


def test_hands_and_feet_are_on_the_floor_where_they_should_be(frames):
    off = [
        (slug, time, part, round(body.heights()[part], 2))
        for slug, time, _, body in frames
        for part in (*ALWAYS.get(slug, ()), *(AT_FIRST.get(slug, ()) if time == 0 else ()))
        if abs(body.heights()[part]) > (TOUCH if body.build.hips == 1 else SOFT)
    ]
    assert off == []


def test_who_changes_feet_always_stands_on_one(frames):
    for slug, time, _, body in frames:
        if slug in AT_FIRST:
            down = [part for part, height in body.heights().items() if abs(height) <= TOUCH]
            assert len(down) >= 1 + (slug != "counter-plank"), f"{slug} at {time} s: only {down}"


def test_every_exercise_says_what_it_rests_on(exercises):
    assert sorted([*ALWAYS, *AT_FIRST, *ON_A_BED]) == sorted(exercises)


def test_a_head_on_a_pillow_rests_on_it(frames):
    for slug, time, pose, body in frames:
        if pose.head_on is not None:
            heights = body.heights()
            lowest = min(heights["head"], heights["hair"])
            assert lowest == pytest.approx(pose.head_on, abs=TOUCH), f"{slug} at {time} s"


def test_a_planted_hand_or_foot_does_not_creep(all_scenes):
    """Where a limb keeps its place in all poses, it stays there in all moments."""
    for (slug, _), scene in all_scenes.items():
        for limb, plan in scene.poses[0].limbs.items():
            planted = isinstance(plan, Reach) and not plan.spot
            if not planted or any(pose.limbs[limb] != plan for pose in scene.poses):
                continue
            places = [frame.body.limbs[limb].end for frame in _first_round(scene)]
            creep = max(length(minus(place, places[0])) for place in places)
            assert creep < STAYS, f"{slug}: {limb} creeps {creep:.2f}"


def test_the_ball_of_the_foot_stays_when_only_the_heel_rises(scenes):
    for slug in ("calf-raise", "supported-split-squat"):
        places = [frame.body.limbs["near_leg"].ball for frame in scenes[slug].frames]
        assert max(length(minus(place, places[0])) for place in places) < STAYS


def test_a_propped_elbow_stays_on_the_floor(all_scenes):
    for (slug, _), scene in all_scenes.items():
        for limb, plan in scene.poses[0].limbs.items():
            if isinstance(plan, Propped):
                places = [frame.body.limbs[limb].joint for frame in scene.frames]
                assert max(length(minus(place, places[0])) for place in places) < 2 * TOUCH, slug
                assert all(abs(place[1] - anatomy.ELBOW_R) < TOUCH for place in places), slug


def test_no_flesh_sinks_into_the_floor(all_scenes):
    """The skin that is drawn, of all three women, at every moment; more than the bones and their ends."""
    deep = [
        (slug, code, round(frame.time, 2), part, round(height, 2))
        for (slug, code), scene in all_scenes.items()
        for frame in scene.frames
        for part, height in skin_heights(frame.body, WOMEN[code].sleeve).items()
        if height < -SINKS
    ]
    assert deep == []


def _first_round(scene):
    return [frame for frame in scene.frames if frame.time <= scene.tempo.seconds + 1e-6]


def test_the_loop_has_no_seam(scenes):
    """It ends where it begins."""
    for slug, scene in scenes.items():
        if scene.fade:
            continue
        first, last = scene.frames[0].body, scene.frames[-1].body
        for (part, here, _), (_, there, _) in zip(first.balls(), last.balls(), strict=True):
            assert length(minus(here, there)) < STAYS, f"{slug}: {part}"
        assert scene.frames[-1].time == pytest.approx(scene.seconds)


def test_the_knees_bend_forward_and_the_elbows_as_arms_do(frames):
    """The shin swings to the back of the thigh, the forearm to the front of the arm."""
    for slug, time, _, body in frames:
        for name, limb in body.limbs.items():
            upper, lower = minus(limb.joint, limb.root), minus(limb.end, limb.joint)
            way = 1 if name.endswith("arm") else -1
            straight = length(minus(limb.end, limb.root)) / (length(upper) + length(lower))
            assert straight > 0.995 or _turns(upper, lower, limb.hinge) * way > 0, (
                f"{slug} at {time} s: {name}"
            )


def _turns(a, b, axis):
    """Positive where b is a turned forward about the axis."""
    x = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return sum(one * other for one, other in zip(x, axis, strict=True))
