"""Virtual members live through the program, and each day is looked at: the small run of `manage.py simulate`."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from programs.models import CheckIn, Concern, Decision, Enrollment, SafetyHold
from programs.simulation.days import fetch, live
from programs.simulation.invariants import Watch
from programs.simulation.keeping import Kept
from programs.simulation.life import Life
from programs.simulation.mothers import CLEAR, Kind, Mother
from programs.simulation.running import BEGAN, simulate
from programs.simulation.tables import Span, spans_table

pytestmark = pytest.mark.django_db
SEED = 15
QUIET_SEED = 1  # one in whose first ten days nothing unusual happens
DAY = timedelta(days=1)


def test_nothing_unsafe_happens_to_a_few_members_in_a_few_weeks(program):
    found = simulate(range(201, 208), weeks=3, seed=SEED)
    assert found.wrong == []
    assert (found.members, found.days) == (7, 7 * 21)
    assert not get_user_model().objects.exists()


def test_the_same_seed_gives_the_same_lives(program):
    first, second = (simulate([1, 2], weeks=1, seed=SEED) for _ in range(2))
    assert (first.ends, first.spans) == (second.ends, second.spans)


def test_what_a_life_remembers_is_what_it_would_read_anew(program):
    remembered = simulate([3, 27], weeks=2, seed=SEED)
    read_anew = simulate([3, 27], weeks=2, seed=SEED, remembers=False)
    assert remembered.wrong == read_anew.wrong == []
    assert (remembered.ends, remembered.spans) == (read_anew.ends, read_anew.spans)


def test_an_interrupted_run_goes_on_where_it_stopped(program, tmp_path):
    kept = Kept(tmp_path / "lives", SEED, weeks=1)
    found = simulate([1, 2], weeks=1, seed=SEED, tell=kept.add)
    again = kept.read()
    assert sorted(again) == [1, 2]
    assert again[1].spans + again[2].spans == found.spans
    assert again[1].ends + again[2].ends == found.ends
    assert Kept(kept.path, SEED + 1, weeks=1).read() == {}


WELL = Mother(
    number=1, kind=Kind.WELL, zone="UTC", days_since_birth=150, answers=dict(CLEAR), diligence=1.0, reports=1.0
)  # fmt: skip


@pytest.fixture
def well(program):
    """The life of a member who is well and diligent, after ten days: one week is done and the next one begun."""
    life = Life(WELL, QUIET_SEED, BEGAN)
    watch = Watch(life)
    for day in range(10):
        live(life, day)
        assert watch.look() == []
    assert Decision.objects.filter(to_week=2).exists()
    return life


def seen(life):
    """What a fresh look at the life finds, in one text."""
    with life.acting():
        pass
    return "\n".join(Watch(life).look())


def test_a_session_that_was_never_done_is_found(well):
    well.diary.clear()
    assert "was never done" in seen(well)
    assert "0 sessions of it were done and reported" in seen(well)


def test_a_session_without_a_check_or_in_a_rest_is_found(well):
    CheckIn.objects.update(outcome="breathing_only")
    assert "a rest of 24 hours was in force" in seen(well)
    CheckIn.objects.all().delete()
    assert "no check came before it within 12 hours" in seen(well)


def test_a_session_in_a_hold_is_found_and_a_hold_of_which_nobody_knows(well):
    SafetyHold.objects.create(
        participant=well.participant, outcome="pause_clinician", rules_matched=["PRE-U1"], began_at=BEGAN
    )
    assert "a hold was in force" in seen(well)
    Concern.objects.all().delete()
    assert "nobody at the desk knows" in seen(well)


def test_a_hold_without_a_reason_or_a_way_out_is_found(well):
    hold = SafetyHold.objects.create(
        participant=well.participant, outcome="pause_clinician", rules_matched=["SCREEN-W1"], began_at=BEGAN
    )
    assert "does not say why" in seen(well)
    SafetyHold.objects.filter(pk=hold.pk).update(
        rules_matched=["SITUATION"], situation="loss", began_at=well.now
    )
    assert seen(well) == f"nobody at the desk knows of a hold by ['SITUATION'] since {well.now:%d %b %H:%M}"


def test_a_look_that_nobody_at_the_desk_takes_is_found(well):
    Decision.objects.update(advice=["SYMPTOM_HOLD", "SEE_PELVIC_PT"])
    assert "asks for a look in week 2, and nobody at the desk knows" in seen(well)


def test_a_correction_too_late_or_of_thoughts_of_self_harm_is_found(well):
    row = CheckIn.objects.order_by("made_at")[0]
    row.answers, row.replaced_at = row.answers | {"mood": "not_safe"}, row.made_at + timedelta(minutes=11)
    row.save()
    found = seen(well)
    for wrong in ("11 minutes later", "thoughts of self-harm", "no answer took its place"):
        assert wrong in found


def test_a_closed_phase_and_two_advances_in_a_week_are_found(well):
    Enrollment.objects.update(birth_date=BEGAN.date() - 10 * DAY)
    assert "phase 1 was closed" in seen(well)
    Decision.objects.update(made_at=BEGAN + 2 * DAY)
    assert "the week was" in seen(well)


def test_an_exercise_against_a_flag_on_the_phone_is_found(well):
    with well.acting():
        fetch(well)
    assert seen(well) == ""
    Enrollment.objects.update(safety_flags=["pf_tension"])
    assert "the phone keeps another" in seen(well)


def test_the_table_names_the_longest_hold_first():
    spans = [
        Span("hold PRE-U1", DAY, is_open=False, followed=True),
        Span("hold PRE-U1", 3 * DAY, is_open=True, followed=False),
        Span("week PR-7", 14 * DAY, is_open=False, followed=True),
    ]
    header, first, second = spans_table(spans).splitlines()
    assert header.split()[:3] == ["held", "by", "times"]
    assert first.split() == ["week", "PR-7", "1", "0", "14.0", "14.0", "14.0"]
    assert second.split() == ["hold", "PRE-U1", "2", "1", "2.0", "3.0", "1.0"]
