"""Writing the program: the forms say what the rows say, every state is kept, and the validator speaks."""

import json
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from lxml import html

from programs.authoring.content import unit_of, units_of
from programs.authoring.parts import parts_written
from programs.models import ContentVersion, Country, Exercise, Phase, Program, Session, Week
from programs.services.sharing import NotOurFile, as_file, from_file
from tests.programs.admin.page import form_of

pytestmark = pytest.mark.django_db


def address(row, page="change"):
    return reverse(f"admin:programs_{row._meta.model_name}_{page}", args=[row.pk])


def changed(client, row, **words):
    """Open the form of `row`, change some of its fields, and send it."""
    data = form_of(client.get(address(row)), f"{row._meta.model_name}_form")
    return client.post(address(row), data | words)


def test_an_entry_of_a_list_of_the_program_keeps_its_commas(as_therapist, program):
    changed(as_therapist, program.program, not_for=["pregnancy", "", "pain, fever or both"])

    saved = Program.objects.get()
    assert saved.not_for == ["pregnancy", "pain, fever or both"]


def test_a_milestone_has_other_words_for_a_safety_flag(as_therapist, program):
    phase = Phase.objects.get(number=2)
    changed(as_therapist, phase, **{"milestones-0-text_by_flag-leaking": "I can hold it in a cough."})

    assert phase.milestones.first().text_by_flag["leaking"] == "I can hold it in a cough."


@pytest.fixture
def bridge(program):
    return Exercise.objects.get(slug="bridge")


@pytest.fixture
def session(program):
    return Session.objects.get(key="w03-a")


def test_saving_unchanged_changes_nothing(as_therapist, program):
    """A few of each kind, the odd ones among them."""
    before = {where: unit.digest for where, unit in units_of(Program.objects.get()).items()}
    rows = [
        *Exercise.objects.filter(slug__in=["bridge", "pf-let-go", "baby-lift-practice"]),
        *Session.objects.filter(key__in=["w01-daily", "rest"]),
        Week.objects.get(number=5),
        Phase.objects.get(number=2),
        Program.objects.get(),
    ]
    for row in rows:
        response = changed(as_therapist, row)
        assert response.status_code == 302, response.context["errors"]

    assert {where: unit.digest for where, unit in units_of(Program.objects.get()).items()} == before


def test_one_part_is_read_without_the_others(program, django_assert_max_num_queries):
    for where in [("about",), ("phases", 2), ("weeks", 5), ("exercises", "bridge"), ("sessions", "w03-a")]:
        with django_assert_max_num_queries(2):
            alone = unit_of(program.program, where)
        assert alone == units_of(program.program)[where]
    assert unit_of(program.program, ("weeks", 99)) is None


def test_steps_cautions_and_doses_are_real_fields(as_therapist, bridge):
    changed(
        as_therapist,
        bridge,
        steps=["Lie down.", "", "Lift."],
        **{
            "safety-doming-action": "swap",
            "safety-doming-swap_to": "mini-bridge",
            "safety-doming-note": "Flatter.",
            "doses-2-reps": "10",
        },
    )

    bridge.refresh_from_db()
    assert bridge.steps == ["Lie down.", "Lift."]
    assert bridge.safety["doming"] == {"action": "swap", "swap_to": "mini-bridge", "note": "Flatter."}
    assert bridge.doses["2"]["reps"] == 10


def test_other_words_are_offered_for_the_lines_that_exist(as_therapist, bridge):
    def offered():
        page = html.fromstring(as_therapist.get(address(bridge)).text)
        first = page.xpath("//select[@name='no_baby_text-place']")[0]
        return [one for one in first.xpath("option/@value") if one.startswith(("steps/", "form_cues/"))]

    places = {"steps": bridge.steps, "form_cues": bridge.form_cues}
    lines = [f"{place}/{n}" for place, texts in places.items() for n, _text in enumerate(texts, start=1)]
    assert offered() == lines

    Exercise.objects.filter(pk=bridge.pk).update(no_baby_text={"form_cues/9": "Hold on to a chair."})
    assert offered() == [
        *lines,
        "form_cues/9",
    ]  # what is said nowhere is shown, not dropped with the next save


def test_doses_have_the_names_that_members_read(as_therapist, bridge):
    page = html.fromstring(as_therapist.get(address(bridge)).text)
    heads = page.xpath("//table[contains(@class, 'd-numbers')]//th[@scope='col']/text()")

    assert heads[4:8] == ["move", "hold", "return", "let go"]


def test_exercises_stand_by_name(as_therapist, program):
    rows = as_therapist.get(reverse("admin:programs_exercise_changelist")).context["cl"].result_list

    assert [row.name for row in rows] == sorted(row.name for row in rows)


WRONG = [
    ({"steps": ["", ""]}, "This field is required"),
    ({"safety-doming-action": "swap", "safety-doming-swap_to": ""}, "exercise that comes instead"),
    ({"doses-2-seconds": "30"}, "either repetitions or seconds"),
    ({"doses-2-sets": "two"}, "whole numbers only"),
    ({"doses-2-sets": "-1"}, "at least one set"),
]


def test_what_does_not_fit_is_told_and_nothing_is_lost(as_therapist, bridge):
    opened = form_of(as_therapist.get(address(bridge)), "exercise_form") | {"why": "My new words."}
    for words, told in WRONG:
        page = as_therapist.post(address(bridge), opened | words).content.decode()

        assert told in page
        assert "My new words." in page, told
    bridge.refresh_from_db()
    assert bridge.why != "My new words."


def test_a_swap_that_loops_is_remarked_on(as_therapist, bridge):
    Exercise.objects.filter(slug="mini-bridge").update(
        safety={"doming": {"action": "swap", "swap_to": "bridge", "note": ""}}
    )
    changed(as_therapist, bridge, **{"safety-doming-action": "swap", "safety-doming-swap_to": "mini-bridge"})

    assert "go round" in as_therapist.get(address(bridge)).content.decode()


def test_prescriptions_follow_their_numbers(as_therapist, session):
    first, second = session.prescriptions.all()[:2]
    changed(as_therapist, session, **{"prescriptions-0-position": "2", "prescriptions-1-position": "1"})

    assert list(session.prescriptions.values_list("pk", flat=True)[:2]) == [second.pk, first.pk]


def test_minutes_and_remarks_while_she_edits(as_therapist, session):
    data = form_of(as_therapist.get(address(session)), "session_form")
    asked = reverse("admin:programs_session_draft", args=[session.pk])

    now = as_therapist.post(asked, data).json()
    longer = as_therapist.post(asked, data | {"prescriptions-0-sets": "30"}).json()

    assert now["remarks"] == []
    assert longer["minutes"] > now["minutes"]
    assert any("minutes; it should take" in line for line in longer["remarks"])
    session.refresh_from_db()
    assert session.prescriptions.first().sets != 30


def test_another_exercise_brings_its_dose_without_scripts_too(as_therapist, session, bridge):
    line, dose = session.prescriptions.first(), bridge.doses["2"]
    changed(as_therapist, session, **{"prescriptions-0-exercise": str(bridge.pk)})

    line.refresh_from_db()
    assert (line.exercise, line.sets, line.reps, line.seconds) == (bridge, dose["sets"], dose["reps"], None)
    changed(as_therapist, session, **{"prescriptions-0-sets": "1"})
    line.refresh_from_db()
    assert (line.sets, line.reps) == (1, dose["reps"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"sets": "3", "reps": "", "seconds": ""}, "Type how many repetitions, or how many seconds."),
        ({"sets": "0"}, "Type at least 1 set."),
    ],
)
def test_a_dose_that_is_none_is_asked_for_and_nothing_is_replaced(as_therapist, session, typed, said):
    line = session.prescriptions.first()
    before = (line.sets, line.reps, line.seconds)
    sent = {f"prescriptions-0-{name}": value for name, value in typed.items()}
    page = as_therapist.get(address(session))
    answer = as_therapist.post(address(session), form_of(page, "session_form") | sent)

    assert said in answer.content.decode()
    line.refresh_from_db()
    assert (line.sets, line.reps, line.seconds) == before
    kept = form_of(answer, "session_form")
    assert {name: kept[name] for name in sent} == {name: [value] for name, value in sent.items()}


def test_a_session_saved_with_a_remark_leads_to_it(as_therapist, session):
    changed(as_therapist, session, **{"prescriptions-0-sets": "99"})

    said = next(iter(as_therapist.get(reverse("admin:index")).context["messages"]))
    assert re.match(r'Saved\. Before it can be published: <a href="/admin/programs/session/', str(said))


def test_a_new_session_has_the_doses_of_its_week(as_therapist, bridge):
    week = Week.objects.get(number=12)
    add = reverse("admin:programs_session_add")
    page = as_therapist.get(add, {"week": week.pk, "program": week.phase.program_id})
    dose = bridge.doses["4"]
    assert page.context["doses"][bridge.pk]["sets"] == dose["sets"]

    sent = form_of(page, "session_form") | {"title": "Extra", "key": "extra", "kind": "rest"}
    sent |= {"prescriptions-0-exercise": str(bridge.pk), "prescriptions-0-position": "1"}
    sent |= {"prescriptions-0-rest_seconds": "7"}
    assert as_therapist.post(add, sent).status_code == 302
    made = Session.objects.get(key="extra").prescriptions.get()
    assert (made.sets, made.reps, made.rest_seconds) == (dose["sets"], dose["reps"], 7)
    assert as_therapist.get(add, {"week": "x"}).status_code == 200


def test_every_state_is_kept_and_comes_back(as_therapist, bridge, therapist):
    old = bridge.why
    changed(as_therapist, bridge, why="First change.")
    changed(as_therapist, bridge, why="Second change.")

    states = list(ContentVersion.objects.filter(kind="exercises", name="bridge"))
    assert [state.part["why"] for state in states] == ["Second change.", "First change.", old]
    assert [state.saved_by for state in states] == [therapist, therapist, None]

    page = as_therapist.get(address(bridge, "history")).content.decode()
    assert "First change." in page
    as_therapist.post(address(bridge, "history"), {"version": states[-1].pk})
    bridge.refresh_from_db()
    assert bridge.why == old
    assert ContentVersion.objects.filter(kind="exercises", name="bridge").count() == 4


def test_a_session_comes_back_with_its_exercises(as_therapist, session):
    lines = list(session.prescriptions.values_list("exercise", "sets"))
    changed(as_therapist, session, **{"prescriptions-0-sets": "1", "prescriptions-1-DELETE": "on"})
    assert list(session.prescriptions.values_list("exercise", "sets")) != lines

    oldest = ContentVersion.objects.filter(kind="sessions", name=session.key).last()
    as_therapist.post(address(session, "history"), {"version": oldest.pk})
    assert list(session.prescriptions.values_list("exercise", "sets")) == lines


def test_numbers_to_call_keep_their_states_too(as_therapist, program):
    canada = Country.objects.get(pk="CA")
    changed(as_therapist, canada, non_emergency="Call 811 at any hour")

    assert ContentVersion.objects.filter(kind="help", name="CA").count() == 2


NAMES = ["exercise", "position", "sets", "reps"]


def test_a_session_is_copied_only_to_where_it_can_be_published(as_therapist, session):
    copying = reverse("admin:desk_copy_session", args=[session.pk])
    old = Session.objects.get(key="w04-c")
    old_title, lines = old.title, list(session.prescriptions.values(*NAMES))
    page = as_therapist.get(copying).text
    assert 'value="w04-c"' in page
    assert f"Session C, in place of “{old_title}”" in page
    assert 'value="w12-a"' not in page  # its exercises have no dose in that phase
    assert 'value="w03-a"' not in page

    assert as_therapist.post(copying, {"target": "w12-a"}).status_code == 422
    for _time in range(2):
        assert as_therapist.post(copying, {"target": "w04-c"}).url == address(old)

    old.refresh_from_db()
    assert (old.letter, old.week.number, old.title) == ("C", 4, session.title)
    assert list(old.prescriptions.values(*NAMES)) == lines
    assert list(session.prescriptions.values(*NAMES)) == lines
    kept = [version.part["title"] for version in ContentVersion.objects.filter(kind="sessions", name="w04-c")]
    assert kept == [session.title, old_title]
    assert not as_therapist.get(reverse("admin:desk_publish")).context["remarks"]


def test_a_session_fills_a_gap(as_therapist, session):
    Session.objects.filter(key="w04-b").delete()

    as_therapist.post(reverse("admin:desk_copy_session", args=[session.pk]), {"target": "w04-b"})

    assert Session.objects.get(key="w04-b").title == session.title


def test_what_exists_once_has_no_place_for_a_copy(as_therapist, program):
    copying = reverse("admin:desk_copy_session", args=[Session.objects.get(key="rest").pk])

    assert "There is no place" in as_therapist.get(copying).text
    assert as_therapist.post(copying, {"target": "w04-c"}).status_code == 422


def test_a_week_is_copied_with_its_sessions(as_therapist, program):
    week, other = Week.objects.get(number=12), Week.objects.get(number=11)
    copying = reverse("admin:desk_copy_week", args=[week.pk])
    page = as_therapist.get(copying).text
    assert f"Week 11, in place of “{other.theme}”" in page
    assert 'value="1"' not in page
    assert 'value="13"' not in page

    assert as_therapist.post(copying, {"target": "11"}).url == address(other)

    other.refresh_from_db()
    assert (other.theme, other.number, other.phase) == (week.theme, 11, week.phase)
    for key in ("a", "b", "c", "daily"):
        copy, source = (Session.objects.get(key=f"w{number}-{key}") for number in (11, 12))
        assert list(copy.prescriptions.values(*NAMES)) == list(source.prescriptions.values(*NAMES))
    assert not as_therapist.get(reverse("admin:desk_publish")).context["remarks"]


def test_a_preview_changes_with_the_mother(as_therapist, session):
    def seen(**who):
        return as_therapist.get(reverse("admin:desk_preview"), {"session": "w05-a"} | who).content.decode()

    plain = seen(birth="vaginal", weeks_since=16)
    assert "instead of" not in plain
    assert "instead of" in seen(birth="cesarean", weeks_since=6)
    assert seen(today="breathing_only") != plain


def test_what_differs_is_told_in_words(as_therapist, bridge):
    changed(as_therapist, bridge, why="Because it helps.", **{"doses-2-reps": "9"})
    page = as_therapist.get(reverse("admin:desk_publish")).content.decode()

    assert "Exercise “Bridge”" in page
    assert "<ins>Because it helps.</ins>" in page
    assert "repetitions" in page


def test_publishing_at_their_next_week_by_the_form(as_therapist, bridge, enrollment):
    changed(as_therapist, bridge, why="Because it helps.")
    page = as_therapist.post(
        reverse("admin:desk_publish"), {"move": "next_week"}, follow=True
    ).content.decode()

    enrollment.refresh_from_db()
    assert "1 mother comes to it with her next week" in page
    assert "Nothing: all that is written here is published." in page
    assert "1 mother comes to a newer release with her next week." in page
    assert "has it." not in page
    assert enrollment.next_release.plan["exercises"]["bridge"]["why"] == "Because it helps."


def test_the_page_tells_who_has_what_is_published(as_therapist, bridge, enrollment):
    assert "1 mother has it." in as_therapist.get(reverse("admin:desk_publish")).text

    changed(as_therapist, bridge, why="Because it helps.")
    page = as_therapist.post(reverse("admin:desk_publish"), {"move": "leave"}, follow=True).text
    assert "1 mother stays with an earlier release." in page
    assert "newer release" not in page


def test_a_broken_program_is_not_published(as_therapist, session):
    session.prescriptions.all().delete()
    page = as_therapist.get(reverse("admin:desk_publish")).content.decode()
    assert "it has no exercises" in page

    as_therapist.post(reverse("admin:desk_publish"), {"move": "now"})
    assert session.program.releases.count() == 1


def test_an_exercise_without_a_figure_is_remarked_on_and_published_all_the_same(as_therapist, bridge):
    assert "Worth a look" not in as_therapist.get(reverse("admin:desk_publish")).text
    Exercise.objects.filter(pk=bridge.pk).update(figure={})

    page = as_therapist.get(reverse("admin:desk_publish"))
    assert [one.url for one in page.context["advice"]] == [f"{address(bridge)}#part-6"]
    assert "Bridge: figure: it has no figure" in page.text
    assert "it has no figure" in as_therapist.get(address(bridge)).text

    as_therapist.post(reverse("admin:desk_publish"), {"move": "now"})
    assert Program.objects.get().releases.count() == 2
    photo = {"key": "a" * 32, "alt": "A bridge", "width": 800, "height": 600, "widths": [800]}
    Exercise.objects.filter(pk=bridge.pk).update(photo=photo)
    assert "it has no figure" not in as_therapist.get(address(bridge)).text


def test_every_remark_leads_to_where_it_is_mended(
    as_therapist, bridge, session, django_assert_max_num_queries
):
    week = Week.objects.get(number=4)
    Exercise.objects.filter(pk=bridge.pk).update(safety={})
    session.prescriptions.filter(position=2).update(sides=2)
    Session.objects.filter(key="w04-b").delete()
    Week.objects.filter(number=12).delete()

    with django_assert_max_num_queries(30):
        page = as_therapist.get(reverse("admin:desk_publish"))

    found = {one.text.split(":")[0]: one.url for one in page.context["remarks"]}
    assert found["Bridge"] == f"{address(bridge)}#part-4"
    assert found["Week 3 A, " + session.title] == f"{address(session)}#prescriptions-1"
    assert found["Week 4"].startswith(f"{reverse('admin:programs_session_add')}?")
    assert f"week={week.pk}" in found["Week 4"]
    assert found["Week 12 is missing"] == reverse("admin:programs_week_add")
    for url in found.values():
        assert as_therapist.get(url.partition("#")[0]).status_code == 200, url


def test_out_and_in_again_changes_nothing(as_therapist, program):
    text = as_therapist.get(reverse("admin:desk_take_out")).content.decode()

    assert from_file(text) == parts_written(program.program)


def test_a_file_is_shown_before_it_is_written(as_therapist, bridge, tmp_path):
    parts = json.loads(
        as_file({("exercises", "bridge"): parts_written(Program.objects.get())["exercises", "bridge"]})
    )
    parts["parts"][0]["part"]["why"] = "From a file."
    path = tmp_path / "program.json"
    path.write_text(json.dumps(parts))
    with path.open() as file:
        page = as_therapist.post(reverse("admin:desk_bring_in"), {"file": file})
    bridge.refresh_from_db()
    assert "From a file." in page.content.decode()
    assert bridge.why != "From a file."

    as_therapist.post(reverse("admin:desk_bring_in"), {"text": page.context["text"]})
    bridge.refresh_from_db()
    assert bridge.why == "From a file."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '{"format": "postpartum-program/1", "parts": [{"where": ["users", "1"], "part": {}}]}',
        '{"format": "postpartum-program/1", "parts": [{"where": ["exercises", "bridge"], "part": {"name": 7}}]}',
        '{"format": "postpartum-program/1", "parts": [7]}',
    ],
)
def test_a_file_that_is_none_is_refused(text):
    with pytest.raises(NotOurFile):
        from_file(text)


@pytest.mark.parametrize("lines", [1, 12])
def test_the_form_of_a_session_asks_as_often_for_one_exercise_as_for_many(
    as_therapist, session, lines, django_assert_num_queries
):
    session.prescriptions.filter(position__gt=lines).delete()
    ContentType.objects.get_for_model(Session)  # kept by each process
    with django_assert_num_queries(20):
        as_therapist.get(address(session))
