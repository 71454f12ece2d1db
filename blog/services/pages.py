"""Pages: those every site starts with, as drafts for the therapist to complete, and publishing one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blog.models import Page

from .articles import render_article
from .versions import save_version


@transaction.atomic
def create_first_pages(context: Mapping[str, Any], now: datetime) -> int:
    """Create About, Contact, Privacy and Terms as drafts, unless the site ever had a page; return how many were created.

    Idempotent. `context` has `practice` and `terms`, how long unused accounts are kept.
    """
    if Page.objects.exists():
        return 0
    titles = {
        "about": _("About"),
        "contact": _("Contact"),
        "privacy": _("Privacy"),
        "terms": _("Terms of use"),
    }
    for slug, title in titles.items():
        body = render_to_string(f"blog/first_pages/{slug}.html", dict(context))
        page = Page.objects.create(slug=slug, title=title, body=body, created_at=now)
        render_article(page, now)
        save_version(page, None, now, name=_("As the site came"))
    return len(titles)


@transaction.atomic
def publish_page(page: Page, body: str, now: datetime) -> Page:
    """Publish the page with this HTML."""
    page.body, page.status, page.published_at = body, Page.Status.PUBLISHED, page.published_at or now
    page.save(update_fields=["body", "status", "published_at"])
    render_article(page, now)
    return page
