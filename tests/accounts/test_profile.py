"""About me: names, clock, country, and a baby who is not with her."""

import pytest
from django.urls import reverse

from programs.models import Participant

pytestmark = pytest.mark.django_db

HERS = {"name": "Maya", "pen_name": "Em", "time_zone": "Europe/Madrid", "country": "", "baby_not_with_me": ""}


def send(client, **changes):
    """Send the profile form, changed."""
    return client.post(reverse("profile"), HERS | changes, follow=True)


def test_keeps_what_she_says_of_herself(as_mother, mother, program):
    page = send(as_mother, country="CA", baby_not_with_me="on", player_wishes=["chimes", "still"])

    mother.refresh_from_db()
    participant = Participant.objects.get(user=mother)
    assert (mother.pen_name, mother.time_zone) == ("Em", "Europe/Madrid")
    assert (participant.country_id, participant.baby_not_with_me) == ("CA", True)
    assert participant.player_wishes == ["chimes", "still"]
    assert "Saved." in page.content.decode()


def test_what_she_likes_in_sessions_is_shown_again_and_can_be_undone(as_mother, enrollment):
    send(as_mother, player_wishes=["voice", "still"])
    form = as_mother.get(reverse("profile")).context["form"]
    assert form["player_wishes"].value() == ["voice", "still"]

    page = send(as_mother, player_wishes=["trumpets"])
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["player_wishes"])

    send(as_mother)
    assert Participant.objects.get().player_wishes == []


def test_she_chooses_who_shows_her_the_exercises_or_leaves_it_open(as_mother, enrollment):
    send(as_mother, figure_woman="amara")
    assert as_mother.get(reverse("profile")).context["form"]["figure_woman"].value() == "amara"

    page = send(as_mother, figure_woman="cleopatra")
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["figure_woman"])

    send(as_mother, figure_woman="")
    assert Participant.objects.get().figure_woman == ""


def test_a_reader_without_a_program_gets_no_health_row(as_mother, mother):
    send(as_mother)

    assert not Participant.objects.exists()


def test_nobody_elses_program_is_touched(as_mother, enrollment, other_mother, program):
    other = Participant.objects.create(user=other_mother)

    send(as_mother, country="CA")

    other.refresh_from_db()
    assert other.country_id is None
    assert enrollment.participant.__class__.objects.get(pk=enrollment.participant_id).country_id == "CA"


@pytest.mark.parametrize(
    ("changes", "field"), [({"time_zone": "Atlantis/Capital"}, "time_zone"), ({"name": "x" * 61}, "name")]
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(as_mother, mother, changes, field):
    page = send(as_mother, pen_name="Em", **changes)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["pen_name"].value() == "Em"
    mother.refresh_from_db()
    assert mother.pen_name == ""


@pytest.mark.parametrize("zone", ["Etc/GMT-3", "Cuba", "Asia/Calcutta", "UTC"])
def test_a_zone_that_is_not_listed_stays_as_it_is(as_mother, mother, program, zone):
    mother.time_zone = zone
    mother.save()
    field = as_mother.get(reverse("profile")).context["form"]["time_zone"]
    assert field.value() == zone
    send(as_mother, pen_name="Em", time_zone=zone)
    mother.refresh_from_db()
    assert (mother.pen_name, mother.time_zone) == ("Em", zone)


@pytest.mark.parametrize("typed", ["Berlin, Germany", "berlin", " Berlin,  Germany ", "Europe/Berlin"])
def test_a_zone_is_found_by_its_city(as_mother, mother, program, typed):
    page = send(as_mother, time_zone=typed)
    mother.refresh_from_db()
    assert mother.time_zone == "Europe/Berlin"
    assert page.context["form"]["time_zone"].value() == "Berlin, Germany"
    assert '<option value="New York, United States">' in page.text


def test_the_same_few_queries_with_and_without_a_program(
    as_mother, enrollment, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        as_mother.get(reverse("profile"))


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "email"])
def test_nothing_else_can_be_smuggled_in(as_mother, mother, field):
    send(as_mother, **{field: "1"})

    mother.refresh_from_db()
    assert not mother.is_staff
    assert not mother.is_superuser
    assert mother.email == "maya@example.org"
