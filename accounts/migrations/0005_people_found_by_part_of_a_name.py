"""An index for the desk's search of members by any part of a name or address."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("accounts", "0004_constraints_in_words"),
        ("blog", "0001_initial"),  # makes the extension pg_trgm
    ]

    operations = [
        AddIndexConcurrently(
            model_name="user",
            index=GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"),
                OpClass(Upper("email"), "gin_trgm_ops"),
                name="accounts_user_search",
            ),
        ),
    ]
