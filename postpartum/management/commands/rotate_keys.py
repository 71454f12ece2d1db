"""Re-encrypt everything with the first of FIELD_KEYS, so that the other keys can be removed."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model

from common.encryption import encrypted_fields

BATCH_SIZE = 500


class Command(BaseCommand):
    """Idempotent and safe to interrupt: a row is encrypted with the new key or still with an old one."""

    help = (
        "Re-encrypts every encrypted column with the first of FIELD_KEYS. Then the other keys can be removed."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Re-encrypt every model that has encrypted columns."""
        for model in apps.get_models():
            names = [field.name for field in encrypted_fields(model)]
            if names:
                count = reencrypt(model, names)
                if verbosity:
                    self.stdout.write(f"{model._meta.verbose_name_plural}: {count}")


def reencrypt(model: type[Model], names: list[str]) -> int:
    """Re-encrypt the columns `names` of all rows in locked batches. Return the number of rows."""
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = model._base_manager.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))
            batch = list(rows.only("pk", *names)[:BATCH_SIZE])
            if not batch:
                return count
            model._base_manager.bulk_update(batch, names)
            count, last = count + len(batch), batch[-1].pk
