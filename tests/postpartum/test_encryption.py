"""What she answered cannot be read from the tables, and keys can be changed."""

import re

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from common.encryption import DecryptionError, decrypt, encrypt
from programs.models import CheckIn, Concern, Decision, Enrollment, Screening, SelfCheck
from tests.cast import make_enrollment

ANSWERS = {"bladder": "leak_daily", "mood": "often"}
TELLING = [
    "bladder",
    "leak",
    "bleeding",
    "heaviness",
    "mood",
    "vaginal",
    "pain",
    "doming",
    "p0_3",
    "walk",
    "rang",
]

# What is sealed is noise, and in so much of it a word of four letters comes up now and then.
SEALED = re.compile(r"\bgAAAA[\w=-]{80,}")


def stored(*tables):
    """Everything the tables hold, as the database itself shows it."""
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def journey(enrollment):
    """Maya's answers in every table that keeps answers."""
    now = timezone.now()
    CheckIn.objects.create(
        enrollment=enrollment, kind="before", week=1, made_at=now, answers=ANSWERS, context={"pain": 3},
        outcome="go", mode="go", rules_matched=["PRE-LEAK-1"], red_flags=["heavy_bleeding"], advice=["MOOD_SUPPORT"],
        rules_version="1",
    )  # fmt: skip
    Decision.objects.create(
        enrollment=enrollment, made_at=now, outcome="hold_week", rule="P1", facts=ANSWERS, reasons={"symptoms": ["leaking"]},
        advice=["DOMING_TIP"], from_week=1, to_week=1, rules_version="1",
    )  # fmt: skip
    SelfCheck.objects.create(
        enrollment=enrollment, made_at=now, answers={"doming": "yes"}, flags=["doming"], advice=["DOMING_TIP"],
        disposition="start", urgency="routine", rules_version="1",
    )  # fmt: skip
    Concern.objects.create(
        participant=enrollment.participant, code="c", urgency="routine", facts=ANSWERS, opened_at=now,
        resolved_at=now, note="Rang her about the bleeding.",
    )  # fmt: skip
    enrollment.safety_flags = ["heaviness"]
    enrollment.flag_marks = [{"flag": "doming", "at": now.isoformat(), "on": True}]
    enrollment.baseline_leak = 2
    enrollment.milestones = {"walk-20-minutes": now.isoformat()}
    enrollment.save()
    return enrollment


def test_what_is_encrypted_says_nothing():
    assert "leak_daily" not in encrypt(ANSWERS)


def test_the_tables_show_no_answer(journey):
    Screening.objects.update(answers=ANSWERS)

    tables = ("screening", "enrollment", "checkin", "selfcheck", "decision", "concern")
    rows = stored(*(f"programs_{table}" for table in tables))

    assert len(rows.splitlines()) == 6
    in_clear = SEALED.sub("", rows).lower()
    assert [word for word in TELLING if word in in_clear] == []


def test_we_read_what_we_wrote(journey):
    check_in = CheckIn.objects.get()

    assert check_in.answers == ANSWERS
    assert check_in.context == {"pain": 3}
    assert Decision.objects.get().reasons == {"symptoms": ["leaking"]}


def test_a_sealed_column_cannot_be_searched(db):
    with pytest.raises(FieldError):
        CheckIn.objects.filter(answers=ANSWERS).exists()


def test_with_a_new_key_in_front_everything_is_sealed_anew_and_the_old_one_can_go(journey, settings):
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()

    settings.FIELD_KEYS = [new, old]
    call_command("rotate_keys", verbosity=0)
    settings.FIELD_KEYS = [new]

    assert CheckIn.objects.get().answers == ANSWERS
    assert Screening.objects.get().answers["bladder"] == "fine"
    assert Enrollment.objects.get().baseline_leak == 2
    call_command("rotate_keys", verbosity=0)


def test_a_value_of_another_key_is_an_error_that_tells_nothing(settings):
    sealed = encrypt({"bladder": "leak_daily"})
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(DecryptionError) as error:
        decrypt(sealed)

    assert "leak" not in str(error.value)


def test_a_key_that_is_none_is_named(settings):
    settings.FIELD_KEYS = ["too-short"]

    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        encrypt(1)


def test_two_mothers_with_the_same_answers_look_different(journey, other_mother):
    make_enrollment(other_mother)

    one, other = stored("programs_screening").splitlines()

    assert one.split("gAAAA")[1][:60] != other.split("gAAAA")[1][:60]
