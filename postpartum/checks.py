"""What is checked of the data itself, whenever the site is started or migrated."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from common.encryption import DecryptionError, encrypted_fields
from postpartum.demo.people import is_the_password_known

OTHER_KEYS = Error(
    "What members answered is sealed, and none of FIELD_KEYS opens it.",
    hint="Set FIELD_KEYS to the keys that were in use when it was sealed: those of the production.env beside the data "
    "it comes from, or those kept apart from the backup. Without them nobody can read it.",
    id="postpartum.E001",
)
DEMO_IN_PRODUCTION = Warning(
    "The demo's people are in this database, and everybody knows their password.",
    hint="Begin anew with an empty database before anybody else can reach this site.",
    id="postpartum.W001",
)


@register(Tags.database)
def what_is_sealed_opens(app_configs, databases, **kwargs):
    """An error where the oldest or the newest row of a table holds what no key of ours opens."""
    if not databases:
        return []
    there = set(connection.introspection.table_names())
    models = [
        model for model in apps.get_models() if model._meta.db_table in there and encrypted_fields(model)
    ]
    return [OTHER_KEYS] if any(_looked_up(_is_closed, model) for model in models) else []


@register(Tags.database)
def nobody_knows_a_password(app_configs, databases, **kwargs):
    """A warning where a site in production has the demo's people."""
    if not databases or settings.DEBUG:
        return []
    return [DEMO_IN_PRODUCTION] if _looked_up(is_the_password_known) else []


def _is_closed(model):
    rows = model._base_manager.values_list(*(field.name for field in encrypted_fields(model)))
    try:
        rows.order_by("pk").first()
        rows.order_by("-pk").first()
    except DecryptionError:
        return True
    return False


def _looked_up(question, *arguments):
    """The answer; False where the tables are not made yet, or not as the code knows them: a migration is to come."""
    try:
        with transaction.atomic():
            return question(*arguments)
    except ProgrammingError:
        return False
