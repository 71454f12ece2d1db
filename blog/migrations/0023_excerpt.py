"""Excerpts that read no more of a text than they must: most often its beginning has what was searched.

ts_headline reads the whole text for each article found, which took more time than all the rest of a search. The
function reads it in pieces, each beginning in the one before, and ends with the first that has all that was searched;
else it takes the first with a part of it, or the beginning.
"""

from django.db import migrations

PIECE, STEP = 500, 300  # characters: an excerpt has at most 40 words
FORWARDS = f"""
CREATE FUNCTION blog_excerpt(given text, wanted tsquery) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
    begins integer := 1;
    piece text;
    excerpt text;
    beginning text;
    nearest text;
BEGIN
    LOOP
        piece := substr(given, begins, {PIECE});
        IF begins > 1 THEN
            piece := regexp_replace(piece, '^\\S*\\s+', '');
        END IF;
        IF begins + {PIECE} <= length(given) THEN
            piece := regexp_replace(piece, '\\s+\\S*$', '');
        END IF;
        excerpt := ts_headline(
            'unaccented_english', blog_headline_text(piece), wanted,
            E'StartSel=\\x02, StopSel=\\x03, MaxWords=40, MinWords=20'
        );
        beginning := coalesce(beginning, excerpt);
        IF position(E'\\x02' IN excerpt) > 0 THEN
            IF to_tsvector('unaccented_english', excerpt) @@ wanted THEN
                RETURN excerpt;
            END IF;
            nearest := coalesce(nearest, excerpt);
        END IF;
        begins := begins + {STEP};
        EXIT WHEN begins > length(given);
    END LOOP;
    RETURN coalesce(nearest, beginning);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("blog", "0022_comment_mails"), ("common", "0002_text_search")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION blog_excerpt(text, tsquery)")]
