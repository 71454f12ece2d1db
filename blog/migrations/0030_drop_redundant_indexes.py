"""Drop an index that another begins with, without a lock that whoever uses its table would wait for."""

import django.db.models.deletion
from django.db import migrations, models

INDEX = "blog_comment_article_id_3d58bca6"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("blog", "0029_index_public_articles")]
    operations = [
        # AlterField would make the key's constraint anew, too.
        migrations.RunSQL(
            f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}",
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} ON blog_comment (article_id)",
            state_operations=[
                migrations.AlterField(
                    "comment",
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="blog.article",
                        verbose_name="article",
                    ),
                )
            ],
        ),
    ]
