from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_words_of_the_program")]

    operations = [migrations.RenameField("SessionLog", "counts", "counts_as_done")]
