from datetime import timedelta

from django.db import migrations, models
from django.db.models import F


def keep_the_day_she_was_told(apps, schema_editor):
    """Until now every mail named the thirtieth day after it."""
    User = apps.get_model("accounts", "User")
    User.objects.exclude(ends_at=None).update(ends_at=F("ends_at") + timedelta(days=30))


def back_to_the_day_of_the_mail(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    User.objects.exclude(ends_at=None).update(ends_at=F("ends_at") - timedelta(days=30))


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.RenameField("user", "warned_at", "ends_at"),
        migrations.AlterField(
            "user",
            "ends_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="unused, the account ends, as we wrote"),
        ),
        migrations.RunPython(keep_the_day_she_was_told, back_to_the_day_of_the_mail),
    ]
