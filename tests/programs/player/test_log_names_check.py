"""A log names the check-in that opened its session: found by that whatever the clocks say, and never another member's."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import CheckIn, SessionLog
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before
from tests.programs.journey.test_corrections import WELL

from .conftest import KEY, message

pytestmark = pytest.mark.usefixtures("unchecked")

HOUR = timedelta(hours=1)
STEPS = {f"{number}.1.1": 30 for number in range(1, 5)}


@dataclass(frozen=True)
class Case:
    """A check-in made `checked` ago and a session begun `began` ago, by the phone's clock, and whether it counts."""

    say: str
    checked: timedelta
    began: timedelta
    is_named: bool = True
    counts: bool = True
    answers: tuple = ()

    def __str__(self):
        return self.say


CASES = [
    Case("clock right", 2 * HOUR, HOUR),
    Case("clock right, an older player", 2 * HOUR, HOUR, is_named=False),
    Case("set back by ten minutes", HOUR, HOUR + timedelta(minutes=10)),
    Case("set back by three hours", HOUR, 4 * HOUR),
    Case("set back by three hours, an older player", HOUR, 4 * HOUR, is_named=False, counts=False),
    Case("set back by a month", HOUR, timedelta(days=30)),
    Case("check-in good no longer", 14 * HOUR, HOUR, counts=False),
    Case("check-in that calls for rest", HOUR, 4 * HOUR, counts=False, answers=(("energy", "2"),)),
    Case("check-in that calls for a pause", HOUR, 4 * HOUR, counts=False, answers=(("pain", "9"),)),
]


@pytest.fixture
def phone(enrollment, as_mother, put_log):
    """What sends a case's check-in and its log, as the outbox does."""
    return Sender(as_mother, put_log)


class Sender:
    """A phone with one check-in and one session to send."""

    def __init__(self, client, put_log):
        self.client, self.put_log = client, put_log
        self.check_in_id, self.log_id, self.now = str(uuid.uuid4()), str(uuid.uuid4()), timezone.now()

    def send_check_in(self, case):
        sent = WELL | dict(case.answers) | {"client_id": self.check_in_id}
        sent["made_at"] = (self.now - case.checked).isoformat()
        assert self.client.post(reverse("check_in_before", args=[KEY]), sent).status_code == 302

    def send_log(self, case, **changes):
        named = {"check_in": self.check_in_id} if case.is_named else {}
        began = self.now - case.began
        times = {
            "started_at": began.isoformat(),
            "finished_at": (began + timedelta(minutes=10)).isoformat(),
        }
        body = message(id=self.log_id, steps=STEPS, exercises_planned=4, **times) | named | changes
        response = self.put_log(body)
        assert response.status_code == 200
        return response.json()


ORDERS = {
    "check-in first": ("send_check_in", "send_log"),
    "log first": ("send_log", "send_check_in"),
    "each again": ("send_log", "send_log", "send_check_in", "send_check_in", "send_log"),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_session_counts_by_the_check_in_it_names(phone, case, order):
    for send in order:
        getattr(phone, send)(case)
    log, check_in = SessionLog.objects.get(), CheckIn.objects.get()
    assert log.counts_as_done is case.counts
    assert log.steps_done == STEPS
    if case.is_named:
        assert check_in.made_at - timedelta(minutes=5) <= log.started_at
        assert check_in.made_at < log.finished_at <= max(timezone.now(), check_in.made_at)


BACK = Case("set back by three hours", HOUR, 4 * HOUR)


def test_the_site_says_that_it_has_dated_the_session_anew(phone):
    phone.send_check_in(BACK)
    assert phone.send_log(BACK)["redated"] is True


def test_one_check_in_opens_one_session(phone):
    """A second session that names it is kept and does not count, nor does the check-in stay open for a third."""
    phone.send_check_in(BACK)
    assert phone.send_log(BACK)["counts"] is True
    again = phone.put_log(
        message(check_in=phone.check_in_id, steps=STEPS, started_at=(phone.now - HOUR).isoformat()),
        key="w01-a",
    )
    assert again.json()["counts"] is False
    page = phone.client.get(reverse("session", args=["w01-a"]))
    assert page.url == reverse("check_in_before", args=["w01-a"])


@pytest.mark.parametrize("name", ["another member's", "nobody's", "nothing"])
def test_a_name_that_is_not_her_own_opens_nothing_and_loses_nothing(phone, other_mother, name):
    theirs = before(make_enrollment(other_mother), phone.now - HOUR)
    named = {"another member's": str(theirs.client_id), "nobody's": str(uuid.uuid4()), "nothing": None}[name]
    assert phone.send_log(BACK, check_in=named)["counts"] is False
    assert SessionLog.objects.get().started_at == phone.now - BACK.began


def test_what_the_phone_stores_names_the_check_in_made_on_the_site(phone):
    phone.send_check_in(Case("just now", timedelta(), HOUR))
    kept = phone.client.get(reverse("kept_sessions")).json()["sessions"]
    named = {one["key"]: one.get("checkInId") for one in kept}
    assert (named[KEY], named["rest"]) == (phone.check_in_id, None)
    page = phone.client.get(reverse("session", args=[KEY])).context["player"]
    assert str(page["checkInId"]) == phone.check_in_id
