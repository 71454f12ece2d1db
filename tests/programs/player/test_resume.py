"""The session survives the baby: killed at any step, on another device, with a clock gone wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.models import SessionLog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = "w01-a"


def test_killed_at_every_step_nothing_is_lost_or_doubled(phone):
    steps = phone.open(KEY).begin().steps()
    for step in steps:
        phone.wait(step["seconds"] * 0.6)
        phone.wait_until_kept(lambda kept, step=step: is_kept_up_to(kept, step, step["seconds"] * 0.6))
        phone.open(KEY)
        reps = int(step["seconds"] * 0.6 // rep_seconds(step)) if rep_seconds(step) else None
        if reps:
            assert phone.offers().endswith(f"{reps + 1} of {step['reps']}")
        spent = step["seconds"] * 0.6 if reps is None else reps * rep_seconds(step)
        phone.begin().wait(step["seconds"] - spent + 0.1)
        phone.wait_until_kept(lambda kept, step=step: step["id"] in kept["done"])
    phone.wait_for_text("doneTitle", "Well done.").wait_for_text("doneNote", "Saved.")
    log = SessionLog.objects.get()
    assert log.steps_done == {step["id"]: step["seconds"] for step in steps}
    assert (log.exercises_done, log.counts_as_done) == (7, True)


def test_a_session_that_is_over_offers_a_new_one_and_a_new_start_leaves_what_was_done(phone):
    for step in phone.open("w01-daily").begin().steps():
        phone.wait(step["seconds"] + 0.1)
    phone.wait_for_text("doneNote", "Saved.")
    assert phone.go("w01-daily").offers() == "Start"
    phone.begin().press("next").wait(10).press("next")
    phone.wait_for_text("note", "Saved.")
    phone.go("w01-daily").page.locator("[data-player=again]").click()
    phone.press("next").wait(10).press("next")
    phone.wait_for_text("note", "Saved.")
    assert sorted(log.seconds_done for log in SessionLog.objects.all())[:2] == [10, 10]
    assert SessionLog.objects.count() == 3


def test_the_clock_set_forward_ends_the_hold_once_and_set_back_makes_no_step_longer(phone):
    steps = phone.open(KEY).begin().press("next").steps()
    phone.wait(steps[1]["seconds"] / 2).wait(3600)
    phone.wait_for_text("hint", "Continue")
    kept = phone.wait_until_kept(lambda kept: kept["at"] == steps[2]["id"])
    assert (kept["elapsed"], kept["endsAt"], kept["done"]) == (0, None, {steps[1]["id"]: steps[1]["seconds"]})

    phone.press("toggle").wait(5).press("toggle")
    phone.context.clock.set_system_time(0)
    phone.press("toggle")
    phone.wait(steps[2]["seconds"])
    phone.wait_until_kept(lambda kept: kept["at"] == steps[3]["id"])


def test_a_clock_set_back_while_a_step_runs_goes_on(phone):
    steps = phone.open(KEY).begin().press("next").steps()
    phone.wait(steps[1]["seconds"] - 10)
    phone.wait_until_kept(lambda kept: kept["at"] == steps[1]["id"] and elapsed(kept, steps[1]) > 10)
    phone.context.clock.set_system_time(timezone.now() - timedelta(hours=3))
    phone.wait(1).wait(10)
    phone.wait_until_kept(lambda kept: kept["done"].get(steps[1]["id"]) == steps[1]["seconds"])


def test_another_device_goes_on_where_the_first_was(phone, make_phone, mother):
    phone.open(KEY).begin().press("next").wait(60).press("next").press("next").wait(30).press("next")
    phone.wait_for_text("note", "Saved.")
    tablet = make_phone(mother).open(KEY)
    assert tablet.offers() == "Continue with Deep Core Hug"
    tablet.begin().press("next").wait(30).press("next")
    tablet.wait_for_text("note", "Saved.")
    log = SessionLog.objects.get()
    assert log.exercises_done == 3
    assert phone.go(KEY).offers() == "Continue with Pelvic Tilts, Lying Down"


def test_two_devices_at_once_lose_and_double_nothing(phone, make_phone, mother):
    tablet = make_phone(mother).open(KEY)
    phone.open(KEY)
    now = timezone.now()
    for device in (phone, tablet):  # which may have been opened some time apart
        device.context.clock.set_system_time(now)
    steps = phone.begin().steps()
    tablet.begin()
    for device, wanted in [(phone, 1), (tablet, 1), (phone, 2), (tablet, 3), (phone, 3)]:
        while len(done_work(device)) < wanted:
            device.press("next").wait(15)
        device.press("next")
        device.wait_for_text("note", "Saved.")
    log = SessionLog.objects.get()
    assert log.exercises_done == len({step.split(".")[0] for step in log.steps_done if "-" not in step})
    assert log.seconds_done == sum(log.steps_done.values())
    assert set(log.steps_done) <= {step["id"] for step in steps}


def done_work(device):
    """The work steps the device keeps as done."""
    return {step for sitting in device.sittings() for step in sitting["done"] if "-" not in step}


def rep_seconds(step):
    """How long one repetition takes; 0 where nothing is counted."""
    return sum(seconds for _, seconds in step.get("phases", []))


def is_kept_up_to(sitting, step, seconds):
    """Whether the phone keeps that she was in `step` for `seconds`: an earlier state of the step is kept, too."""
    return sitting["at"] == step["id"] and elapsed(sitting, step) >= seconds - 0.01


def elapsed(sitting, step):
    """Seconds she was in the step when the phone last knew."""
    if sitting["endsAt"] is None:
        return sitting["elapsed"] / 1000
    return step["seconds"] - (sitting["endsAt"] - sitting["seenAt"]) / 1000
