"""The words of an exercise as they are searched, kept beside it instead of made anew by each search.

No index: there are some dozen exercises, and a search reads the name of each for typing errors anyway.
"""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, TextField

CONFIG = "unaccented_english"


def search_text(field):
    """The words of a field as they are searched."""
    return Func(F(field), function="search_text", output_field=TextField())


class Migration(migrations.Migration):
    dependencies = [("programs", "0018_consent_versions"), ("common", "0003_search_lists")]

    operations = [
        migrations.AddField(
            model_name="exercise",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=SearchVector(search_text("name"), weight="A", config=CONFIG)
                + SearchVector(search_text("why"), weight="B", config=CONFIG)
                + SearchVector(search_text("steps"), weight="C", config=CONFIG),
                output_field=SearchVectorField(),
                verbose_name="words that are searched",
            ),
        ),
    ]
