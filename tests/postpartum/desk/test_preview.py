"""A drafted session as a mother would see it: her page, the player, the print; and nothing of it is stored."""

import pytest
from django.urls import reverse

from programs.models import Exercise, SessionLog

pytestmark = pytest.mark.django_db
W05 = {"session": "w05-a"}


@pytest.fixture
def seen(as_therapist, program):
    """A function that opens the page for the mother described."""

    def seen(**who):
        return as_therapist.get(reverse("admin:desk_preview_session"), W05 | who)

    return seen


def names(page):
    return [item.exercise.name for item in page.context["todo"].items]


def test_the_page_follows_the_draft_and_the_mother(seen):
    Exercise.objects.filter(slug="bridge").update(name="My bridge")
    plain, cesarean, short = seen(), seen(birth="cesarean", weeks_since=6), seen(minutes="3")

    assert "My bridge" in names(plain)
    assert "My bridge" not in names(cesarean)
    assert "less than 8 weeks since a cesarean" in cesarean.text
    assert len(names(short)) < len(names(plain))
    assert names(seen(today="breathing_only")) != names(plain)


def test_a_pessary_counts_as_heaviness(seen):
    assert "Adapted for you" not in seen().text
    pessary, heaviness = seen(flags="pessary"), seen(flags="heaviness")

    assert names(pessary) == names(heaviness)
    assert "heaviness or dragging" in pessary.text


def test_figures_are_of_the_chosen_woman_and_without_a_baby_where_hers_is_not_with_her(seen):
    stills = {
        woman: seen(woman=woman).context["player"]["exercises"][0]["still"] for woman in ("ines", "amara")
    }

    assert stills["ines"] != stills["amara"]
    assert seen(no_baby="on").context["figures"].with_baby is False


def test_what_makes_no_sense_leads_back_to_the_form(seen):
    response = seen(weeks_since="many")

    assert response.url == f"{reverse('admin:desk_preview')}?session=w05-a&weeks_since=many"


def test_the_desk_leads_there_and_shows_the_figures(as_therapist, program):
    page = as_therapist.get(reverse("admin:desk_preview"), W05 | {"birth": "cesarean"})

    assert page.context["page_url"] == f"{reverse('admin:desk_preview_session')}?session=w05-a&birth=cesarean"
    assert page.text.count('class="d-figure"') == len(page.context["todo"].items)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_player_runs_and_stores_nothing(page, context, live_server, sign_in, therapist, program, watch):
    sign_in(context, therapist)
    sent = []
    context.on("request", lambda request: request.method != "GET" and sent.append(request.url))
    page.goto(
        f"{live_server.url}{reverse('admin:desk_preview_session')}?session=w05-a&birth=cesarean&weeks_since=6"
    )
    page.get_by_role("button", name="Start", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("heading", name="Wide Rib Breathing, Sitting").wait_for()
    for _exercise in page.evaluate(
        "Object.keys(JSON.parse(document.getElementById('player-data').textContent).exercises)"
    ):
        dialog.get_by_role("button", name="Skip", exact=True).click()
    dialog.get_by_role("link", name="Back to Today").click()
    page.wait_for_url("**/admin/program/preview/?session=w05-a*")

    assert sent == []
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))") == []
    assert not SessionLog.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_printed_page_has_the_exercises_only(page, context, live_server, sign_in, therapist, program):
    sign_in(context, therapist)
    page.goto(f"{live_server.url}{reverse('admin:desk_preview_session')}?session=w05-a")
    page.emulate_media(media="print")

    assert page.locator(".sit-item .sit-print").first.is_visible()
    assert page.locator(".sit-start").is_hidden()
    assert page.get_by_text("Back to the desk").is_hidden()


def test_sessions_are_named_by_their_place_and_not_by_their_key(as_therapist):
    page = as_therapist.get(reverse("admin:desk_preview")).text
    assert "Week 1 A · " in page
    assert ">w01-a" not in page
    assert "early-recovery ·" not in page
