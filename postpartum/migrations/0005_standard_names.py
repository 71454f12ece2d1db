from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("postpartum", "0004_account_terms")]

    operations = [
        migrations.RenameModel("LetterReader", "NewsletterSubscriber"),
        migrations.RenameModel("OwnWords", "TextOverride"),
    ]
