"""After a new key was put in front of FIELD_KEYS: encrypt everything with it, so that the old ones can go."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from common.encryption import encrypted_fields

AT_ONCE = 500


class Command(BaseCommand):
    """Safe to stop and to run again: a row is sealed with the new key or still with an old one, never in between."""

    help = "Seals every sealed column with the first of FIELD_KEYS. Afterwards the other keys may leave it."

    def handle(self, *, verbosity, **options):
        """Go through every model that has sealed columns."""
        for model in apps.get_models():
            names = [field.name for field in encrypted_fields(model)]
            if names:
                count = reencrypt(model, names)
                if verbosity:
                    self.stdout.write(f"{model._meta.verbose_name_plural}: {count}")


def reencrypt(model, names):
    """Read and write the sealed columns of all rows, some at a time, each batch locked meanwhile; how many rows."""
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = model._base_manager.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))
            batch = list(rows.only("pk", *names)[:AT_ONCE])
            if not batch:
                return count
            model._base_manager.bulk_update(batch, names)
            count, last = count + len(batch), batch[-1].pk
