"""From rows to a release that never changes."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programs.facts.releases import plan_of
from programs.files import read_content
from programs.models import Exercise, Prescription, Release, Session
from programs.services.publishing import is_ahead, publish

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def loaded(program):
    """The program as loaded from the files, and nothing published yet."""
    Release.objects.all().delete()
    return program.program


@pytest.fixture
def release(loaded):
    return publish(loaded, None, NOW)


def test_a_release_holds_what_is_written(copy, release):
    assert (release.number, release.published_at) == (1, NOW)
    assert plan_of(release.pk) == read_content(copy.folder).plan


def test_it_says_who_published_it(loaded, django_user_model):
    therapist = django_user_model.objects.create_user("elena@example.org", "x" * 12)

    assert publish(loaded, therapist, NOW).published_by == therapist


def test_publishing_twice_is_one_release(loaded, release):
    assert publish(loaded, None, NOW) == release
    assert Release.objects.count() == 1
    assert not is_ahead(loaded)


def test_a_change_is_a_new_release_and_leaves_the_old_one(loaded, release):
    Exercise.objects.filter(slug="cat-cow").update(why="My own words.")
    assert is_ahead(loaded)

    newer = publish(loaded, None, NOW)

    assert newer.number == 2
    assert plan_of(newer.pk).exercise("cat-cow").why == "My own words."
    assert plan_of(release.pk).exercise("cat-cow").why == "Loosens a stiff back."


def test_a_release_is_one_query_once(release, django_assert_num_queries):
    plan_of.cache_clear()
    with django_assert_num_queries(1):
        plan_of(release.pk)
    with django_assert_num_queries(0):
        plan_of(release.pk)


def test_an_unknown_release_is_refused(loaded):
    with pytest.raises(Release.DoesNotExist):
        plan_of(-1)


def test_publishing_takes_few_queries(loaded, django_assert_num_queries):
    with django_assert_num_queries(11):
        publish(loaded, None, NOW)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            lambda: Exercise.objects.filter(slug="cat-cow").update(doses={"1": {"sets": 1}}),
            "Exercise cat-cow › doses › 1: “rest_seconds” is missing",
        ),
        (
            lambda: Exercise.objects.filter(slug="cat-cow").update(safety={}),
            "Exercise cat-cow › safety: nothing is said about “A ridge or dome along your tummy”",
        ),
        (
            lambda: Exercise.objects.filter(slug="cat-cow").update(safety=[1]),
            "Exercise cat-cow › safety: should be a group of lines “name: text”",
        ),
        (
            lambda: Session.objects.get(key="w03-a").prescriptions.filter(position=1).update(sets=20),
            "Session w03-a: it takes 47 minutes; it should take 8 to 25",
        ),
        (
            lambda: Prescription.objects.filter(session__key="w03-a", position=2).update(
                reps=None, seconds=9
            ),
            "Session w03-a › prescriptions › 2 › seconds: Pelvic Floor Holds, Lying Down is counted: give reps and a tempo",
        ),
        (
            lambda: Session.objects.filter(key="w03-a").delete(),
            "Week 3 › sessions: a week has the three sessions A, B and C; this one has: B, C",
        ),
    ],
    ids=["half a dose", "no cautions", "nonsense", "too long", "seconds for reps", "a session gone"],
)
def test_what_is_broken_is_not_published_but_told(loaded, edit, told):
    edit()

    with pytest.raises(ValidationError) as refused:
        publish(loaded, None, NOW)

    assert told in refused.value.messages
    assert not Release.objects.exists()


@pytest.mark.parametrize("field", ["plan", "digest", "number", "published_at"])
def test_the_database_refuses_to_change_a_release(release, field):
    changed = {"plan": {}, "digest": "0", "number": 9, "published_at": datetime(2020, 1, 1, tzinfo=UTC)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**{field: changed[field]})
