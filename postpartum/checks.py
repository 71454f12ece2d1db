"""System checks of the data, at every start and migration."""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import ProgrammingError

from common.encryption import DecryptionError, encrypted_fields
from postpartum.demo.people import is_demo_password_valid

OTHER_KEYS = Error(
    "What members answered is encrypted, and none of FIELD_KEYS decrypts it.",
    hint="Set FIELD_KEYS to the keys that were in use when it was encrypted: those of the settings beside the data it "
    "comes from, or those kept apart from the backup. Without them nobody can read it.",
    id="postpartum.E001",
)
DEMO_IN_PRODUCTION = Warning(
    "The demo's people are in this database, and everybody knows their password.",
    hint="Begin anew with an empty database before anybody else can reach this site.",
    id="postpartum.W001",
)


@register(Tags.database)
def check_field_keys(databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error where the oldest or newest row of a table holds what none of FIELD_KEYS decrypts."""
    if not databases:
        return []
    tables = set(connection.introspection.table_names())
    models = [
        model for model in apps.get_models() if model._meta.db_table in tables and encrypted_fields(model)
    ]
    return [OTHER_KEYS] if any(_answer(_is_unreadable, model) for model in models) else []


@register(Tags.database)
def check_demo_password(databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return a warning where a production site has the demo's accounts."""
    if not databases or settings.DEBUG:
        return []
    return [DEMO_IN_PRODUCTION] if _answer(is_demo_password_valid) else []


def _is_unreadable(model: type[Model]) -> bool:
    rows = model._base_manager.values_list(*(field.name for field in encrypted_fields(model)))
    try:
        rows.order_by("pk").first()
        rows.order_by("-pk").first()
    except DecryptionError:
        return True
    return False


def _answer(question: Callable[..., bool], *arguments: Any) -> bool:
    """Return the database's answer; False before the tables have been migrated."""
    try:
        with transaction.atomic():
            return question(*arguments)
    except ProgrammingError:
        return False
