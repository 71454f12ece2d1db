"""What the desk says is so: whose words a pause has, where she goes on, who still waits, and what the record shows."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from programs.authoring.parts import differences, parts_written
from programs.pages.triage import held_members
from programs.services.concern import settle_concern
from tests.cast import make_user
from tests.postpartum.desk.test_acting import act, in_need, row_of
from tests.programs.journey.conftest import do_session

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


def test_a_pause_by_the_therapist_speaks_in_her_words(as_therapist, therapist, maya, mother, client):
    act(as_therapist, maya, follows="hold", note="Let us wait until we have talked on Tuesday.")

    client.force_login(mother)
    for address in ("/today/", reverse("hold"), reverse("session", args=["w03-a"])):
        page = client.get(address).text
        assert "Let us wait until we have talked on Tuesday." in page, address
        assert str(therapist) in page
        assert "One of your answers" not in page


def test_opening_again_says_where_she_goes_on(as_therapist, maya, bulge):
    record = as_therapist.get(reverse("admin:desk_member", args=[maya.participant_id])).text
    row = row_of(as_therapist.get(DESK).text, "Maya")
    for page in (record, row):
        told = re.search(r"She goes on with week (\d+), or earlier after a long break", page)
        assert told, page

    act(as_therapist, maya, follows="unlock")
    maya.refresh_from_db()
    assert maya.week == int(told[1])


def test_who_waits_without_an_open_concern_is_listed(as_therapist, maya, bulge):
    assert "Their program waits" not in as_therapist.get(DESK).text
    act(as_therapist, maya, concern=bulge.pk, resolve="on")  # settled, and nothing changes for her program

    page = as_therapist.get(DESK).text

    assert "Their program waits" in page
    assert "Bulge seen or felt at the opening" in row_of(page, "Maya")
    act(as_therapist, maya, follows="unlock")
    assert "Their program waits" not in as_therapist.get(DESK).text


def test_those_who_wait_cost_the_same_query(as_therapist, maya, program, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert held_members() == []


def test_the_record_shows_what_her_own_page_shows(as_therapist, maya, bulge, mother, client):
    record = as_therapist.get(reverse("admin:desk_member", args=[maya.participant_id])).text
    client.force_login(mother)
    own = client.get(reverse("summary")).text

    for words in ("Reported in the last four weeks", "Pauses for a check", "From the questionnaire"):
        assert (words in own) == (words in record), words
    assert "Pauses for a check" in record


def test_the_record_speaks_of_her_and_her_own_pages_to_her(as_therapist, maya, bulge, mother, client):
    for days in range(4, 0, -1):
        do_session(maya, "w03-a", timezone.now() - timedelta(days=days), painMax=2)
    act(as_therapist, maya, concern=bulge.pk, follows="unlock", resolve="on")

    record = as_therapist.get(reverse("admin:desk_member", args=[maya.participant_id])).text
    client.force_login(mother)
    own = client.get(reverse("progress")).text + client.get(reverse("decisions")).text

    for of_her, to_her in (
        ("How her body felt", "How your body felt"),
        ("What she trained", "What you trained"),
        ("The highest she reported each day", "The highest you reported each day"),
        (
            "opened her program again and looked at what she",
            "opened your program again and looked at what you",
        ),
    ):
        assert of_her in record
        assert to_her not in record
        assert to_her in own
        assert of_her not in own


def test_the_second_note_that_settles_is_told_of_the_first(as_therapist, therapist):
    concern = in_need(Article.objects.create(slug="rest", title="Rest", author=therapist))
    settle_concern(concern, make_user("bea@example.org", name="Bea"), "I called her.", timezone.now())

    page = as_therapist.post(reverse("admin:desk_concern", args=[concern.pk]), {"note": "I wrote to her."})

    assert page.status_code == 422
    assert "Bea settled this on" in page.text
    assert "I called her." in page.text
    assert "I wrote to her." in page.text


def test_a_changed_order_is_named_beside_other_changes(program):
    where = ("sessions", "w03-a")
    before = parts_written(program.program)[where]
    first, second, *others = before.prescriptions
    after = replace(before, prescriptions=(second, first, *others[1:]))  # swapped, and one left out

    [difference] = differences({where: before}, {where: after})

    orders = [change for change in difference.changes if change.place.endswith("order")]
    assert [change.before.split(", ")[:2] for change in orders] == [[first.exercise, second.exercise]]
    assert [change.after.split(", ")[:2] for change in orders] == [[second.exercise, first.exercise]]


def test_what_differs_is_called_as_people_call_it(program):
    parts = parts_written(program.program)
    session, exercise = parts["sessions", "w03-a"], parts["exercises", "bridge"]
    first, *others = session.prescriptions
    name = parts["exercises", first.exercise].name
    longer = replace(session, prescriptions=(replace(first, dose=replace(first.dose, sets=4)), *others))
    poses = exercise.figure["poses"]
    redrawn = replace(exercise, figure={**exercise.figure, "poses": [*poses[1:], poses[0]]})

    found = differences(parts, parts | {("sessions", "w03-a"): longer, ("exercises", "bridge"): redrawn})

    assert [one.name for one in found] == ["Exercise “Bridge”", f"Week 3, session “{session.title}”"]
    assert [one.place for one in found[0].changes] == ["figure"]
    assert [one.place for one in found[1].changes] == [f"exercises › {name} › dose › sets"]


def test_the_list_of_concerns_says_how_soon_in_words(as_therapist, bulge):
    address = reverse("admin:programs_concern_changelist")
    said = as_therapist.get(address).text
    assert "Right away" in said
    assert not re.search(r"(?i)>\s*(same_day|right_away|not empty)", said)
    found = {
        query: as_therapist.get(address + query).context["cl"].result_count
        for query in ("?settled=no", "?settled=yes", f"?urgency={bulge.urgency}", "?urgency=emergency")
    }
    assert list(found.values()) == [1, 0, 1, 0]
