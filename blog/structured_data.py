"""Structured data (schema.org) of an article, for search engines."""

import json
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from blog.models import Article


def article_data(article: Article, site_url: str, practice: Mapping[str, Any]) -> SafeString:
    """Return the article as JSON-LD, escaped for a <script type="application/ld+json"> element.

    Comments are marked up with microdata where they appear on the page.
    """
    address = site_url + article.get_absolute_url()
    publisher = practice_data(site_url, practice)
    published = {"datePublished": article.published_at.isoformat()} if article.published_at else {}
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": article.title,
        "description": article.summary,
        **published,
        "dateModified": article.words_changed_at.isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "commentCount": article.comment_count,
        "timeRequired": f"PT{article.reading_minutes}M",
        "author": {"@type": "Person", "name": article.byline or practice["therapist"]},
        "publisher": publisher,
    }
    if article.share_key:
        data["image"] = site_url + reverse("share_card", args=[article.share_key])
    if article.topic:
        data["articleSection"] = article.topic.name
    if article.reviewed_by:
        data["reviewedBy"] = {"@type": "Person", "name": article.reviewed_by}
    return _inside_script(data)


def practice_data(site_url: str, practice: Mapping[str, Any]) -> dict[str, Any]:
    """Return the practice as an organization of schema.org, with what it says of itself."""
    said = {
        "email": practice["email"],
        "telephone": practice["phone"],
        "address": practice["postal_address"],
        "logo": f"{site_url}{practice['logo'].url}" if practice["logo"] else "",
    }
    organization = {"@type": "Organization", "name": practice["name"], "url": f"{site_url}/"}
    return organization | {name: value for name, value in said.items() if value}


def _inside_script(data: dict[str, Any]) -> SafeString:
    """Serialize to JSON in which nothing can close the script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)  # noqa: S308 - see above
