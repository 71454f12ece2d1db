"""No command seals or signs with keys that are not those of the data."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from postpartum import sealing
from tests.cast import make_enrollment, make_user
from tests.programs.journey.conftest import before
from tests.worker import product_environment

OWN_KEYS = {"SECRET_KEY": "a-secret-of-its-own" * 3, "FIELD_KEYS": [Fernet.generate_key().decode()]}


@pytest.fixture
def sealed(settings, tmp_path):
    """A data directory of a site with keys of its own."""
    settings.DATA_DIR = tmp_path
    present = {name: getattr(settings, name) for name in OWN_KEYS}
    for name, value in OWN_KEYS.items():
        setattr(settings, name, value)
    sealing.record()
    yield tmp_path
    for name, value in present.items():
        setattr(settings, name, value)


@pytest.mark.django_db
def test_beside_no_key_it_is_development(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert sealing.refusal("migrate") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN_KEYS)
def test_development_keys_are_refused_beside_the_data_of_a_site_with_its_own(sealed, settings, name):
    assert sealing.refusal("worker") == ""

    public = {"SECRET_KEY": sealing.development.SECRET_KEY, "FIELD_KEYS": [sealing.development.FIELD_KEY]}
    setattr(settings, name, public[name])

    assert "script/manage" in sealing.refusal("worker")
    assert sealing.refusal("restore") == ""


@pytest.mark.django_db
def test_no_key_stands_in_the_mark(sealed):
    text = (sealed / "sealed-by").read_text()
    assert OWN_KEYS["SECRET_KEY"] not in text
    assert OWN_KEYS["FIELD_KEYS"][0] not in text


@pytest.mark.django_db(transaction=True)
def test_a_command_beside_a_database_sealed_with_other_keys_says_what_to_do(program):
    make_enrollment(make_user("maya@example.org"))
    environment = product_environment() | {"FIELD_KEYS": Fernet.generate_key().decode()}
    command = [sys.executable, "manage.py", "send_reminders"]

    ended = subprocess.run(command, cwd=site.BASE_DIR, env=environment, capture_output=True, text=True)

    assert ended.returncode == 1
    assert "Set FIELD_KEYS to the keys that were in use" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert os.environ.get("FIELD_KEYS") is None


@pytest.mark.django_db
def test_a_page_whose_answers_cannot_be_opened_says_so_kindly(mother, enrollment, settings):
    client = Client(raise_request_exception=False)
    client.force_login(mother)
    before(enrollment, timezone.now(), heaviness=1)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    page = client.get("/progress/")

    assert page.status_code == 503
    assert "We cannot open your answers right now" in page.content.decode()
    assert 'href="/safety/"' in page.content.decode()
