"""Numbers of groups of five or more, and files that no spreadsheet takes for formulas."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from common.csv_files import as_csv
from programs.models import Decision, SessionLog
from tests.cast import make_enrollment, make_user


def lived(number, week=2):
    """`number` mothers who did two of the three sessions of a week."""
    at = timezone.now() - timedelta(days=3)
    for one in range(number):
        enrollment = make_enrollment(make_user(f"m{week}-{one}@example.org"), at - timedelta(days=9))
        for letter in "ab":
            SessionLog.objects.create(
                enrollment=enrollment, session_key=f"w{week:02}-{letter}", kind="session", week=week,
                started_at=at, finished_at=at, exercises_done=6, exercises_planned=6, seconds_done=600, counts_as_done=True,
            )  # fmt: skip
        Decision.objects.create(
            enrollment=enrollment, made_at=at, outcome="advance_week", rule="PR-13", facts={}, from_week=week,
            to_week=week + 1, rules_version="1",
        )  # fmt: skip


@pytest.mark.django_db
def test_five_are_shown_and_four_are_not(as_therapist, program):
    lived(5, week=2)
    lived(4, week=3)

    tables = {table.key: table for table in as_therapist.get(reverse("admin:desk_numbers")).context["tables"]}
    assert tables["adherence"].rows == [(2, 5, 67)]
    assert tables["adherence"].left_out == 1
    assert tables["decisions"].rows == [(2, 5, 5, 100)]
    assert (tables["decisions"].left_out, tables["stops"].rows) == (1, [])


@pytest.mark.django_db
@pytest.mark.parametrize("mothers", [1, 8])
def test_the_same_number_of_queries_for_few_and_for_many(
    as_therapist, program, mothers, django_assert_num_queries
):
    lived(mothers)
    with django_assert_num_queries(17):  # seven keep the numbers for an hour
        as_therapist.get(reverse("admin:desk_numbers"))


@pytest.mark.django_db
def test_within_the_hour_they_are_not_counted_again(as_therapist, program, django_assert_num_queries):
    first = as_therapist.get(reverse("admin:desk_numbers"))
    lived(5)
    with django_assert_num_queries(4):
        again = as_therapist.get(reverse("admin:desk_numbers"))

    assert again.context["tables"] == first.context["tables"]
    assert again.context["counted_at"] == first.context["counted_at"]
    assert "As of " in again.text
    cache.clear()
    assert as_therapist.get(reverse("admin:desk_numbers")).context["tables"] != first.context["tables"]


@pytest.mark.django_db
def test_one_as_a_file(as_therapist, program):
    lived(5)
    file = as_therapist.get(reverse("admin:desk_numbers_file", args=["adherence"]))

    assert file["Content-Disposition"] == 'attachment; filename="adherence.csv"'
    assert "2,5,67" in file.content.decode()
    assert as_therapist.get(reverse("admin:desk_numbers_file", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "  =1+1"])
def test_no_cell_is_a_formula(text):
    assert as_csv(["x"], [[text]]).splitlines()[1].lstrip('"').startswith("'")


def test_numbers_stay_numbers():
    assert as_csv(["x"], [[-3]]).splitlines()[1] == "-3"
