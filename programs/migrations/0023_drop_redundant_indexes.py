"""Drop indexes that others begin with, without a lock that whoever uses their tables would wait for."""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "programs_checkin": ("programs_checkin_enrollment_id_cda35335", "checkin", "check_ins"),
    "programs_decision": ("programs_decision_enrollment_id_e170060f", "decision", "decisions"),
    "programs_sessionlog": ("programs_sessionlog_enrollment_id_b731bf2d", "sessionlog", "logs"),
}


def dropped(table: str, index: str, model: str, related_name: str) -> migrations.RunSQL:
    """Return the operation; AlterField would make the key's constraint anew, too."""
    field = models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to="programs.enrollment",
    )
    return migrations.RunSQL(
        f"DROP INDEX CONCURRENTLY IF EXISTS {index}",
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {index} ON {table} (enrollment_id)",
        state_operations=[migrations.AlterField(model, "enrollment", field)],
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("programs", "0022_log_names_check_in")]
    operations = [dropped(table, *names) for table, names in INDEXES.items()]
