"""Triggers note each transaction that changes what public pages show: processes drop the pages they keep.

A table that is read for a public page has such a trigger, or the page is not kept. To add one in a later migration:

    CREATE TRIGGER postpartum_page_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON some_table
    FOR EACH STATEMENT EXECUTE FUNCTION postpartum_note_page_change();
"""

from django.db import migrations

TABLES = (
    "blog_article",
    "blog_topic",
    "blog_threadpage",
    "blog_commentpolicy",
    "blog_menulink",
    "programs_release",
    "programs_country",
    "programs_supportline",
    "postpartum_textoverride",
)

# One row a transaction, under its number: writers never wait for each other, and it is there when they commit.
FORWARD = """
CREATE TABLE postpartum_page_change (
    xid xid8 PRIMARY KEY DEFAULT pg_current_xact_id(),
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE FUNCTION postpartum_note_page_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO postpartum_page_change DEFAULT VALUES ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
"""
OF_A_TABLE = """
CREATE TRIGGER postpartum_page_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {0}
    FOR EACH STATEMENT EXECUTE FUNCTION postpartum_note_page_change();
"""
# Of an account only the name under an article is public; it is written at each sign-in.
OF_ACCOUNTS = """
CREATE TRIGGER postpartum_page_change AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN ((OLD.name, OLD.pen_name) IS DISTINCT FROM (NEW.name, NEW.pen_name))
    EXECUTE FUNCTION postpartum_note_page_change();
"""
BACKWARD = """
DROP FUNCTION postpartum_note_page_change() CASCADE;
DROP TABLE postpartum_page_change;
"""


class Migration(migrations.Migration):
    """The table, its function and the triggers."""

    dependencies = [
        ("accounts", "0002_ends_at"),
        ("blog", "0017_menus"),
        ("programs", "0013_favorites"),
        ("postpartum", "0006_reminder_sent_at"),
    ]

    operations = [
        migrations.RunSQL(
            FORWARD + "".join(map(OF_A_TABLE.format, TABLES)) + OF_ACCOUNTS,
            BACKWARD,
        )
    ]
