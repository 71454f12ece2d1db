"""What a reader misspelt, put right with the words that stand in the articles."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

# For each word that was typed, the nearest that articles have: one letter off from five letters on, two from seven on
# (of the stem). NULL if one of them has no neighbour. Longer words than any language has are left out, for levenshtein
# refuses them. Volatile in name only: so that planning a search does not call it.
FORWARDS = """
CREATE FUNCTION blog_spelt_right(wanted text) RETURNS tsquery LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    WITH known AS MATERIALIZED (
        SELECT word, ndoc FROM ts_stat('SELECT search FROM blog_article WHERE status = ''published''')
        WHERE length(word) < 50
    )
    SELECT CASE WHEN bool_and(near.word IS NOT NULL) THEN string_agg(quote_literal(near.word), ' & ')::tsquery END
    FROM (
        SELECT word, CASE WHEN length(word) < 5 THEN 0 WHEN length(word) < 7 THEN 1 ELSE 2 END AS slips
        FROM unnest(tsvector_to_array(to_tsvector('english', left(wanted, 120)))) AS word
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


class Migration(migrations.Migration):

    dependencies = [("blog", "0003_imports")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(FORWARDS, "DROP FUNCTION blog_spelt_right(text)"),
    ]
