"""Search that splits and folds words alike whatever locale the database was made with.

PostgreSQL asks the locale which characters are letters: where it is C, “wide” with its typographic quotation marks is
one word, and so is what a non-breaking space joins. The function below replaces every such mark before words are
split; the search configuration takes accents off, in texts, queries, headlines and spelling hints alike.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import UnaccentExtension
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, TextField

# Characters that only join or hyphenate within a word; those that mean an apostrophe or a hyphen; all other marks,
# spaces and symbols beyond ASCII, by their ranges in Unicode. Letters among them (ª º µ) stay.
IGNORED = "[\u00ad\u200c\u200d\u2060\ufeff]"
APOSTROPHES, HYPHENS = "\u2018\u2019\u02bc\uff07", "\u2010\u2011"
MARKS = (
    "[\u0080-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u02b9-\u02df\u1680\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufe10-\ufe6f"
    "\U0001f000-\U0001faff]"
)
# In headlines the frequent ones have stand-ins that no locale takes for a letter; blog.querysets puts them back.
FREQUENT = "“”‘’–—…«»•·‐‑ʼ\u00a0"
STAND_INS = "".join(f"\\x{number:02x}" for number in (4, 5, 6, 7, 8, *range(14, 24)))
FORWARDS = f"""
CREATE FUNCTION blog_search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        translate(
            regexp_replace(normalize(given, NFC), '{IGNORED}', '', 'g'),
            '{APOSTROPHES}{HYPHENS}', '{"''" * len(APOSTROPHES)}{"-" * len(HYPHENS)}'
        ), '{MARKS}', ' ', 'g'
    )
$$;
CREATE FUNCTION blog_headline_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        translate(regexp_replace(normalize(given, NFC), '{IGNORED}', '', 'g'), '{FREQUENT}', E'{STAND_INS}'),
        '({MARKS}|[{APOSTROPHES}{HYPHENS}])', E'\\x1f\\\\1\\x1f', 'g'
    )
$$;
CREATE TEXT SEARCH CONFIGURATION blog_english (COPY = english);
ALTER TEXT SEARCH CONFIGURATION blog_english
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
BACKWARDS = """
DROP TEXT SEARCH CONFIGURATION blog_english;
DROP FUNCTION blog_headline_text(text);
DROP FUNCTION blog_search_text(text);
"""
# As in migration 0004, with the configuration that folds.
SPELLING = """
CREATE OR REPLACE FUNCTION blog_spelt_right(wanted text) RETURNS tsquery LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    WITH known AS MATERIALIZED (
        SELECT word, ndoc FROM ts_stat('SELECT search FROM blog_article WHERE status = ''published''')
        WHERE length(word) < 50
    )
    SELECT CASE WHEN bool_and(near.word IS NOT NULL) THEN string_agg(quote_literal(near.word), ' & ')::tsquery END
    FROM (
        SELECT word, CASE WHEN length(word) < 5 THEN 0 WHEN length(word) < 7 THEN 1 ELSE 2 END AS slips
        FROM unnest(tsvector_to_array(to_tsvector('{config}', left(wanted, 120)))) AS word
        WHERE length(word) < 50
    ) AS typed
    LEFT JOIN LATERAL (
        SELECT known.word FROM known
        WHERE levenshtein_less_equal(known.word, typed.word, typed.slips) <= typed.slips
        ORDER BY levenshtein(known.word, typed.word), known.ndoc DESC, known.word
        LIMIT 1
    ) AS near ON true
$$
"""


def folded(field):
    """The words of a field as they are searched."""
    return Func(F(field), function="blog_search_text", output_field=TextField())


def vector(text, config):
    """The words of an article by their weight."""
    title, summary, words = (
        SearchVector(text(field), weight=weight, config=config)
        for field, weight in (("title", "A"), ("summary", "B"), ("words", "C"))
    )
    return title + summary + words


class Migration(migrations.Migration):
    dependencies = [("blog", "0009_imported_waiting")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunSQL(SPELLING.format(config="blog_english"), SPELLING.format(config="english")),
        migrations.RemoveIndex(model_name="article", name="blog_article_search"),
        migrations.RemoveField(model_name="article", name="search"),
        migrations.AddField(
            model_name="article",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=vector(folded, "blog_english"),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=GinIndex(fields=["search"], name="blog_article_search"),
        ),
    ]
