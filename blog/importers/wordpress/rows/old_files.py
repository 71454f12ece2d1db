"""The media library of the old blog, remembered between runs: WordPress exports it in a file of its own, too."""

from blog.models import ImportedFile, ImportRun

from ..planning.survey import Attachment, Survey

FIELDS = ("address", "link", "alt", "caption", "parent_wp_id")


def remember_files(run: ImportRun, survey: Survey) -> None:
    """Keep what this file says of uploaded files, and add to the survey what earlier runs have said."""
    known = ImportedFile.objects.filter(site=run.site).exclude(wp_id__in=survey.attachments)
    rows = [
        ImportedFile(
            site=run.site,
            wp_id=wp_id,
            address=attachment.address[:500],
            link=attachment.link[:500],
            alt=attachment.alt,
            caption=attachment.caption,
            parent_wp_id=attachment.parent,
        )
        for wp_id, attachment in survey.attachments.items()
    ]
    survey.attachments |= {
        file.wp_id: Attachment(None, file.address, file.alt, file.caption, file.parent_wp_id, file.link)
        for file in known
    }
    if not run.dry_run:
        ImportedFile.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["site", "wp_id"],
            update_fields=FIELDS,
            batch_size=1_000,
        )
