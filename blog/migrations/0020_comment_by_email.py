"""An index for `email__iexact`, which compares in capitals: the one in small letters does not serve it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("blog", "0019_constraints_in_words")]

    operations = [
        AddIndexConcurrently(
            model_name="comment", index=models.Index(Upper("email"), name="blog_comment_email_upper")
        ),
    ]
