"""What Django itself checks of a project."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True)


def test_django_finds_nothing_wrong():
    call_command("check", fail_level="WARNING")
