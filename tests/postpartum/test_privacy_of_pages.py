"""A member's life, from sign-up to goodbye: what she said of her health stands on her pages and nowhere else.

Not in an address, a log line, a mail or a request to another host.
"""

import io
import json
import logging
import re
import uuid
from datetime import timedelta
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from postpartum.logs import LineFormatter
from postpartum.models import Erasure, Export, Reminder
from postpartum.privacy.erasure import erase_next
from postpartum.privacy.exports import make_next_export
from postpartum.reminders.sending import send_next_reminder
from programs.models import CheckIn, SafetyHold
from tests.postpartum.every_page import addresses
from tests.programs.enrollment.test_screening_pages import answer_everything
from tests.programs.player.conftest import message

# At the start of a word, and not inside what is random: keys, tokens, codes.
HEALTH = re.compile(
    r"(?<![a-z])(birth|cesarean|vaginal|pelvi|postpartum|bleed|leak|heav|doming|pain|mood|scar|wound|symptom|bladder|bowel"
    r"|feed|baby|anxi|depress|emergenc|pregnan|incontinen)",
    re.IGNORECASE,
)
RANDOM = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|(?=[\w:-]*\d)(?=[\w:-]*[A-Z])[\w:-]{20,}"
)
EMAIL = "maya@example.org"
CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)


def tells(text):
    """Whether a word in it tells of health."""
    return HEALTH.search(RANDOM.sub("…", text)) is not None


@pytest.fixture
def log():
    """What the site logs meanwhile, every level, as in earnest."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter("{levelname} {name} {message}", style="{"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


class Walked(Client):
    """A client that remembers every address it has been at."""

    def __init__(self):
        super().__init__()
        self.been_at = []

    def request(self, **request):
        """Go there; redirects are followed by those who ask for it, and remembered as addresses of their own."""
        self.been_at.append(f"{request['PATH_INFO']}?{unquote(request.get('QUERY_STRING', ''))}")
        response = super().request(**request)
        if response.has_header("Location"):
            self.been_at.append(unquote(response["Location"]))
        return response


def sign_up(client):
    """An account, confirmed by the mailed code."""
    client.post(reverse("account_signup"), {"email": EMAIL}, follow=True)
    client.post(reverse("account_email_verification_sent"), {"code": CODE.search(mail.outbox[-1].body)[1]})
    return get_user_model().objects.get()


SUGGESTED = {
    "pain": 0,
    "heaviness": 0,
    "leak": 0,
    "bowelLeak": False,
    "bleeding": "none",
    "scar": "na",
}


def practise(client):
    """A check-in with a little to report, a session, and a check-in with much: the program stops for a clinician."""
    well = {
        "client_id": uuid.uuid4(),
        "redFlags": "none",
        "mood": "low",
        "energy": "0",
        "sleep": "gt6",
        "all_fine": "on",
        "shown": json.dumps(SUGGESTED),
    }
    client.post(reverse("check_in_before", args=["w01-a"]), well, follow=True)
    log_address = reverse("session_log", args=["w01-a"])
    client.put(log_address, message(), content_type="application/json")
    worse = {"client_id": uuid.uuid4(), "redFlags": "heavy_bleeding", "mood": "low"}
    client.post(reverse("check_in"), worse, follow=True)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("/check-in/?symptom=heavy_bleeding", True),
        ("/progress/Leaking/", True),
        ("/exports/6f1cfeed-feed-4bab-9aad-a1b2c3d4feed/", False),
        ("/letter/confirm/MjM6pain-1tq9Zc:baby_feed-4uQx/", False),
    ],
)
def test_a_word_is_found_and_a_random_key_is_none(text, is_found):
    assert tells(text) == is_found


@pytest.mark.django_db
def test_what_she_says_of_her_health_stays_on_her_pages(program, log, settings, tmp_path):
    settings.EXPORT_ROOT = tmp_path
    client, now = Walked(), timezone.now()
    maya = sign_up(client)
    answer_everything(client, timezone.localdate() - timedelta(days=112), bladder="leak_some", mood="some")
    client.post(reverse("enroll"), {"agreed": "on"}, follow=True)
    Reminder.objects.create(user=maya, days=list(range(7)), at="09:00", by_mail=True, next_at=now)
    send_next_reminder(now)
    practise(client)
    for address in addresses({"key": "w01-a", "step": 1}):
        if not address.startswith(("/accounts/logout", "/articles", "/program", "/exercises")):
            client.get(address)
    client.post(reverse("account_reauthenticate_by_code"), {"send": ""})
    client.post(reverse("account_reauthenticate_by_code"), {"code": CODE.search(mail.outbox[-1].body)[1]})
    client.post(reverse("ask_export"))
    assert make_next_export(timezone.now())
    assert client.get(reverse("export", args=[Export.objects.get().key])).status_code == 200
    client.post(reverse("erase"), {"sure": "on"})
    assert CheckIn.objects.count() == 2
    assert SafetyHold.objects.exists()
    Erasure.objects.update(due_at=now)
    erase_next(now)

    assert not get_user_model().objects.exists()
    assert len(mail.outbox) >= 4
    assert len(client.been_at) > 70
    assert [address for address in client.been_at if tells(address)] == []
    assert [m.subject for m in mail.outbox if tells(m.subject + re.sub(r"http\S+", "", m.body))] == []
    assert [line for line in log.getvalue().splitlines() if tells(line) or EMAIL in line] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_page_asks_another_host(page, watch, live_server, program, enrollment, mother, sign_in, signed_in):
    """The watch over the browser fails the test for any request elsewhere, and for anything the policy blocked."""
    watch.expect(r"status of 4\d\d")
    article = Article.objects.create(
        title="Rest", slug="rest", body="<p>x</p>", status="published", published_at=timezone.now()
    )
    EmailAddress.objects.filter(user=mother).update(verified=True)
    if signed_in:
        sign_in(page.context, mother)
    asking, opened = Client(), 0
    if signed_in:
        asking.force_login(mother)
    for address in addresses({"key": "w01-a", "step": 1, "slug": article.slug}):
        if asking.get(address).status_code == 200:
            page.goto(live_server.url + address)
            opened += 1

    assert opened > (40 if signed_in else 15)
