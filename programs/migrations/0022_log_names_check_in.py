from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0021_plain_labels")]

    operations = [
        migrations.AddField(
            model_name="sessionlog",
            name="check_in_client_id",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
