from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("blog", "0010_search_without_locale")]

    operations = [migrations.RenameField("article", "finished", "rendered")]
