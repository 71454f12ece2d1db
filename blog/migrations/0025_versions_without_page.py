"""Let a version of a page stay when its page is deleted: a member may have agreed to it.

Django would make the foreign key anew as well, and so check every row of it.
"""

from django.db import migrations, models

import blog.models.versions

NULLABLE = "ALTER TABLE blog_version ALTER COLUMN article_id DROP NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [("blog", "0024_trusted_writers_and_phrases")]

    operations = [
        migrations.RunSQL(
            NULLABLE,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    model_name="version",
                    name="article",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=blog.models.versions.delete_but_of_pages,
                        related_name="versions",
                        to="blog.article",
                    ),
                ),
            ],
        ),
    ]
