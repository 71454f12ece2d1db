"""Finding an exercise: by need, by its dose, among one's favorites; and members stay in their own shell."""

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Favorite, Participant
from programs.pages.catalogue import published_plan
from programs.pages.needs import FLAG_OF_NEED, NEED_LABELS, Need, for_need
from programs.rules.vocabulary import SafetyAction, SafetyFlag
from tests.markup import squeezed

pytestmark = pytest.mark.django_db
BRIDGE = "/exercises/bridge/"


def page(client, address):
    return squeezed(client.get(address).text)


def test_every_flag_of_the_reviewed_content_is_a_need():
    assert set(FLAG_OF_NEED.values()) == set(SafetyFlag)
    assert set(NEED_LABELS) == set(Need)


@pytest.mark.parametrize("need", Need)
def test_a_need_shows_each_exercise_as_the_reviewed_cautions_say(client, program, need):
    plan = published_plan()
    found = for_need(plan.exercises.values(), need)
    assert found.count + found.wait == len(plan.exercises)
    rule = FLAG_OF_NEED[need]
    assert all(one.facts.rule_for(rule).action == SafetyAction.OK for one in found.unchanged)
    assert all(one.caution(rule) == note for one, note in found.easier)

    html = page(client, f"/exercises/?need={need}")
    unchanged, _heading, easier = html.partition("These in an easier way")
    assert all(f'href="{reverse("exercise", args=[one.slug])}"' in unchanged for one in found.unchanged)
    assert all(f'href="{reverse("exercise", args=[one.slug])}"' in easier for one, _note in found.easier)
    assert f"{found.count} exercises" in html
    assert f"{found.wait} more exercise" in html


def test_a_need_joins_the_filters_and_leads_to_articles_and_signs_to_stop(
    client, program, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        html = page(client, "/exercises/?need=cesarean&focus=glutes")
    assert 'name="need" value="cesarean"' in html
    assert "/exercises/glute-squeeze/" in html
    assert BRIDGE not in html
    assert reverse("safety") in html.split("<main")[1]


def test_an_exercise_says_how_much_in_each_phase_and_how_many_rounds_a_day(client, program):
    bridge = page(client, BRIDGE)
    assert "Weeks 4 to 6" in bridge
    assert "<span>2 sets</span><span>8 times</span><span>move 2 s, hold 3 s, return 3 s</span>" in bridge
    assert "round" not in bridge.split("How much")[1].split("<h2>")[0]
    assert "Also in the daily practice: up to 3 rounds a day" in page(client, "/exercises/pf-quick-lifts/")


MEMBERS_PAGES = [
    "/program/",
    "/exercises/",
    "/exercises/?need=leaking",
    BRIDGE,
    "/articles/",
    "/search/?q=back",
]


@pytest.mark.parametrize("address", MEMBERS_PAGES)
def test_members_keep_their_tab_bar_and_visitors_a_page_for_everyone(
    mother, program, address, django_assert_max_num_queries
):
    public = Client().get(address)
    assert 'class="tabs"' not in public.text
    assert "Cookie" not in public.headers.get("Vary", "")
    assert not public.cookies
    assert reverse("account_login") in public.text
    member = Client()
    member.force_login(mother)
    with django_assert_max_num_queries(8):
        own = member.get(address)
    assert 'class="tabs"' in own.text
    assert "no-store" in own.headers["Cache-Control"]
    assert f'href="{reverse("account_login")}"' not in own.text


def test_a_visitor_with_the_cookie_of_a_session_that_is_over_sees_the_public_page(client, program):
    client.cookies["sessionid"] = "long-gone"
    assert 'class="tabs"' not in client.get("/exercises/").text


def keep(client, wish, slug="bridge"):
    response = client.post(reverse("favorite", args=[slug]), {"keep": wish})
    assert response.url == reverse("exercise", args=[slug])


def test_a_member_keeps_favorites_and_lets_them_go(as_mother, mother, program):
    Participant.objects.filter(user=mother).delete()
    for _twice in range(2):
        keep(as_mother, "1")
    keep(as_mother, "1", "clamshell")
    assert [one.exercise.slug for one in Favorite.objects.all()] == ["clamshell", "bridge"]
    library = page(as_mother, "/exercises/")
    mine = library.split("Your favorites")[1].split("</section>")[0]
    assert mine.index("Clamshell") < mine.index("Bridge")
    assert "One of your favorites" in page(as_mother, BRIDGE)
    for _twice in range(2):
        keep(as_mother, "0")
    assert [one.exercise.slug for one in Favorite.objects.all()] == ["clamshell"]
    assert "Keep as a favorite" in page(as_mother, BRIDGE)


def test_favorites_are_for_members_and_of_exercises_that_are(as_mother, program):
    assert "favorite" not in page(Client(), BRIDGE)
    assert Client().post(reverse("favorite", args=["bridge"]), {"keep": "1"}).status_code == 302
    assert as_mother.get(reverse("favorite", args=["bridge"])).status_code == 405
    assert as_mother.post(reverse("favorite", args=["handstand"])).status_code == 404
    assert not Favorite.objects.exists()


def test_favorites_cost_the_same_however_many(as_mother, program, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(6) as counted:
            as_mother.get("/exercises/")
        return len(counted)

    as_mother.get("/exercises/")
    queries()
    for slug in ("bridge", "clamshell", "heel-slide"):
        keep(as_mother, "1", slug)
    queries()
