"""A reply stands under the same article as the comment it answers: the database holds it too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE blog_comment ADD CONSTRAINT blog_comment_parent_same_article
            FOREIGN KEY (parent_id, article_id) REFERENCES blog_comment (id, article_id)
            DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE blog_comment DROP CONSTRAINT blog_comment_parent_same_article",
        )
    ]
