import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0007_old_files")]

    operations = [
        migrations.RenameModel("OldAddress", "Redirect"),
        migrations.RenameModel("OldTerm", "ImportedTerm"),
        migrations.RenameModel("OldFile", "ImportedFile"),
        migrations.RenameModel("Barred", "BlockedSender"),
        migrations.RenameField("BlockedSender", "barred_at", "blocked_at"),
        migrations.RenameModel("QuietAddress", "UnsubscribedAddress"),
        migrations.AlterField(
            model_name="importedterm",
            name="articles",
            field=models.ManyToManyField(related_name="imported_terms", to="blog.article"),
        ),
        migrations.AlterField(
            model_name="redirect",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="redirects",
                to="blog.article",
            ),
        ),
    ]
