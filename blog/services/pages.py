"""Pages: those every site starts with, as drafts for the therapist to complete, and publishing one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blog.models import Page, Version
from blog.sanitizing import clean_article

from .articles import render_article
from .versions import save_version

CONSENT_SLUGS = ("privacy", "terms")


@transaction.atomic
def create_first_pages(context: Mapping[str, Any], now: datetime) -> int:
    """Create About, Contact, Privacy and Terms as drafts, unless the site ever had a page; return how many were created.

    Idempotent. `context` has `practice` and `terms`, how long unused accounts are kept.
    """
    if Page.objects.exists():
        return 0
    for slug, title in _titles().items():
        body = _first_body(slug, context)
        page = Page.objects.create(slug=slug, title=title, body=body, created_at=now)
        render_article(page, now)
        save_version(page, None, now, name=_("As the site came"))
    return len(_titles())


@transaction.atomic
def refresh_first_pages(context: Mapping[str, Any], now: datetime) -> int:
    """Write the drafts anew that nobody has written in since `create_first_pages`; return how many were changed."""
    changed = 0
    drafts = Page.objects.filter(slug__in=_titles(), status=Page.Status.DRAFT)
    for page in drafts.select_for_update():
        body = clean_article(_first_body(page.slug, context))
        if body != page.body and _is_untouched(page):
            page.versions.all().delete()
            page.body = body
            page.save(update_fields=["body"])
            render_article(page, now)
            save_version(page, None, now, name=_("As the site came"))
            changed += 1
    return changed


def _is_untouched(page: Page) -> bool:
    """Return whether the page is as `create_first_pages` left it."""
    versions = list(page.versions.all()[:2])
    return [(one.saved_by_id, one.title, one.body) for one in versions] == [(None, page.title, page.body)]


def consent_versions(now: datetime) -> list[Version]:
    """Return the version of the privacy page and of the terms that is public, where they are, in this order (one query)."""
    public = Page.objects.published_pages(now).filter(slug__in=CONSENT_SLUGS)
    rows = Version.objects.filter(article__in=public).select_related("article")
    newest = rows.order_by("article", "-saved_at", "-pk").distinct("article")
    by_slug = {one.article.slug: one for one in newest if one.article}
    return [by_slug[slug] for slug in CONSENT_SLUGS if slug in by_slug]


def _titles() -> dict[str, str]:
    """Return the title of each first page by its slug."""
    return {"about": _("About"), "contact": _("Contact"), "privacy": _("Privacy"), "terms": _("Terms of use")}


def _first_body(slug: str, context: Mapping[str, Any]) -> str:
    return render_to_string(f"blog/first_pages/{slug}.html", dict(context))


@transaction.atomic
def publish_page(page: Page, body: str, now: datetime) -> Page:
    """Publish the page with this HTML."""
    page.body, page.status, page.published_at = body, Page.Status.PUBLISHED, page.published_at or now
    page.save(update_fields=["body", "status", "published_at"])
    render_article(page, now)
    save_version(page, None, now)
    return page
