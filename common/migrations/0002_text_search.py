"""Full-text search that splits and folds words alike whatever locale the database was made with.

PostgreSQL asks the locale which characters are letters: where it is C, “wide” with its typographic quotation marks is
one word. `search_text` replaces every such mark; the configuration takes accents off.
"""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

# Characters that only join or hyphenate within a word; those that mean an apostrophe or a hyphen; all other marks,
# spaces and symbols beyond ASCII, by their ranges in Unicode. Letters among them (ª º µ) stay.
IGNORED = "[\u00ad\u200c\u200d\u2060\ufeff]"
APOSTROPHES, HYPHENS = "\u2018\u2019\u02bc\uff07", "\u2010\u2011"
MARKS = (
    "[\u0080-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u02b9-\u02df\u1680\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufe10-\ufe6f"
    "\U0001f000-\U0001faff]"
)
FORWARDS = f"""
CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        translate(
            regexp_replace(normalize(given, NFC), '{IGNORED}', '', 'g'),
            '{APOSTROPHES}{HYPHENS}', '{"''" * len(APOSTROPHES)}{"-" * len(HYPHENS)}'
        ), '{MARKS}', ' ', 'g'
    )
$$;
CREATE TEXT SEARCH CONFIGURATION unaccented_english (COPY = english);
ALTER TEXT SEARCH CONFIGURATION unaccented_english
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
BACKWARDS = """
DROP TEXT SEARCH CONFIGURATION unaccented_english;
DROP FUNCTION search_text(text);
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_rate_limit_window")]

    operations = [UnaccentExtension(), migrations.RunSQL(FORWARDS, BACKWARDS)]
