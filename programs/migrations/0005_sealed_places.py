"""What her place in the program, advice and the therapist's notes tell of her health is sealed, as her answers are."""

import json

from django.db import migrations, models
from django.db.models import Q

from postpartum.lib.sealed import SealedField, seal, unseal

JSON, TEXT = json.loads, str
COLUMNS = [
    ("programs_enrollment", "birth_type", TEXT),
    ("programs_enrollment", "safety_flags", JSON),
    ("programs_enrollment", "flag_marks", JSON),
    ("programs_enrollment", "baseline_leak", JSON),
    ("programs_enrollment", "milestones", JSON),
    ("programs_checkin", "advice", JSON),
    ("programs_selfcheck", "advice", JSON),
    ("programs_decision", "advice", JSON),
    ("programs_concern", "note", TEXT),
]
BIRTH_TYPES = [
    ("vaginal", "Vaginal birth"),
    ("assisted", "Vaginal birth with forceps or vacuum"),
    ("cesarean", "Cesarean birth"),
]


def seal_rows(apps, schema_editor):
    """Plain text becomes sealed text."""
    rewrite(schema_editor, lambda text, kind: seal(kind(text)) if text else None)


def open_rows(apps, schema_editor):
    """And back, so that the migration can be taken back."""
    plain = {JSON: json.dumps, TEXT: str}
    rewrite(schema_editor, lambda text, kind: plain[kind](unseal(text)) if text else "")


def rewrite(schema_editor, change):
    """Give every value of the columns its other form."""
    with schema_editor.connection.cursor() as cursor:
        for table, column, kind in COLUMNS:
            cursor.execute(f"SELECT {column}, id FROM {table}")  # noqa: S608 our own names
            changed = [(change(text, kind), pk) for text, pk in cursor.fetchall()]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", changed)  # noqa: S608
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # else the tables cannot be altered in this transaction


def sealed(model, name, **options):
    """The column, from now on sealed."""
    return migrations.AlterField(model, name, SealedField(**options))


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_concern_from_a_comment")]

    operations = [
        migrations.RemoveConstraint("concern", "programs_concern_resolved_with_note"),
        sealed("enrollment", "birth_type", verbose_name="birth", choices=BIRTH_TYPES),
        sealed("enrollment", "safety_flags", default=list, blank=True),
        sealed("enrollment", "flag_marks", default=list, blank=True),
        sealed("enrollment", "baseline_leak", default=0),
        sealed("enrollment", "milestones", default=dict, blank=True),
        sealed("checkin", "advice", default=list),
        sealed("selfcheck", "advice", default=list),
        sealed("decision", "advice", default=list),
        sealed("concern", "note", verbose_name="note", null=True, blank=True),
        migrations.RunPython(seal_rows, open_rows),
        migrations.AddConstraint(
            "concern",
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(note__isnull=False),
                name="programs_concern_resolved_with_note",
            ),
        ),
    ]
