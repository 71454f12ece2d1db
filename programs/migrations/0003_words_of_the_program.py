"""Words of the program for someone whose baby is not with them; the days suggested are those of a week."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0002_release_is_immutable"),
    ]

    operations = [
        migrations.AddField(
            model_name="program",
            name="no_baby_text",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="words when her baby is not with her"
            ),
        ),
        migrations.AlterField(
            model_name="program",
            name="suggested_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("Mon", "Monday"),
                        ("Tue", "Tuesday"),
                        ("Wed", "Wednesday"),
                        ("Thu", "Thursday"),
                        ("Fri", "Friday"),
                        ("Sat", "Saturday"),
                        ("Sun", "Sunday"),
                    ],
                    max_length=3,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="days suggested for sessions",
            ),
        ),
    ]
