"""When what happens: stages of the tempo, eased; the breath and the pelvic floor in the section."""

from itertools import pairwise

import pytest

from programs.figures import FigureError, Tempo
from programs.figures.inside import STYLES, course, state_at
from programs.figures.picture.cut import _dome, _low, _wall
from programs.figures.picture.fading import visits
from programs.figures.timing import BREATH, moments, spline, thinned, usual_way, visible

TEMPO = Tempo(2, 3, 2, 1)


def stops(loop):
    """When the loop comes to a pose, as (time, pose)."""
    return [(round(one.time, 3), one.aim) for one in loop if one.share == pytest.approx(1)]


def test_it_lifts_holds_lowers_and_relaxes_in_the_tempos_time():
    loop = moments(TEMPO, usual_way(2))
    ends = {one.progress: (one.time, one.aim) for one in loop if one.progress in (0, 1, 2, 3, 4)}
    assert ends == {0: (0, 0), 1: (2, 1), 2: (5, 1), 3: (7, 0), 4: (8, 0)}


def test_lifting_starts_and_ends_slowly():
    lift = [one for one in moments(TEMPO, usual_way(2)) if one.time <= 2]
    early, middle = lift[1].time - lift[0].time, lift[3].time - lift[2].time
    assert early > 2 * middle


def test_a_second_round_follows_the_first():
    loop = moments(TEMPO, usual_way(2), rounds=2)
    assert loop[-1].time == pytest.approx(16)
    assert {one.round for one in loop if one.time > 8} == {1}


def test_a_way_of_its_own_marches_through_the_hold():
    way = {"hold": [1, 0, 2, 0]}
    loop = moments(Tempo(1, 8, 1, 0), way)
    marched = [(time, pose) for time, pose in stops(loop) if 1 < time <= 9]
    assert marched == [(3, 1), (5, 0), (7, 2), (9, 0)]


def test_a_move_that_is_too_short_to_see_takes_time_from_the_rest():
    assert visible(Tempo(1, 0, 0, 2)) == (1, 0, 0.6, 1.4)
    assert visible(TEMPO) == TEMPO


def test_what_goes_evenly_needs_its_ends_only():
    progress = [0, 0.25, 0.5, 0.75, 1]
    assert thinned(progress, [(value,) for value in progress], 0.01) == [0, 4]
    assert thinned(progress, [(0,), (0,), (9,), (0,), (0,)], 0.01) == [0, 1, 2, 3, 4]


def test_a_whole_eased_move_starts_and_ends_at_rest():
    assert spline(0, 1) == ".33 0 .67 1"
    assert spline(0, 2) == "0 0 1 1"


def test_every_course_runs_in_order_and_comes_back(scenes):
    used = {(scene.section, scene.tempo) for scene in scenes.values() if scene.section}
    assert {style for style, _ in used} == set(STYLES)
    for style, tempo in used:
        states = course(style, tempo)
        times = [time for time, _ in states]
        assert times == sorted(set(times)), (style, tempo)
        assert (times[0], times[-1]) == (0, pytest.approx(tempo.seconds))
        assert states[0][1] == states[-1][1]


def test_a_style_nobody_knows_is_refused():
    with pytest.raises(FigureError, match="no style “heart”"):
        course("heart", TEMPO)


def test_breathing_in_widens_the_ribs_lowers_the_diaphragm_and_softens_the_floor():
    states = course("breath", BREATH)
    out, full = state_at(states, 0), state_at(states, 4)
    assert _wall(full) > _wall(out)
    assert _dome(full) > _dome(out)  # y runs downward
    assert _low(full) > _low(out)
    assert state_at(states, 10).floor > 0 > full.floor


def test_between_two_states_it_eases():
    states = course("breath", BREATH)
    early, half = state_at(states, 0.4).breath, state_at(states, 2).breath
    assert early < 0.05
    assert half == pytest.approx(0.5)


def test_the_floor_lifts_on_the_breath_out_and_is_held_while_she_breathes():
    tempo = Tempo(1, 8, 1, 8)
    states = course("lift", tempo)
    assert state_at(states, 0).floor < 0
    assert state_at(states, 1).breath < state_at(states, 0).breath
    held = [state_at(states, 1 + second) for second in range(9)]
    assert {state.floor for state in held} == {1}
    assert max(state.breath for state in held) - min(state.breath for state in held) > 0.2
    assert max(state_at(states, second).floor for second in range(10, 19)) <= 0


def test_letting_go_never_lifts():
    states = course("let_go", BREATH)
    assert max(state_at(states, second / 2).floor for second in range(21)) < 0


def test_half_effort_is_half_as_high():
    assert state_at(course("steady", Tempo(2, 10, 2, 4)), 6).floor == 0.5


def test_the_elevator_stops_at_three_floors_up_and_down():
    states = course("elevator", Tempo(4, 2, 4, 8))
    up = [state.floor for time, state in states if 0 < time <= 4]
    down = [state.floor for time, state in states if 6 < time <= 10]
    assert up == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3, 1, 1])
    assert down == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1 / 3, 0, 0])


def test_before_a_cough_the_floor_is_up_and_stays_up():
    tempo = Tempo(1, 2, 1, 4)
    states = course("knack", tempo)
    cough = min(states, key=lambda stop: (-stop[1].hug, stop[0]))[0]
    assert tempo.lift < cough < tempo.lift + tempo.hold
    assert min(state_at(states, 1 + tenth / 10).floor for tenth in range(21)) >= 0.9


def test_poses_that_fade_share_the_loop_without_a_gap():
    shown = visits(Tempo(6, 3, 6, 0), 4)
    assert [pose for pose, _, _ in shown] == [0, 1, 2, 3, 2, 1, 0]
    assert shown[0][1] == 0
    assert shown[-1][2] == 15
    assert all(before[2] == after[1] for before, after in pairwise(shown))
