"""Text without a character beyond ASCII, as most names are, is searched as it stands.

None of what `search_text` replaces is ASCII; looking for it took most of the search for an exercise by its name.
"""

from importlib import import_module

from django.db import migrations

former = import_module("common.migrations.0002_text_search")

SEARCH_TEXT = """
CREATE OR REPLACE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT {}
$$
"""
REPLACED = f"""regexp_replace(
        translate(
            regexp_replace(normalize(given, NFC), '{former.IGNORED}', '', 'g'),
            '{former.APOSTROPHES}{former.HYPHENS}',
            '{"''" * len(former.APOSTROPHES)}{"-" * len(former.HYPHENS)}'
        ), '{former.MARKS}', ' ', 'g'
    )"""
FORWARDS = SEARCH_TEXT.format(f"CASE WHEN octet_length(given) = length(given) THEN given ELSE {REPLACED} END")
BACKWARDS = SEARCH_TEXT.format(REPLACED)


class Migration(migrations.Migration):
    dependencies = [("common", "0003_search_lists")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
