"""Reminders: on her days, at her hour, only when welcome, each once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from postpartum.models import Erasure, Reminder
from postpartum.reminders.planning import next_time, second_time
from postpartum.reminders.scheduling import save_reminder, token_of
from postpartum.reminders.sending import send_next_reminder
from programs.facts.standing import plan_for
from programs.models import SafetyHold, SessionLog
from programs.services.pause import pause

NEW_YORK = ZoneInfo("America/New_York")
HEALTH = re.compile(r"birth|pelvic|postpartum|exercise|session|program|baby|pain", re.IGNORECASE)


def local(year, month, day, hour, minute=0, zone=NEW_YORK):
    """A moment on her clock."""
    return datetime(year, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("days", "at", "after", "expected"),
    [
        # 2026-05-04 is a Monday.
        ([0], time(9), local(2026, 5, 4, 8), local(2026, 5, 4, 9)),
        ([0], time(9), local(2026, 5, 4, 9), local(2026, 5, 11, 9)),
        ([0, 3], time(9), local(2026, 5, 4, 10), local(2026, 5, 7, 9)),
        # The clocks go forward on Sunday 2026-03-08: nine stays nine, and half past two is taken after the gap.
        ([5, 6], time(9), local(2026, 3, 7, 10), local(2026, 3, 8, 9)),
        ([6], time(2, 30), local(2026, 3, 7, 10), local(2026, 3, 8, 3, 30)),
        # They go back on Sunday 2026-11-01: half past one comes twice, and counts the first time only.
        ([6], time(1, 30), local(2026, 10, 31, 10), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ([6], time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC), local(2026, 11, 8, 1, 30)),
        # Her Monday morning is still Sunday in London.
        ([0], time(8), datetime(2026, 5, 3, 23, tzinfo=UTC), local(2026, 5, 4, 8)),
    ],
)
def test_the_next_time_is_on_her_day_at_her_hour(days, at, after, expected):
    assert next_time(days, at, NEW_YORK, after) == expected


def test_without_days_there_is_none():
    assert next_time([], time(9), NEW_YORK, local(2026, 5, 4, 8)) is None


def test_her_hour_stays_her_hour_through_a_whole_year():
    moment = local(2026, 1, 1, 0)
    for _ in range(365):
        moment = next_time(range(7), time(9), NEW_YORK, moment)
        assert moment.astimezone(NEW_YORK).time() == time(9)
    assert moment.astimezone(NEW_YORK).date() == date(2026, 12, 31)


def test_no_second_reminder_in_the_night():
    assert second_time(local(2026, 5, 4, 9), NEW_YORK) == local(2026, 5, 4, 12)
    assert second_time(local(2026, 5, 4, 19), NEW_YORK) is None
    assert second_time(local(2026, 5, 4, 22), NEW_YORK) is None


@pytest.fixture
def nine(enrollment):
    """Nine on tomorrow's clock, when a reminder of Maya's falls due, as a moment."""
    user = enrollment.participant.user
    user.time_zone = "America/New_York"
    user.save()
    reminder = Reminder(user=user, days=list(range(7)), at=time(9), by_mail=True)
    save_reminder(reminder, timezone.now())
    return reminder.next_at


def send_all(now):
    """Let the duty run until nothing is due."""
    while send_next_reminder(now):
        pass


def change(**fields):
    """Change the one reminder there is."""
    Reminder.objects.update(**fields)


@pytest.mark.django_db
class TestSending:
    """What she gets."""

    def test_at_her_hour_once(self, nine):
        send_all(nine - timedelta(seconds=1))
        assert mail.outbox == []

        send_all(nine)
        send_all(nine)
        send_all(nine + timedelta(minutes=5))
        assert len(mail.outbox) == 1

        send_all(nine + timedelta(days=1))
        assert len(mail.outbox) == 2

    def test_it_is_neutral_and_stops_with_one_click(self, nine):
        send_all(nine)

        [message] = mail.outbox
        assert not HEALTH.search(message.subject)
        assert not HEALTH.search(re.sub(r"http\S+", "", message.body))
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message.extra_headers["List-Unsubscribe"].strip("<>") in message.body

    def test_late_but_not_too_late(self, nine):
        send_all(nine + timedelta(hours=3))
        assert len(mail.outbox) == 1

        send_all(nine + timedelta(days=1, hours=5))
        assert len(mail.outbox) == 1
        send_all(nine + timedelta(days=2))
        assert len(mail.outbox) == 2

    def test_not_when_her_day_is_over_even_if_it_is_hardly_late(self, nine):
        late = Reminder.objects.get()
        late.at = time(23, 30)
        save_reminder(late, timezone.now())

        send_all(late.next_at + timedelta(minutes=31))
        assert mail.outbox == []
        send_all(late.next_at + timedelta(days=1, minutes=29))
        assert len(mail.outbox) == 1

    def test_the_command_runs_twice_and_sends_once(self, nine):
        change(next_at=timezone.now() - timedelta(minutes=1))

        call_command("send_reminders", verbosity=0)
        call_command("send_reminders", verbosity=0)

        assert len(mail.outbox) == 1

    def test_once_more_if_she_has_not(self, nine):
        change(once_more=True)

        send_all(nine)
        send_all(nine + timedelta(hours=2))
        assert len(mail.outbox) == 1
        send_all(nine + timedelta(hours=3))
        send_all(nine + timedelta(hours=6))
        assert len(mail.outbox) == 2

    def test_not_once_more_if_she_has(self, nine, enrollment):
        change(once_more=True)
        send_all(nine)
        log_session(enrollment, nine + timedelta(hours=1))

        send_all(nine + timedelta(hours=3))

        assert len(mail.outbox) == 1

    def test_not_on_a_day_she_has_been_here(self, nine, enrollment):
        log_session(enrollment, nine - timedelta(hours=1))

        send_all(nine)
        assert mail.outbox == []
        send_all(nine + timedelta(days=1))
        assert len(mail.outbox) == 1

    def test_not_in_a_break(self, nine, enrollment):
        pause(enrollment, nine - timedelta(days=1))

        send_all(nine)

        assert mail.outbox == []

    def test_not_on_hold_for_safety(self, nine, enrollment):
        SafetyHold.objects.create(
            participant=enrollment.participant,
            enrollment=enrollment,
            outcome="pause_clinician",
            began_at=nine,
        )

        send_all(nine)

        assert mail.outbox == []

    def test_not_when_she_is_leaving(self, nine, mother):
        Erasure.objects.create(user=mother, due_at=nine + timedelta(days=3))

        send_all(nine)

        assert mail.outbox == []

    def test_not_when_the_week_is_done(self, nine, enrollment):
        for session in plan_for(enrollment).sessions_of_week(1):
            log_session(enrollment, nine - timedelta(days=2), key=session.key)
        enrollment.week_started_at = nine - timedelta(days=3)
        enrollment.save()

        send_all(nine)

        assert mail.outbox == []

    def test_nobody_without_a_program_is_written_to(self, other_mother):
        save_reminder(
            Reminder(user=other_mother, days=[0, 1, 2, 3, 4, 5, 6], at=time(9), by_mail=True), timezone.now()
        )

        send_all(timezone.now() + timedelta(days=1))

        assert mail.outbox == []


def log_session(enrollment, at, key="w01a"):
    """A session done at `at`."""
    return SessionLog.objects.create(
        enrollment=enrollment,
        session_key=key,
        kind="session",
        week=1,
        started_at=at,
        finished_at=at,
        exercises_done=4,
        exercises_planned=4,
        seconds_done=600,
        counts_as_done=True,
    )


@pytest.mark.django_db
class TestLinks:
    """The links in the mail."""

    def test_opening_the_link_changes_nothing_one_tap_does(self, nine, client):
        address = reverse("reminder_stop", args=[token_of(Reminder.objects.get())])

        assert "Turn reminders off?" in client.get(address).content.decode()
        assert Reminder.objects.get().by_mail
        assert "No more reminders" in client.post(address).content.decode()
        client.post(address)

        send_all(nine)
        assert mail.outbox == []

    def test_later_is_in_two_hours_and_only_once(self, nine, client, monkeypatch):
        change(once_more=True)
        send_all(nine)
        monkeypatch.setattr(timezone, "now", lambda: nine)
        client.post(reverse("reminder_later", args=[token_of(Reminder.objects.get())]))

        due = Reminder.objects.get().next_at
        assert due - nine == timedelta(hours=2)

    def test_later_means_today_and_late_in_the_evening_says_so(self, nine, client, monkeypatch):
        reminder = Reminder.objects.select_related("user").get()
        planned = reminder.next_at
        evening = timezone.now().astimezone(reminder.zone).replace(hour=23, minute=30)
        monkeypatch.setattr(timezone, "now", lambda: evening)

        page = client.post(reverse("reminder_later", args=[token_of(reminder)])).content.decode()

        assert "In two hours it would be tomorrow" in page
        assert Reminder.objects.get().next_at == planned

    @pytest.mark.parametrize("name", ["reminder_stop", "reminder_later"])
    def test_a_forged_token_is_not_found(self, nine, client, name):
        pk = Reminder.objects.get().pk

        assert client.post(reverse(name, args=[f"{pk}.forged"])).status_code == 404


@pytest.mark.django_db
class TestPage:
    """Her page of reminders."""

    def test_she_chooses_and_it_is_kept(self, as_mother, mother):
        mother.time_zone = "Europe/Madrid"
        mother.save()

        as_mother.post(reverse("reminders"), {"days": ["0", "4"], "at": "21:15", "by_mail": "on"})

        kept = Reminder.objects.get(user=mother)
        assert (kept.days, kept.at, kept.by_mail, kept.once_more) == ([0, 4], time(21, 15), True, False)
        assert kept.next_at.astimezone(ZoneInfo("Europe/Madrid")).time() == time(21, 15)

    @pytest.mark.parametrize(
        ("changes", "field"), [({"days": []}, "days"), ({"days": ["9"]}, "days"), ({"at": "25:00"}, "at")]
    )
    def test_what_cannot_be_is_said(self, as_mother, changes, field):
        response = as_mother.post(
            reverse("reminders"), {"days": ["0"], "at": "09:00", "by_mail": "on"} | changes
        )

        assert response.status_code == 422
        assert field in response.context["form"].errors
        assert not Reminder.objects.exists()

    def test_the_hour_moved_after_todays_mail_brings_no_second_one_today(self, as_mother, nine):
        send_all(nine)
        assert len(mail.outbox) == 1
        later = (nine + timedelta(hours=3)).astimezone(Reminder.objects.get().zone).time()

        as_mother.post(
            reverse("reminders"), {"days": list("0123456"), "at": f"{later:%H:%M}", "by_mail": "on"}
        )

        kept = Reminder.objects.select_related("user").get()
        assert kept.next_at.astimezone(kept.zone).date() > nine.astimezone(kept.zone).date()

    def test_when_she_moves_her_hour_moves_along(self, as_mother, mother, nine):
        as_mother.post(reverse("profile"), {"name": "Maya", "time_zone": "Asia/Tokyo"})

        assert Reminder.objects.get().next_at.astimezone(ZoneInfo("Asia/Tokyo")).time() == time(9)


@pytest.mark.django_db(transaction=True)
def test_four_first_posts_at_once_make_one_reminder(mother):
    def post(_):
        client = Client()
        client.force_login(mother)
        try:
            return client.post(
                reverse("reminders"), {"days": ["0"], "at": "09:00", "by_mail": "on"}
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(post, range(4))) == {302}
    assert Reminder.objects.filter(user=mother).count() == 1


@pytest.mark.django_db
class TestCalendar:
    """Her private calendar."""

    def feed(self, client):
        """The feed at its address now, or the response that is none."""
        response = client.get(reverse("calendar", args=[Reminder.objects.get().calendar_key]))
        return Calendar.from_ical(response.content)

    def test_it_shows_her_days_and_nothing_else(self, as_mother, nine, client):
        as_mother.post(reverse("share_calendar"), {"do": "new"})

        events = self.feed(client).walk("VEVENT")

        assert nine in [event.decoded("dtstart") for event in events]
        assert len({str(event["uid"]) for event in events}) == len(events) >= 28
        assert {str(event["summary"]) for event in events} == {"Time for you"}

    def test_calendars_see_the_same_until_something_changes(self, as_mother, nine, client):
        as_mother.post(reverse("share_calendar"), {"do": "new"})
        address = reverse("calendar", args=[Reminder.objects.get().calendar_key])
        first = client.get(address)

        assert first["Content-Type"].startswith("text/calendar")
        assert not first.cookies
        assert not HEALTH.search(first.content.decode().replace("hello@example.org", ""))
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304

    def test_a_break_empties_it(self, as_mother, nine, client, enrollment):
        as_mother.post(reverse("share_calendar"), {"do": "new"})
        pause(enrollment, timezone.now())

        assert self.feed(client).walk("VEVENT") == []
        assert self.feed(client).subcomponents  # a calendar needs one to be valid

    def test_an_ended_or_replaced_link_is_dead(self, as_mother, nine, client):
        as_mother.post(reverse("share_calendar"), {"do": "new"})
        first = reverse("calendar", args=[Reminder.objects.get().calendar_key])
        as_mother.post(reverse("share_calendar"), {"do": "new"})
        second = reverse("calendar", args=[Reminder.objects.get().calendar_key])
        as_mother.post(reverse("share_calendar"), {"do": "end"})

        assert client.get(first).status_code == client.get(second).status_code == 404
