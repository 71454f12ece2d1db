"""No index that nothing asks for."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("blog", "0020_comment_by_email")]

    operations = [RemoveIndexConcurrently(model_name="comment", name="blog_comment_email")]
