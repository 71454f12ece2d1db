"""Remembers the old blog's media library between runs: WordPress may export it in a separate file."""

from blog.models import ImportedFile, ImportRun

from ..planning.survey import Attachment, Survey

FIELDS = ("address", "link", "alt", "caption", "parent_wp_id")


def remember_files(run: ImportRun, survey: Survey) -> None:
    """Save the file's attachments, and add those of earlier runs to the survey."""
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
