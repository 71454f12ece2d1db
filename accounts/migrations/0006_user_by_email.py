"""An index for `email__iexact`, which compares in capitals: the unique one in small letters does not serve it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0005_people_found_by_part_of_a_name")]

    operations = [
        AddIndexConcurrently(
            model_name="user", index=models.Index(Upper("email"), name="accounts_user_email_upper")
        ),
    ]
