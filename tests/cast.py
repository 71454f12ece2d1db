"""The people of the tests, by name, and the published program they live."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from common.models import RateLimitWindow
from common.practice import override_practice
from programs.facts.releases import plan_of
from programs.models import Country, Participant, Release, Screening
from programs.services.enrollment import enroll
from programs.services.screening import complete_screening
from tests.stored_rows import keep_rows

PASSWORD = "a-long-test-password"
APP_SECRET = "JBSWY3DPEHPK3PXP"  # what the app of everybody at the desk makes its codes from

# Every answer of someone who may start without changes, 16 weeks after a vaginal birth.
CLEAR_ANSWERS = {
    "now": ["none"],
    "today": ["none"],
    "self_safety": "no",
    "unreal": "no",
    "time_since_birth": "ge_84d",
    "birth_mode": "vaginal",
    "tear": "none",
    "clearance": "ok",
    "bleeding": "none",
    "bladder": "fine",
    "bowel": "fine",
    "heaviness": "none",
    "tension": "none",
    "pain": "p0_3",
    "belly": "no",
    "wound": "na",
    "health": "none",
    "mood": "rarely",
}


def make_user(email, **fields):
    """A user with a verified address and the password of all tests; who may open the desk has an app with codes, too."""
    user = get_user_model().objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if user.is_staff:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": APP_SECRET})
    return user


def make_screening(user, now, days_since_birth=112, **answers):
    """A finished screening of `user`: the clear answers, changed by `answers`."""
    participant, _ = Participant.objects.get_or_create(user=user)
    screening = Screening.objects.create(
        participant=participant,
        answers=CLEAR_ANSWERS | answers,
        birth_date=timezone.localdate(now) - timedelta(days=days_since_birth),
        started_at=now,
    )
    return complete_screening(screening, timezone.localdate(now), now)


def make_enrollment(user, now=None, days_since_birth=112, **answers):
    """An enrollment of `user`, screened and begun at `now` (else the present)."""
    now = now or timezone.now()
    make_screening(user, now, days_since_birth, **answers)
    return enroll(user, "I agree.", now)


def code_of(secret):
    """What an app shows now for this secret: of the codes that count, neither the one before nor the next."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def forget_codes():
    """Act as if the time had passed in which a code counts once."""
    cache.clear()
    RateLimitWindow.objects.all().delete()


@pytest.fixture(autouse=True)
def what_the_desk_said():
    """What a practice says of itself belongs to the process, not to the database: forget it after each test."""
    yield
    override_practice({})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, static_files):
    """Load and publish the program once for all tests."""
    with django_db_blocker.unblock():
        call_command("loadprogram", verbosity=0)
        keep_rows()


@pytest.fixture
def program(db):
    """The newest release of the real program, loaded anew where a test that commits has emptied the tables.

    Its plan is read as by a process that has served before, so that queries count the same whichever test is first.
    """
    if not Release.objects.exists():
        call_command("loadprogram", verbosity=0)
    release = Release.objects.defer("plan").latest("published_at")
    plan_of(release.pk)
    return release


@pytest.fixture
def a_moment():
    """A fixed time for services and rules that are told the time."""
    return datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def mother(db):
    """Maya, the member whose pages are asked for."""
    return make_user("maya@example.org", name="Maya")


@pytest.fixture
def other_mother(db):
    """Nora, a member whose things must never show up."""
    return make_user("nora@example.org", name="Nora")


@pytest.fixture
def therapist(db):
    """Dr. Marsh, who runs the practice."""
    return make_user("elena@example.org", name="Dr. Elena Marsh", is_staff=True, is_superuser=True)


@pytest.fixture
def enrollment(mother, program):
    """Maya's place in the program, begun today, without changes."""
    return make_enrollment(mother)


@pytest.fixture
def as_mother(client, mother):
    """A client signed in as Maya."""
    client.force_login(mother)
    return client


@pytest.fixture
def as_therapist(client, therapist):
    """A client signed in as the therapist."""
    client.force_login(therapist)
    return client


@pytest.fixture
def canada(program):
    """A country with numbers."""
    return Country.objects.get(pk="CA")
