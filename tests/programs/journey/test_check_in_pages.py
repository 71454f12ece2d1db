"""The check-in as she taps it: few taps, nothing filled in for her, help at once, and hers alone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from programs.models import CheckIn, Country, SafetyHold
from programs.rules.red_flags import SIGN_GROUPS, SIGNS
from programs.rules.vocabulary import CheckInKind
from tests.cast import make_enrollment
from tests.programs.journey.conftest import after, before, check_in, do_session, log_only

DAY = timedelta(days=1)
# What someone with nothing to report taps the first time; one tap confirms the rest and sends it.
TAPS = {"redFlags": "none", "mood": "ok", "all_fine": "on", "energy": "0", "sleep": "gt6"}
ALL_WELL = {
    "pain": "0",
    "heaviness": "0",
    "leak": "0",
    "bowelLeak": "no",
    "bleeding": "none",
    "scar": "na",
    "lastResponse": "same_or_better",
}
AFTER_TAPS = {"redFlags": "none", "all_fine": "on", "effort": "5"}


def send(client, address, **answers):
    """A check-in sent from its form, with what the form carries unseen; where something is missing, the page that says so."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    carried = {box["name"]: box.get("value", "") for box in page.select("[name=account], [name=shown]")}
    response = client.post(address, {"client_id": str(uuid4())} | carried | answers)
    return client.get(response.url) if response.status_code == 303 else response


def newest():
    """The check-in made last."""
    return CheckIn.objects.order_by("-pk").first()


def before_address(key="w01-a"):
    return reverse("check_in_before", args=[key])


def after_address(key="w01-a"):
    return reverse("check_in_after", args=[key])


def page_of(client, response):
    """The page a check-in leads to."""
    return client.get(response.url).content.decode()


def test_the_first_check_before_a_session(as_mother, enrollment):
    response = send(as_mother, before_address(), **TAPS)
    row = CheckIn.objects.get()
    assert response.url == reverse("session", args=["w01-a"])
    assert row.answers == {
        "redFlags": [],
        "mood": "ok",
        "pain": 0,
        "heaviness": 0,
        "leak": 0,
        "bowelLeak": False,
        "bleeding": "none",
        "scar": "na",
        "energy": 0,
        "sleep": "gt6",
        "lastResponse": "first",
    }
    assert "Good to go" in page_of(as_mother, response)


def test_three_taps_after_a_session(as_mother, enrollment):
    log_only(enrollment, "w01-a", timezone.now())
    response = send(as_mother, after_address(), **AFTER_TAPS)
    assert CheckIn.objects.get().answers["pfRelease"] == "yes"
    page = page_of(as_mother, response)
    assert "All noted" in page
    assert "drawing-leaf" in page
    assert "leaf-done" in page
    assert "Next: <b>Gentle Hips and Tummy</b>, on any day you like." in page


def test_no_leaf_beside_words_of_rest_or_care(as_mother, enrollment):
    log_only(enrollment, "w01-a", timezone.now())
    response = send(as_mother, after_address(), **AFTER_TAPS | {"painMax": "7"})
    assert "drawing" not in page_of(as_mother, response)


def test_one_tap_the_next_morning_once_the_week_is_done(as_mother, mother, program):
    enrollment = make_enrollment(mother, timezone.now() - 4 * DAY)
    for number, letter in enumerate("abc"):
        do_session(enrollment, f"w01-{letter}", timezone.now() - (3 - number) * DAY)
    today = as_mother.get(reverse("today")).content.decode()
    assert reverse("check_in_morning") in today
    client_id = re.search(r'name="client_id" value="([^"]+)"', today)[1]
    as_mother.post(reverse("check_in_morning"), {"client_id": client_id, "lastResponse": "worse_settled"})
    as_mother.post(reverse("check_in_morning"), {"client_id": client_id, "lastResponse": "worse_settled"})
    assert CheckIn.objects.filter(kind="next_morning").count() == 1
    assert reverse("check_in_morning") not in as_mother.get(reverse("today")).content.decode()


def test_before_the_next_session_the_check_asks_about_the_day_after(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now() - DAY)
    assert reverse("check_in_morning") not in as_mother.get(reverse("today")).text
    assert 'name="lastResponse"' in as_mother.get(before_address("w01-b")).text


@pytest.mark.parametrize("told", ["same_or_better", "worse_settled"])
def test_what_was_told_the_morning_after_is_not_asked_again(as_mother, enrollment, told):
    do_session(enrollment, "w01-a", timezone.now() - 2 * DAY)
    check_in(enrollment, CheckInKind.NEXT_MORNING, timezone.now() - DAY, lastResponse=told)
    assert 'name="lastResponse"' not in as_mother.get(before_address("w01-b")).text
    send(as_mother, before_address("w01-b"), **TAPS)
    assert newest().answers["lastResponse"] == told


def test_still_worse_in_the_morning_is_asked_again_on_a_later_day(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now() - 3 * DAY)
    check_in(enrollment, CheckInKind.NEXT_MORNING, timezone.now() - 1.5 * DAY, lastResponse="worse_still")
    assert 'name="lastResponse"' in as_mother.get(before_address("w01-b")).text


def well(enrollment, ago=DAY, **answers):
    """A session with nothing to report but mild pain, `ago`."""
    do_session(enrollment, "w01-a", timezone.now() - 2 * ago)
    return before(enrollment, timezone.now() - ago, **{"pain": 1, "energy": 1, "sleep": "4to6"} | answers)


def test_as_last_time_in_three_taps(as_mother, enrollment):
    last = well(enrollment)
    page = as_mother.get(before_address("w01-b")).text
    assert "All as last time" in page
    for line in ("Pain 1 of 10", "Tired", "Slept 4 to 6 hours", "same or better"):
        assert line in page
    send(as_mother, before_address("w01-b"), redFlags="none", mood="ok", all_fine="on")
    assert newest().answers == last.answers


@pytest.mark.parametrize("missing", ["redFlags", "mood"])
def test_as_last_time_never_answers_for_safety_or_mood(as_mother, enrollment, missing):
    well(enrollment)
    taps = {"redFlags": "none", "mood": "ok", "all_fine": "on"}
    del taps[missing]
    assert send(as_mother, before_address("w01-b"), **taps).status_code == 422
    assert CheckIn.objects.filter(kind="before").count() == 2


@pytest.mark.parametrize(
    "answers", [{"pain": 4}, {"heaviness": 1}, {"energy": 2}, {"leak": 2}, {"lastResponse": "worse_settled"}]
)
def test_as_last_time_is_offered_only_where_that_was_fine(as_mother, enrollment, answers):
    well(enrollment, **answers)
    assert "All as last time" not in as_mother.get(before_address("w01-b")).text


def test_as_last_time_is_not_offered_after_a_session_that_was_not_fine(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now() - DAY, heaviness=1)
    assert "All as last time" not in as_mother.get(before_address("w01-b")).text


def test_bleeding_that_was_fine_early_is_asked_from_eight_weeks_on(as_mother, mother, program):
    enrollment = make_enrollment(mother, days_since_birth=60)
    at = timezone.now() - 6 * DAY  # less than eight weeks after the birth
    before(enrollment, at, bleeding="same")
    assert CheckIn.objects.get().outcome == "go"
    assert "All as last time" not in as_mother.get(before_address()).text


def test_one_tap_confirms_what_its_page_showed(as_mother, enrollment):
    well(enrollment)
    shown = BeautifulSoup(as_mother.get(before_address("w01-b")).text, "html.parser")
    shown = shown.select_one("[name=shown]")["value"]
    before(enrollment, timezone.now(), pain=5)
    taps = {"client_id": str(uuid4()), "redFlags": "none", "mood": "ok", "all_fine": "on"}
    as_mother.post(before_address("w01-b"), taps | {"shown": shown})
    assert newest().answers["pain"] == 1


@pytest.mark.parametrize(
    "shown", ["", "[]", "{", '{"heaviness": 3}', '{"mood": "ok"}', '{"pain": true}', '{"pain": 9}']
)
def test_what_no_page_shows_is_never_confirmed(as_mother, enrollment, shown):
    answers = {"redFlags": "none", "mood": "ok", "energy": "0", "sleep": "gt6", "all_fine": "on"}
    as_mother.post(before_address(), answers | {"client_id": str(uuid4()), "shown": shown})
    assert not CheckIn.objects.exists()


def test_back_never_sends_again_and_a_reload_keeps_what_was_tapped(as_mother, enrollment):
    form = BeautifulSoup(as_mother.get(before_address()).text, "html.parser")
    carried = {box["name"]: box["value"] for box in form.select("[name=account], [name=shown]")}
    sent = {"client_id": str(uuid4()), "mood": "low"} | carried
    response = as_mother.post(before_address() + "?minutes=7", sent)
    assert (response.status_code, response.url) == (303, before_address() + "?minutes=7#open")
    for _ in range(2):
        page = as_mother.get(response.url).text
        assert "First the five lines, please" in page
        assert page.count(" checked") == 1
    send(as_mother, before_address(), **TAPS)
    assert " checked" not in as_mother.get(before_address()).text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"redFlags": "fever"}, "Call your maternity team, doctor or local health line today."),
        ({"redFlags": "leg_clot"}, "local health line right now."),
        ({"redFlags": "burning_pee"}, "contact your doctor or a physical therapist this week."),
        ({"scar": "worse"}, "Call your maternity team, doctor or local health line today."),
        ({"bleeding": "more"}, "call your maternity team today to tell them"),
    ],
)
def test_a_call_does_not_wait_for_the_rest_of_the_answers(as_mother, enrollment, answers, words):
    for address in (before_address(), after_address()):
        page = send(as_mother, address, **answers)
        assert page.status_code == 422
        first = BeautifulSoup(page.text, "html.parser").select_one("#call-first")
        assert words in first.text
        assert "Some answers are still open" in first.text
        sent = as_mother.post(address, answers)
        assert sent.url.endswith("#call-first")
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(("tension", "is_lifting"), [("some", False), ("none", True)])
def test_with_a_tense_pelvic_floor_no_tip_asks_for_a_lift(as_mother, mother, program, tension, is_lifting):
    enrollment = make_enrollment(mother, tension=tension)
    for row in (before(enrollment, timezone.now() - DAY, leak=1), after(enrollment, timezone.now(), leak=2)):
        assert "KNACK_TIP" in row.advice
        page = as_mother.get(reverse("check_in_outcome", args=[row.client_id])).text
        assert "Leaks are common and treatable." in page
        assert ("Lift your pelvic floor" in page) is is_lifting


def test_where_nothing_asks_for_a_call_the_page_only_asks_for_the_rest(as_mother, enrollment):
    page = send(as_mother, before_address(), mood="low", redFlags="none")
    assert page.status_code == 422
    assert "call-first" not in page.text


def test_an_unfinished_check_begins_anew_after_ten_minutes(as_mother, enrollment, monkeypatch):
    form = BeautifulSoup(as_mother.get(before_address()).text, "html.parser")
    account = form.select_one("[name=account]")["value"]
    as_mother.post(before_address(), {"account": account, "mood": "low"})
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert " checked" not in as_mother.get(before_address()).text


@pytest.mark.parametrize("address", [after_address, lambda: reverse("check_in")])
def test_too_much_is_answered_with_rest_before_any_question(as_mother, enrollment, address):
    main = BeautifulSoup(as_mother.get(address() + "?too-much").text, "html.parser").main
    assert main.h1.text == "That is enough for today"
    assert str(main).index(reverse("session", args=["rest"])) < str(main).index("data-signs")


def test_without_the_one_tap_every_question_is_asked(as_mother, enrollment):
    response = send(as_mother, before_address(), **{name: TAPS[name] for name in TAPS if name != "all_fine"})
    assert response.status_code == 422
    assert "Is all of this true?" in response.content.decode()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("redFlags", "First the five lines, please"),
        ("mood", "And your mood?"),
        ("energy", "Please choose an answer"),
        ("sleep", "Please choose an answer"),
    ],
)
def test_the_first_time_nothing_answers_for_safety_mood_or_energy(as_mother, enrollment, missing, says):
    response = send(as_mother, before_address(), **{name: TAPS[name] for name in TAPS if name != missing})
    assert response.status_code == 422
    page = BeautifulSoup(response.text, "html.parser")
    assert says in page.text
    assert len(page.select(".notice-stop:not([hidden])")) == 1
    assert page.select_one("#open")
    assert not CheckIn.objects.exists()


def test_what_she_tapped_is_kept_when_something_is_missing(as_mother, enrollment):
    answers = TAPS | {"pain": "4", "heaviness": "1"}
    del answers["sleep"]
    page = send(as_mother, before_address(), **answers).content.decode()
    assert page.count(" checked") == 5


@pytest.mark.parametrize(
    "address", ["/check-in/", "/check-in/before/w01-a/", "/check-in/after/w01-a/", "/check-in/morning/"]
)
def test_nothing_sent_at_all_asks_again(as_mother, enrollment, address):
    assert send(as_mother, address).status_code == 422
    assert not CheckIn.objects.exists()


def test_an_answer_of_her_own_beats_the_one_tap(as_mother, enrollment):
    response = send(as_mother, before_address(), **TAPS, pain="5")
    row = CheckIn.objects.get()
    assert (row.outcome, row.answers["pain"], row.answers["heaviness"]) == ("easier", 5, 0)
    page = page_of(as_mother, response)
    assert "Gentler today" in page
    assert "told us about: pain" in page


def test_a_wrong_answer_is_never_read_as_fine(as_mother, enrollment):
    response = send(as_mother, before_address(), **TAPS, heaviness="7")
    assert response.status_code == 422
    assert not CheckIn.objects.exists()


def test_what_was_not_fine_the_last_time_is_asked_by_itself(as_mother, enrollment):
    before(enrollment, timezone.now() - DAY, scar="sore", heaviness=1)
    response = send(as_mother, before_address(), **TAPS)
    assert response.status_code == 422
    response = send(as_mother, before_address(), **TAPS, scar="ok", heaviness="0")
    assert response.status_code == 302


def test_the_one_tap_says_what_it_answers(as_mother, mother, program):
    make_enrollment(mother, days_since_birth=30, bleeding="lighter", wound="mild", clearance="not_yet_early")
    page = as_mother.get(before_address()).content.decode()
    for line in ("No heaviness, dragging or bulge", "Bleeding the same or less", "Scar or stitches okay"):
        assert line in page
    send(as_mother, before_address(), **TAPS)
    answers = CheckIn.objects.get().answers
    assert (answers["bleeding"], answers["scar"]) == ("same", "ok")


def test_nothing_is_chosen_before_she_taps(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now() - DAY)
    for address in (before_address(), after_address(), reverse("check_in")):
        assert " checked" not in as_mother.get(address).content.decode()


@pytest.mark.parametrize("address", [before_address, after_address])
def test_the_signs_are_asked_in_five_lines_each_with_its_own(as_mother, enrollment, address):
    page = BeautifulSoup(as_mother.get(address()).text, "html.parser")
    lines = page.select("[data-signs] .sign")
    assert [line.select_one("[name=groups]")["value"] for line in lines] == [one.code for one in SIGN_GROUPS]
    asked = [[box["value"] for box in line.select("[name=redFlags]")] for line in lines]
    assert asked == [[sign.code for sign in group.signs] for group in SIGN_GROUPS]
    assert page.select_one("[data-none] input")["value"] == "none"


def test_a_sign_leaves_the_other_lines_open_until_they_are_answered(as_mother, enrollment):
    answers = TAPS | {"groups": "ill", "redFlags": ["fever"]}
    response = send(as_mother, before_address(), **answers)
    assert response.status_code == 422
    assert "And the other lines?" in response.text
    assert response.text.count(" checked") == 5
    assert not CheckIn.objects.exists()
    response = send(as_mother, before_address(), **answers | {"redFlags": ["fever", "none"]})
    assert CheckIn.objects.get().answers["redFlags"] == ["fever"]


def test_a_sign_in_each_line_answers_them_all(as_mother, enrollment):
    signs = ["dizzy_now", "lump", "bp_high", "heart_racing", "burning_pee"]
    assert send(as_mother, before_address(), **TAPS | {"redFlags": signs}).status_code == 302


@pytest.mark.parametrize("signs", [[], ["none"], ["fever", "none"]])
def test_a_line_said_yes_to_needs_its_sign_and_says_so_at_its_place(as_mother, enrollment, signs):
    response = send(as_mother, before_address(), **TAPS | {"groups": ["head"], "redFlags": signs})
    assert response.status_code == 422
    line = BeautifulSoup(response.text, "html.parser").select_one(".sign:has([value=head])")
    assert "Please tap which of these it is" in line.text
    assert line.select_one("[value=head]").has_attr("checked")
    assert not CheckIn.objects.exists()


def test_a_line_without_its_sign_is_kept_as_no_answer_beside_an_emergency(as_mother, enrollment):
    send(as_mother, before_address(), groups="head", redFlags="none", mood="not_safe")
    assert CheckIn.objects.get().answers == {"mood": "not_safe", "lastResponse": "first"}


def test_an_emergency_shows_help_at_once_before_anything_else(as_mother, enrollment, canada):
    enrollment.participant.country = canada
    enrollment.participant.save()
    response = send(as_mother, before_address(), redFlags="chest_pain")
    page = page_of(as_mother, response)
    main = page[page.index("<main") :]
    assert (
        main.index("Get help now")
        < main.index("911")
        < main.index("Stop. Call 911 now")
        < main.index("What opens")
    )
    assert "Say: I gave birth on" in main
    assert SafetyHold.objects.get().outcome == "emergency"


def test_thoughts_of_harm_show_the_crisis_line_of_her_country(as_mother, enrollment):
    enrollment.participant.country = Country.objects.get(pk="GB")
    enrollment.participant.save()
    page = page_of(as_mother, send(as_mother, reverse("check_in"), mood="not_safe"))
    main = page[page.index("<main") :]
    assert "You deserve support right now" in main
    assert main.index("NHS 111") < main.index("What opens it again")
    assert reverse("session", args=["rest"]) in main


def test_with_a_sign_of_the_body_too_the_emergency_number_comes_first(as_mother, enrollment, canada):
    enrollment.participant.country = canada
    enrollment.participant.save()
    signs = {"redFlags": "chest_pain", "mood": "not_safe"}
    page = page_of(as_mother, send(as_mother, before_address(), **signs))
    main = page[page.index("<main") :]
    assert main.index("Get help now") < main.index("tel:911") < main.index("call or text 988")
    assert reverse("session", args=["rest"]) not in main


def test_a_pause_that_has_time_names_the_advice_line_before_the_emergency(as_mother, enrollment):
    enrollment.participant.country = Country.objects.get(pk="GB")
    enrollment.participant.save()
    page = page_of(as_mother, send(as_mother, before_address(), **TAPS, heaviness="3"))
    main = page[page.index("<main") :]
    assert main.index("Health advice line") < main.index("tel:999") < main.index("If you feel worse")


def test_without_a_country_the_fallback_is_shown(as_mother, enrollment):
    page = page_of(as_mother, send(as_mother, before_address(), redFlags="breathless"))
    assert "112" in page


def test_a_sign_for_today_pauses_and_says_whom_to_call(as_mother, enrollment, canada):
    enrollment.participant.country = canada
    enrollment.participant.save()
    page = page_of(as_mother, send(as_mother, before_address(), **TAPS | {"redFlags": ["fever", "none"]}))
    assert "get advice today" in page
    assert "Call your maternity team" in page
    assert "911" in page


def test_sent_twice_it_is_one(as_mother, enrollment):
    answers = {"client_id": str(uuid4()), **TAPS, **ALL_WELL}
    first = as_mother.post(before_address(), answers)
    again = as_mother.post(before_address(), answers)
    assert first.url == again.url
    assert CheckIn.objects.count() == 1


def test_a_check_in_that_waited_on_her_phone_keeps_its_time(as_mother, enrollment):
    made_at = timezone.now() - timedelta(hours=20)
    send(as_mother, before_address(), **TAPS, made_at=made_at.isoformat())
    assert CheckIn.objects.get().made_at == made_at


def test_a_check_in_that_arrives_after_its_session_needs_no_more_than_it_asked(as_mother, enrollment):
    made_at = timezone.now() - timedelta(hours=2)
    log_only(enrollment, "w01-a", timezone.now() - timedelta(hours=1))
    answers = {"client_id": str(uuid4()), "made_at": made_at.isoformat()} | TAPS | ALL_WELL
    del answers["lastResponse"]
    assert as_mother.post(before_address(), answers).status_code == 302
    assert CheckIn.objects.get().answers["lastResponse"] == "first"


def test_a_clock_that_runs_ahead_makes_no_future(as_mother, enrollment):
    send(as_mother, before_address(), **TAPS, made_at=(timezone.now() + DAY).isoformat())
    assert CheckIn.objects.get().made_at <= timezone.now()


def test_a_check_in_of_last_month_keeps_its_time_and_opens_no_session(as_mother, enrollment):
    old = timezone.now() - 30 * DAY
    send(as_mother, before_address(), **TAPS, made_at=old.isoformat())
    assert CheckIn.objects.get().made_at == old
    assert as_mother.get(reverse("session", args=["w01-a"])).status_code == 302


@pytest.mark.parametrize("error", [-400 * DAY, -DAY / 4, 400 * DAY])
def test_a_wrong_clock_of_the_phone_is_corrected(as_mother, enrollment, error):
    made_at, sent_at = timezone.now() - DAY / 24, (timezone.now() + error).isoformat()
    answers = {"client_id": str(uuid4()), **TAPS, **ALL_WELL, "made_at": (made_at + error).isoformat()}
    as_mother.post(before_address(), answers, headers={"X-Sent-At": sent_at})
    assert abs(CheckIn.objects.get().made_at - made_at) < DAY / 1440


def test_of_an_emergency_even_an_old_one_is_kept(as_mother, enrollment):
    old = (timezone.now() - 30 * DAY).isoformat()
    send(as_mother, before_address(), redFlags="chest_pain", made_at=old)
    assert SafetyHold.objects.get().outcome == "emergency"


def test_the_last_session_speaks_along(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now() - 2 * DAY, painMax=4)
    response = send(as_mother, before_address("w01-b"), **TAPS | {"lastResponse": "same_or_better"})
    page = page_of(as_mother, response)
    assert "Your last session called for a gentler one" in page


def test_without_squeezes_letting_go_is_not_asked(as_mother, mother, program):
    tense = make_enrollment(mother, tension="some")
    log_only(tense, "w01-a", timezone.now())
    assert "pfRelease" not in as_mother.get(after_address()).content.decode()
    send(as_mother, after_address(), **AFTER_TAPS)
    assert CheckIn.objects.get().answers["pfRelease"] == "na"


@pytest.mark.parametrize("address", [before_address, after_address])
def test_every_sign_is_asked_before_a_session_and_after_it(as_mother, enrollment, address):
    page = as_mother.get(address()).content.decode()
    assert [code for code in SIGNS if f'value="{code}"' not in page] == []


def test_what_she_wished_for_stays_on_the_way(as_mother, enrollment):
    response = send(as_mother, before_address() + "?minutes=7", **TAPS)
    assert response.url.endswith("?minutes=7")
    assert response.url == reverse("session", args=["w01-a"]) + "?minutes=7"


def test_nobody_elses_check_in_can_be_opened(as_mother, enrollment, other_mother, program):
    theirs = before(make_enrollment(other_mother), timezone.now(), heaviness=3)
    assert as_mother.get(reverse("check_in_outcome", args=[theirs.client_id])).status_code == 404
    assert as_mother.get(reverse("today")).content.decode().count("paused") == 0


@pytest.mark.parametrize("name", ["check_in", "check_in_morning", "hold", "milestones", "self_check"])
def test_without_a_place_in_the_program_there_is_nothing(as_mother, name):
    assert as_mother.get(reverse(name)).status_code == 404


def test_an_unknown_session_has_no_check_in(as_mother, enrollment):
    assert as_mother.get(before_address("w99-a")).status_code == 404


def test_no_address_and_no_log_line_tells_of_her_health(as_mother, enrollment, caplog):
    caplog.set_level("DEBUG")
    response = send(as_mother, before_address(), redFlags="saddle_numb", mood="low")
    as_mother.get(response.url)
    as_mother.get(reverse("session", args=["w01-a"]))
    as_mother.get(reverse("hold"))
    told = response.url + " ".join(
        f"{record.getMessage()} {record.args}"
        for record in caplog.records
        if record.name != "django.db.backends"
    )
    for word in ("saddle", "low", "emergency", "pain", "hold_", "PRE-"):
        assert word not in told


@pytest.mark.parametrize("sessions", [1, 3])
def test_pages_ask_a_fixed_number_of_queries(as_mother, enrollment, sessions, django_assert_num_queries):
    for number, letter in enumerate("abc"[:sessions]):
        do_session(enrollment, f"w01-{letter}", timezone.now() - (4 - number) * DAY)
    row = CheckIn.objects.first()
    with django_assert_num_queries(5):
        as_mother.get(before_address())
    with django_assert_num_queries(6):
        as_mother.get(after_address())
    with django_assert_num_queries(3):
        as_mother.get(reverse("check_in_morning"))
    with django_assert_num_queries(7):
        as_mother.get(reverse("check_in_outcome", args=[row.client_id]))
    with django_assert_num_queries(6):
        as_mother.get(reverse("today"))


@pytest.mark.parametrize("sessions", [1, 3])
def test_sending_one_asks_a_fixed_number_of_queries(
    as_mother, enrollment, sessions, django_assert_num_queries
):
    for number, letter in enumerate("abc"[:sessions]):
        do_session(enrollment, f"w01-{letter}", timezone.now() - (4 - number) * DAY)
    as_mother.get(before_address())
    with django_assert_num_queries(14):
        as_mother.post(before_address(), TAPS | {"client_id": str(uuid4())} | ALL_WELL)
    after(enrollment, timezone.now())
