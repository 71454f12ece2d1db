"""Saves redirects from URLs of the old blog."""

from collections.abc import Mapping
from typing import Any

from blog.models import ImportRun, Redirect

from ..addresses import base_of, key_of
from ..planning.survey import Survey, Term
from .topics import Topics

UPDATED = ("article", "topic", "picture", "document", "place")


def save_redirects(targets: Mapping[str, Mapping[str, Any]]) -> None:
    """Save redirects; `targets` maps each key to the target fields of a Redirect. The newest import wins."""
    Redirect.objects.bulk_create(
        [Redirect(key=key, **target) for key, target in targets.items() if key],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=UPDATED,
        batch_size=1_000,
    )


def archive_redirects(run: ImportRun, survey: Survey, topics: Topics) -> dict[str, dict[str, Any]]:
    """Return the redirects of categories, tags, authors and feeds: target fields of a Redirect by key."""
    base = base_of(run.site)
    start = f"{base}/" if base else ""
    targets = {}
    for (taxonomy, slug), term in survey.terms.items():
        topic = topics.topic_by_term((taxonomy, slug))
        target = {"topic": topic} if topic else {"place": Redirect.Place.ARTICLES}
        for address in _addresses_of_term(survey, base, start, taxonomy, slug, term):
            targets[key_of(address)] = target
    for login in survey.authors:
        targets[key_of(f"/{start}author/{login}")] = {"place": Redirect.Place.ARTICLES}
    for address in (f"/{start}feed", f"/{start}feed/atom", f"/{start}comments/feed", f"/{base}?feed=rss2"):
        targets[key_of(address)] = {"place": Redirect.Place.FEED}
    return targets


def _addresses_of_term(
    survey: Survey, base: str, start: str, taxonomy: str, slug: str, term: Term
) -> list[str]:
    if taxonomy == "post_tag":
        return [f"/{start}tag/{slug}", f"/{base}?tag={slug}"]
    line, parent = [slug], term.parent
    while parent and parent not in line and ("category", parent) in survey.terms:
        line.insert(0, parent)
        parent = survey.terms["category", parent].parent
    addresses = [f"/{start}category/{slug}", f"/{start}category/{'/'.join(line)}"]
    return addresses + ([f"/{base}?cat={term.wp_id}"] if term.wp_id else [])
