"""The demo's pages: About and Contact with words of their own, Privacy and Terms as the drafts they are."""

from datetime import datetime
from pathlib import Path

from blog.models import Page
from blog.services import publish_page

FOLDER = Path(__file__).parent / "pages"


def seed_pages(now: datetime) -> None:
    """Publish the pages that the site came with, if none is published yet. Idempotent."""
    if Page.objects.filter(status=Page.Status.PUBLISHED).exists():
        return
    for page in Page.objects.order_by("pk"):
        words = FOLDER / f"{page.slug}.html"
        publish_page(page, words.read_text() if words.exists() else page.body, now)
