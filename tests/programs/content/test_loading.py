"""Files into rows: all, again and again, and never over what the therapist edited."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.authoring.content import plan_of_rows
from programs.files import BrokenContent, read_content
from programs.models import Country, Exercise, Milestone, Phase, Prescription, Program, Session, Week
from programs.services.loading import load

EXERCISE = ("exercises", "cat-cow")
FILE = "exercises/cat-cow.yaml"


def test_everything_arrives_as_written(copy, nothing_loaded):
    loading = load(copy.folder)

    assert len(loading.created) == 1 + 4 + 12 + 66 + 51 + 15
    assert (loading.updated, loading.kept, loading.gone) == ([], [], [])
    plan, remarks = plan_of_rows(loading.program)
    assert remarks == []
    assert plan == read_content(copy.folder).plan
    assert Country.objects.get(pk="GB").lines.filter(is_crisis_line=True).count() == 2


def test_the_first_load_takes_few_queries(copy, nothing_loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        load(copy.folder)


def test_the_number_of_queries_does_not_grow_with_what_changed(copy, loaded):
    def queries_when_changed(files):
        for number in range(1, files + 1):
            copy.replace(f"weeks/{number:02}.yaml", "theme: ", "theme: Again ")
            copy.replace(f"weeks/{number:02}.yaml", "title: ", "title: Again ")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(load(copy.folder).updated) == 2 * files
        return len(queries)

    assert queries_when_changed(1) == queries_when_changed(3)


def test_unchanged_files_are_one_query(copy, loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        loading = load(copy.folder)

    assert loading.unchanged
    assert loading.program == loaded


def test_a_touched_file_that_says_the_same_writes_nothing(copy, loaded):
    before = Exercise.objects.get(slug="cat-cow").updated_at
    copy.replace(FILE, "name:", "# a remark\nname:")

    loading = load(copy.folder)

    assert not loading.unchanged
    assert (loading.created, loading.updated, loading.kept) == ([], [], [])
    assert Exercise.objects.get(slug="cat-cow").updated_at == before


def test_a_changed_file_changes_its_row_and_keeps_its_id(copy, loaded):
    before = Exercise.objects.get(slug="cat-cow").pk
    copy.replace(FILE, "Loosens a stiff back.", "Loosens a stiff back, gently.")

    loading = load(copy.folder)

    assert loading.updated == [EXERCISE]
    exercise = Exercise.objects.get(pk=before)
    assert exercise.why == "Loosens a stiff back, gently."


def test_a_changed_session_has_exactly_its_new_prescriptions(copy, loaded):
    copy.replace("sessions/rest.yaml", "seconds: 60", "seconds: 70")

    assert load(copy.folder).updated == [("sessions", "rest")]
    rest = Session.objects.get(key="rest")
    assert list(rest.prescriptions.values_list("position", "seconds")) == [(1, 120), (2, 90), (3, 70)]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: Exercise.objects.filter(slug="cat-cow").update(why="My own words."),
        lambda: Exercise.objects.filter(slug="cat-cow").update(doses={"nonsense": 1}),
        lambda: Exercise.objects.filter(slug="cat-cow").update(
            easier_variant=Exercise.objects.get(slug="clamshell")
        ),
    ],
    ids=["words", "broken doses", "a neighbour"],
)
def test_an_edited_exercise_is_kept(copy, loaded, edit):
    edit()
    edited = Exercise.objects.filter(slug="cat-cow").values().get()
    copy.replace(FILE, "Loosens a stiff back.", "The file's new words.")

    loading = load(copy.folder)

    assert loading.kept == [EXERCISE]
    assert Exercise.objects.filter(slug="cat-cow").values().get() == edited


def test_it_is_kept_for_as_long_as_it_differs(copy, loaded):
    Exercise.objects.filter(slug="cat-cow").update(why="My own words.")
    copy.replace(FILE, "Loosens a stiff back.", "The file's new words.")
    load(copy.folder)
    copy.replace("weeks/01.yaml", "theme: ", "theme: Again ")

    loading = load(copy.folder)

    assert loading.kept == [EXERCISE]
    assert loading.updated == [("weeks", 1)]


def test_an_edit_taken_over_into_the_file_is_the_files_again(copy, loaded):
    Exercise.objects.filter(slug="cat-cow").update(why="My own words.")
    copy.replace(FILE, "Loosens a stiff back.", "My own words.")
    assert load(copy.folder).kept == []

    copy.replace(FILE, "My own words.", "The file's new words.")

    assert load(copy.folder).updated == [EXERCISE]
    assert Exercise.objects.get(slug="cat-cow").why == "The file's new words."


@pytest.mark.parametrize(
    "edit",
    [
        lambda session: session.prescriptions.filter(position=1).update(sets=3),
        lambda session: session.prescriptions.filter(position=7).delete(),
        lambda session: Prescription.objects.create(
            session=session, position=8, exercise=Exercise.objects.get(slug="clamshell"), seconds=30
        ),
    ],
    ids=["a dose", "one taken out", "one put in"],
)
def test_a_session_with_an_edited_prescription_is_kept(copy, loaded, edit):
    session = Session.objects.get(key="w03-a")
    edit(session)
    kept = list(session.prescriptions.values())
    copy.replace("weeks/03.yaml", "title: Breathe and Find", "title: The file's new title")

    loading = load(copy.folder)

    assert loading.kept == [("sessions", "w03-a")]
    assert list(session.prescriptions.values()) == kept


def test_edited_milestones_countries_weeks_and_the_program_are_kept(copy, loaded):
    Milestone.objects.filter(slug="m1-pf").update(text="I can do 4 lifts.")
    Country.objects.get(pk="GB").lines.filter(name="Samaritans").update(is_verified=False)
    Week.objects.filter(number=2).update(theme="My theme")
    Program.objects.update(audience="My own words.")
    copy.replace("program.yaml", "name: 12-week", "name: Twelve-week")
    copy.replace("program.yaml", "name: Reconnect", "name: Reconnect again")
    copy.replace("help/gb.yaml", 'emergency: "999"', 'emergency: "112"')
    copy.replace("weeks/02.yaml", "theme: ", "theme: Again ")

    kept = load(copy.folder).kept

    assert kept == [("about",), ("phases", 1), ("weeks", 2), ("help", "GB")]
    assert Country.objects.get(pk="GB").emergency == "999"
    assert Phase.objects.get(number=1).name == "Reconnect"


def test_a_row_whose_file_is_gone_is_told_and_stays(copy, loaded):
    (copy.folder / "help/nz.yaml").unlink()

    assert load(copy.folder).gone == [("help", "NZ")]
    assert Country.objects.filter(pk="NZ").exists()


def test_a_row_the_therapist_added_is_none_of_the_files_business(copy, loaded):
    Country.objects.create(code="SE", name="Sweden", emergency="112")
    copy.replace("help/gb.yaml", 'emergency: "999"', 'emergency: "112"')

    loading = load(copy.folder)

    assert (loading.gone, loading.updated) == ([], [("help", "GB")])


def test_broken_files_change_nothing(copy, loaded):
    copy.replace(FILE, "Loosens a stiff back.", "The file's new words.")
    copy.replace("weeks/12.yaml", "phase: 4", "phase: 9")

    with pytest.raises(BrokenContent):
        load(copy.folder)

    assert Exercise.objects.get(slug="cat-cow").why == "Loosens a stiff back."
