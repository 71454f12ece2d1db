"""`search_text` of a list of texts, for generated columns: PostgreSQL takes none whose expression is not immutable, as
joining a list is not by declaration.
"""

from django.db import migrations

# Its body is parsed here, not when it is called: a restored backup calls it where no schema is searched by itself.
FORWARDS = """
CREATE FUNCTION search_text(given text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN search_text(array_to_string(given, ' '));
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0002_text_search")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION search_text(text[])")]
