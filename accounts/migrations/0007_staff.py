"""An index of the few who may open the desk, for the mails that go to them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0006_user_by_email")]

    operations = [
        AddIndexConcurrently(
            model_name="user",
            index=models.Index(fields=["id"], condition=models.Q(is_staff=True), name="accounts_user_staff"),
        ),
    ]
