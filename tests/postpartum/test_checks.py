"""What is checked of the data whenever the site is started or migrated."""

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from postpartum.checks import DEMO_IN_PRODUCTION, OTHER_KEYS
from postpartum.demo.people import PASSWORD, THERAPIST
from programs.models import Screening
from tests.cast import make_screening, make_user

pytestmark = pytest.mark.django_db


def found():
    """What the checks of the data say."""
    return run_checks(tags=["database"], databases=["default"])


def another_key():
    return Fernet.generate_key().decode()


def test_keys_that_do_not_open_what_is_sealed_are_an_error(mother, a_moment, program, settings):
    make_screening(mother, a_moment)
    assert found() == []
    settings.FIELD_KEYS = [another_key(), *settings.FIELD_KEYS]
    assert found() == []
    settings.FIELD_KEYS = [another_key()]
    assert found() == [OTHER_KEYS]


def test_tables_that_are_to_come_with_a_migration_are_no_error(mother, a_moment, program):
    make_screening(mother, a_moment)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {Screening._meta.db_table} DROP COLUMN answers")
    assert found() == []


def test_the_demo_in_production_is_a_warning_until_its_password_is_another(settings):
    therapist = make_user(THERAPIST)
    assert found() == []
    therapist.set_password(PASSWORD)
    therapist.save()
    assert found() == [DEMO_IN_PRODUCTION]
    settings.DEBUG = True
    assert found() == []


def test_the_demo_is_never_seeded_beside_real_people(mother):
    with pytest.raises(CommandError, match="There are people in this database"):
        call_command("seed_demo")
    assert not type(mother).objects.filter(email=THERAPIST).exists()
