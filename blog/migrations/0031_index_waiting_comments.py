"""An index for the comments that wait, in the order the desk shows them, so that many cost it no more than a few."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Case, F, Q, When


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("blog", "0030_drop_redundant_indexes")]

    operations = [
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                Case(When(red_flags=[], then=1), default=0),
                F("created_at"),
                condition=Q(status="pending"),
                name="blog_comment_waiting",
            ),
        ),
    ]
