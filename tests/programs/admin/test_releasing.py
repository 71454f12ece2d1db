"""Publishing with people inside: now, at their next week, or not at all; and back again in one step."""

from datetime import timedelta

import pytest

from programs.facts.releases import plan_of
from programs.models import ContentVersion, Exercise, Prescription, Release, Session
from programs.services.decision import decide_week
from programs.services.publishing import publish
from programs.services.releasing import Move, go_back, people_inside, publish_for
from tests.programs.journey.conftest import before, do_week

pytestmark = pytest.mark.django_db


def edit(why="New words."):
    Exercise.objects.filter(slug="bridge").update(why=why)


def test_now_moves_her_at_once(began, program, therapist, a_moment):
    edit()
    published = publish_for(program.program, Move.NOW, therapist, a_moment + timedelta(days=1))

    began.refresh_from_db()
    assert (published.moved, published.later) == (1, 0)
    assert began.release == published.release != program
    assert plan_of(began.release_id).exercise("bridge").why == "New words."


def test_a_session_under_way_is_left_alone_until_the_next_week(began, program, therapist, a_moment):
    edit()
    before(began, a_moment, "w01-a")
    published = publish_for(program.program, Move.NOW, therapist, a_moment + timedelta(minutes=20))

    began.refresh_from_db()
    assert (published.moved, published.later) == (0, 1)
    assert (began.release, began.next_release) == (program, published.release)


def test_at_the_next_week_the_decision_takes_her_there(began, program, therapist, a_moment):
    edit()
    published = publish_for(program.program, Move.NEXT_WEEK, therapist, a_moment)
    began.refresh_from_db()
    assert began.release == program

    last = do_week(began, 1, a_moment + timedelta(hours=1))
    decide_week(began, began.week_started_at, last + timedelta(days=2))

    began.refresh_from_db()
    assert (began.week, began.release, began.next_release) == (2, published.release, None)


def test_left_means_left(began, program, therapist, a_moment):
    edit()
    publish_for(program.program, Move.LEAVE, therapist, a_moment)

    began.refresh_from_db()
    assert (began.release, began.next_release) == (program, None)


def test_a_release_without_her_week_does_not_take_her(began, program, therapist, a_moment):
    began.week = 13
    began.save(update_fields=["week"])
    edit()
    published = publish_for(program.program, Move.NOW, therapist, a_moment)

    began.refresh_from_db()
    assert (published.moved, began.release) == (0, program)


def test_who_lives_the_newest_already_is_not_counted(began, program):
    assert not people_inside(program.program, but=program).exists()
    assert people_inside(program.program).count() == 1


def test_going_back_is_one_step_and_writes_the_old_words_again(began, program, therapist, a_moment):
    old = Exercise.objects.get(slug="bridge").why
    session = Session.objects.get(key="w03-a")
    places = list(session.prescriptions.values_list("exercise__slug", "position"))
    edit()
    Prescription.objects.filter(session=session, position=1).update(rest_seconds=7)
    publish(program.program, therapist, a_moment)

    back = go_back(program, Move.NOW, therapist, a_moment + timedelta(days=1))

    began.refresh_from_db()
    assert back.release.digest == program.digest
    assert back.release.number == Release.objects.latest("number").number
    assert began.release == back.release
    assert Exercise.objects.get(slug="bridge").why == old
    assert list(session.prescriptions.values_list("exercise__slug", "position")) == places
    kept = ContentVersion.objects.filter(kind="exercises", name="bridge")
    assert [version.part["why"] for version in kept] == [old, "New words."]


def test_her_edit_stays_hers_when_a_version_comes_back(program, therapist, a_moment):
    mark = Exercise.objects.get(slug="bridge").loaded_digest
    edit()
    publish(program.program, therapist, a_moment)
    go_back(program, Move.LEAVE, therapist, a_moment + timedelta(days=1))

    assert Exercise.objects.get(slug="bridge").loaded_digest == mark
