from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_release_is_immutable")]

    operations = [migrations.RenameField("SessionLog", "counts", "counts_as_done")]
