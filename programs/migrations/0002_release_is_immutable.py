"""A published release never changes: the database refuses it, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION programs_release_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published release never changes.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER programs_release_frozen
    BEFORE UPDATE OF plan, digest, number, program_id, published_at ON programs_release
    FOR EACH ROW EXECUTE FUNCTION programs_release_is_frozen();
"""
BACKWARD = """
DROP TRIGGER programs_release_frozen ON programs_release;
DROP FUNCTION programs_release_is_frozen();
"""


class Migration(migrations.Migration):
    """The trigger on releases."""

    dependencies = [("programs", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
