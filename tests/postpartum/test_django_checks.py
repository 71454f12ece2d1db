"""What Django itself checks of a project."""

import os
import secrets
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True)


def test_django_finds_nothing_wrong():
    call_command("check", fail_level="WARNING")


def test_django_finds_nothing_wrong_with_a_site_in_production():
    environment = {
        "DJANGO_SETTINGS_MODULE": "postpartum.settings",
        "PATH": os.environ["PATH"],
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "ALLOWED_HOSTS": "tend.example.org",
        "SITE_URL": "https://tend.example.org",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    ended = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
