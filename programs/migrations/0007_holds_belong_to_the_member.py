"""A hold belongs to the member: it gets its participant, and of several in force one stays, with all that set them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

OUTCOMES = ["go", "easier", "breathing_only", "pause_clinician", "emergency"]


def give_to_members(apps, schema_editor):
    """Fill in the participant, and join what is in force for one member into the newest hold."""
    hold_model = apps.get_model("programs", "SafetyHold")
    enrollments = apps.get_model("programs", "Enrollment").objects.filter(pk=OuterRef("enrollment"))
    hold_model.objects.update(participant=Subquery(enrollments.values("participant")))
    kept = {}
    for hold in hold_model.objects.filter(ended_at=None).order_by("-began_at", "-pk"):
        newest = kept.setdefault(hold.participant_id, hold)
        if newest is not hold:
            newest.rules_matched = list(dict.fromkeys([*newest.rules_matched, *hold.rules_matched]))
            newest.red_flags = list(dict.fromkeys([*newest.red_flags, *hold.red_flags]))
            newest.outcome = max(newest.outcome, hold.outcome, key=OUTCOMES.index)
            hold.ended_at = newest.began_at
            hold.save()
            newest.save()


class Migration(migrations.Migration):
    dependencies = [("programs", "0006_figure_woman")]

    operations = [
        migrations.AddField(
            model_name="safetyhold",
            name="participant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="holds",
                to="programs.participant",
            ),
        ),
        migrations.RunPython(give_to_members, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="safetyhold",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="holds",
                to="programs.participant",
            ),
        ),
        migrations.AlterField(
            model_name="safetyhold",
            name="enrollment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="holds",
                to="programs.enrollment",
            ),
        ),
        migrations.RemoveConstraint(model_name="safetyhold", name="programs_hold_one_in_force"),
        migrations.AddConstraint(
            model_name="safetyhold",
            constraint=models.UniqueConstraint(
                condition=Q(ended_at=None), fields=("participant",), name="programs_hold_one_in_force"
            ),
        ),
    ]
