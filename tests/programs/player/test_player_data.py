"""What the player is given: the whole session with its forms and easier versions, and the way of each repetition."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.facts.adapted_session import Today, adapted_session
from programs.facts.releases import plan_of
from programs.models import Participant
from programs.pages.player import player_data
from programs.pages.session_lengths import form_named, shorter_forms
from programs.rules.vocabulary import Outcome, SafetyAction, SafetyFlag
from tests.programs.journey.conftest import before, log_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(program):
    """The plan of the newest release."""
    return plan_of(program.pk)


def todo_of(plan, key, flags=frozenset(), outcome=Outcome.GO):
    """A session of the plan as done on such a day in phase 1."""
    return adapted_session(plan, key, Today(flags, 1, outcome))


def data_of(plan, key, **how):
    """The player's data of it."""
    return player_data(todo_of(plan, key, **how), None, {}, [])


def test_every_step_names_an_exercise_and_counts_as_long_as_its_parts(plan):
    data = data_of(plan, "w01-b")
    for step in [*data["steps"], *(step for steps in data["easier"].values() for step in steps)]:
        assert step["exercise"] in data["exercises"]
        assert step["id"].startswith(f"{step['exercise'] + 1}.")
        if "phases" in step:
            assert step["reps"] * sum(seconds for _, seconds in step["phases"]) == step["seconds"]


def test_an_easier_version_has_the_dose_of_the_rules(plan):
    data = data_of(plan, "w01-b")
    heel_slides = [step for step in data["easier"][2] if step["kind"] == "work"]
    assert [(step["id"], step["reps"], step["seconds"]) for step in heel_slides] == [
        ("3.1.1", 3, 18),
        ("3.1.2", 3, 18),
    ]


def test_an_easier_version_that_is_another_exercise_brings_its_figure_and_steps(plan):
    key = next(
        key for key, one in plan.sessions.items() if "bridge" in [p.exercise for p in one.prescriptions]
    )
    data = data_of(plan, key)
    index = next(index for index, exercise in data["exercises"].items() if exercise["slug"] == "bridge")
    easier, bridge = data["easierExercises"][index], data["exercises"][index]
    assert (easier["slug"], easier["steps"] != bridge["steps"]) == ("mini-bridge", True)
    assert "mini-bridge" in easier["figure"]


def test_an_easier_exercise_that_a_flag_swaps_away_is_never_offered(plan):
    for session in plan.sessions.values():
        for item in todo_of(plan, session.key, flags=frozenset(SafetyFlag)).items:
            easier = item.easier_exercise
            actions = {easier.facts.rule_for(flag).action for flag in SafetyFlag} if easier else set()
            assert SafetyAction.SWAP not in actions


def test_getting_ready_for_what_was_done_before_takes_ten_seconds_at_most(plan):
    known = {"heel-slide"}
    data = player_data(todo_of(plan, "w01-b"), None, {}, [], known=known)
    ready = {
        data["exercises"][step["exercise"]]["slug"]: step["seconds"]
        for step in [*data["steps"], *data["easier"][2]]
        if step["kind"] == "prepare"
    }
    assert ready.pop("heel-slide") == 10
    assert set(ready.values()) == {25}


def test_what_is_easier_today_has_no_easier_version(plan):
    data = data_of(plan, "w01-b", outcome=Outcome.EASIER)
    easier = {index for index, exercise in data["exercises"].items() if exercise["isEasier"]}
    assert easier
    assert not easier & data["easier"].keys()


def tagged(plan, slug, *tags):
    """The plan with these tags on one exercise."""
    exercise = replace(plan.exercise(slug), tags=tags)
    return replace(plan, exercises={**plan.exercises, slug: exercise})


@pytest.mark.parametrize(
    ("tags", "phases"),
    [
        ((), [["lift", 2], ["hold", 1], ["lower", 3]]),
        (("breathe in first",), [["lower", 3], ["hold", 1], ["lift", 2]]),
    ],
)
def test_a_repetition_goes_the_way_its_breath_does(plan, tags, phases):
    changed = tagged(plan, "hover-squat", *tags)
    key = next(
        session.key
        for session in plan.sessions.values()
        if "hover-squat" in [one.exercise for one in session.prescriptions]
    )
    data = data_of(changed, key)
    index = next(i for i, exercise in data["exercises"].items() if exercise["slug"] == "hover-squat")
    work = next(step for step in data["steps"] if step["exercise"] == index and step["kind"] == "work")
    assert work["phases"] == phases


def test_slow_breathing_is_paced_and_movement_is_not(plan):
    paces = {exercise["slug"]: exercise["pace"] for exercise in data_of(plan, "w01-a")["exercises"].values()}
    assert {slug for slug, pace in paces.items() if pace} == {"rib-breathing-lying", "pf-let-go"}


@pytest.mark.parametrize("week", range(1, 13))
def test_shorter_forms_are_parts_of_the_whole_and_fit(plan, week):
    for session in [*plan.sessions_of_week(week), plan.daily_of_week(week)]:
        whole = todo_of(plan, session.key)
        numbers = {item.number for item in whole.items}
        for form in shorter_forms(whole):
            assert {item.number for item in form.todo.items} < numbers
            assert set(form.todo.steps) < set(whole.steps)
            if form.name.isdecimal():
                assert form.todo.minutes <= int(form.name) or len(form.todo.items) == 1


def test_an_exercise_is_known_from_the_day_after_its_first_session(enrollment, as_mother):
    def ready():
        steps = as_mother.get(reverse("session", args=["w01-b"])).context["player"]["steps"]
        return [step["seconds"] for step in steps if step["kind"] == "prepare"]

    log_only(enrollment, "w01-b", timezone.now() - timedelta(hours=1))
    before(enrollment, timezone.now())
    assert set(ready()) == {25}
    log_only(enrollment, "w01-b", timezone.now() - timedelta(days=2))
    assert set(ready()) == {10}


def test_what_she_likes_in_sessions_comes_along(enrollment, as_mother):
    Participant.objects.update(player_wishes=["chimes", "still"])
    page = as_mother.get(reverse("session", args=["w01-b"]))
    kept = as_mother.get(reverse("kept_sessions")).json()["sessions"]

    assert [page.context["player"]["wishes"], kept[0]["wishes"]] == [["chimes", "still"]] * 2
    pictures = re.findall(r'src="[^"]*/figures/([^"]+)"', page.content.decode())
    assert pictures
    assert [name for name in pictures if "-still." not in name] == []


def test_a_form_nobody_knows_is_the_whole(plan):
    whole = todo_of(plan, "w01-b")
    assert form_named(whole, "99") is whole
