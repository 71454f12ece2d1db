"""Excerpts skip the search for unusual characters where there are none, and a second look where one word is searched.

`blog_headline_text` puts stand-ins in the place of frequent marks and separates the other ones from words. Where only
ASCII is left after the first step there are no others; looking for them took a third of the time of an excerpt. And an
excerpt with a match has all that was searched where that is a single word.
"""

from importlib import import_module

from django.db import migrations

marks = import_module("blog.migrations.0010_search_without_locale")
BACKWARDS = import_module("blog.migrations.0023_excerpt").FORWARDS.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)

FORWARDS = BACKWARDS
for former, new in (
    ("    piece text;\n", "    piece text;\n    plain text;\n"),
    (
        "        excerpt := ts_headline(",
        f"""        plain := piece;
        IF octet_length(plain) <> length(plain) THEN
            plain := translate(piece, '{marks.FREQUENT}', E'{marks.STAND_INS}');
        END IF;
        IF octet_length(plain) <> length(plain) THEN
            plain := blog_headline_text(piece);
        END IF;
        excerpt := ts_headline(""",
    ),
    ("'unaccented_english', blog_headline_text(piece), wanted", "'unaccented_english', plain, wanted"),
    ("IF to_tsvector(", "IF numnode(wanted) = 1 OR to_tsvector("),
):
    FORWARDS = FORWARDS.replace(former, new)


class Migration(migrations.Migration):
    dependencies = [("blog", "0031_index_waiting_comments")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
