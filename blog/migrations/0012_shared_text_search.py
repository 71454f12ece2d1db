"""Search articles with the function and the configuration that exercises are searched with, too (common 0002)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, TextField

OURS, SHARED = "blog_english", "unaccented_english"
RECREATE = f"""
CREATE FUNCTION blog_search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT search_text(given)
$$;
CREATE TEXT SEARCH CONFIGURATION {OURS} (COPY = {SHARED});
"""
DROP = f"""
DROP FUNCTION blog_search_text(text);
DROP TEXT SEARCH CONFIGURATION {OURS};
"""


def spelling(old, new):
    """Statement that lets blog_spelt_right use another configuration."""
    return f"""
    DO $$ BEGIN
        EXECUTE replace(pg_get_functiondef('blog_spelt_right(text)'::regprocedure), '{old}', '{new}');
    END $$
    """


def search_text(field):
    """The words of a field as they are searched."""
    return Func(F(field), function="search_text", output_field=TextField())


class Migration(migrations.Migration):
    dependencies = [("blog", "0011_rename_article_rendered"), ("common", "0002_text_search")]

    operations = [
        migrations.RunSQL(spelling(OURS, SHARED), spelling(SHARED, OURS)),
        migrations.RemoveIndex(model_name="article", name="blog_article_search"),
        migrations.RemoveField(model_name="article", name="search"),
        migrations.RunSQL(DROP, RECREATE),
        migrations.AddField(
            model_name="article",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=SearchVector(search_text("title"), weight="A", config=SHARED)
                + SearchVector(search_text("summary"), weight="B", config=SHARED)
                + SearchVector(search_text("words"), weight="C", config=SHARED),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=GinIndex(fields=["search"], name="blog_article_search"),
        ),
    ]
