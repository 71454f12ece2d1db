"""Plans the posts before their content is read: which are already imported, and their slugs."""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from blog.models import Article, Comment, Imported, ImportRun
from blog.models.articles import RESERVED_SLUGS
from blog.models.pages import is_free_for_page

from ..addresses import keys_of_number, site_of
from ..reporting.lines import Outcome, Outcomes
from ..reporting.reasons import Reason
from .survey import Post, Survey

SLUG_MAX = 200
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")


class Known(NamedTuple):
    """An article or page of an earlier run; `article_id`, `kind` and `slug` are None after it was deleted."""

    article_id: int | None
    kind: str | None
    slug: str | None
    digest: str


def known_posts(run: ImportRun, survey: Survey) -> dict[int, Known]:
    """Return the articles of earlier runs by the post's number on the old blog.

    Posts deleted here are removed from the survey, unless the run restores them.
    """
    if survey.is_own and run.site == site_of(settings.SITE_URL):
        _adopt_our_own(run, survey)
    rows = Imported.objects.filter(site=run.site, kind=Imported.Kind.POST)
    fields = ("article_id", "article__kind", "article__slug", "digest")
    known = {wp_id: Known(*found) for wp_id, *found in rows.values_list("wp_id", *fields)}
    if not run.bring_back:
        outcomes = Outcomes(run)
        for number, post in list(survey.posts.items()):
            if post.wp_id in known and known[post.wp_id].article_id is None:
                outcomes.set(number, Outcome.SKIPPED, [Reason.DELETED_HERE])
                del survey.posts[number]
        outcomes.flush()
    return known


def kinds_for(run: ImportRun, survey: Survey, known: Mapping[int, Known]) -> dict[int, str]:
    """Return what each post becomes by its position: a page stays one unless it has comments or was imported as an article."""
    kinds = {}
    for number, post in survey.posts.items():
        row = known.get(post.wp_id)
        is_page = post.kind == "page" and run.pages == run.Pages.PAGES and number not in survey.discussed
        kinds[number] = (row and row.kind) or (Article.Kind.PAGE if is_page else Article.Kind.ARTICLE)
    return kinds


def slugs_for(survey: Survey, known: Mapping[int, Known], kinds: Mapping[int, str]) -> dict[int, str]:
    """Return the slug of each post by its position: the old one where it is valid and free."""
    taken = set(Article.objects.values_list("slug", flat=True)) | RESERVED_SLUGS
    slugs: dict[int, str] = {}
    for number, post in survey.posts.items():
        row = known.get(post.wp_id)
        if row and row.article_id and row.slug:
            slugs[number] = row.slug
        else:
            slugs[number] = _free(_slug(post), taken, is_page=kinds[number] == Article.Kind.PAGE)
            taken.add(slugs[number])
    return slugs


def addresses_in_file(
    run: ImportRun,
    survey: Survey,
    slugs: Mapping[int, str],
    kinds: Mapping[int, str],
    places: Mapping[str, Mapping[str, Any]],
) -> dict[str, str]:
    """Return the URL here of every post, file and category of this file by its old keys."""
    found = {key: _address(target) for key, target in places.items()}
    by_wp_id = {}
    for number, post in survey.posts.items():
        by_wp_id[post.wp_id] = Article(kind=kinds[number], slug=slugs[number]).get_absolute_url()
        for key in keys_of_number(run.site, post.link, post.wp_id):
            found[key] = by_wp_id[post.wp_id]
    for wp_id, attachment in survey.attachments.items():
        if attachment.parent in by_wp_id:
            for key in keys_of_number(run.site, attachment.link, wp_id):
                found.setdefault(key, by_wp_id[attachment.parent])
    return found


def sources_of(article: Article) -> list[tuple[str, str]]:
    """Return (text, URL) of each source of an article."""
    return [(source.text, source.url) for source in article.sources.all()]


def digest_of(article: Article, sources: Iterable[tuple[str, str]]) -> str:
    """Return a hash of everything that an import writes to an article."""
    said = [
        article.title,
        article.summary,
        article.body,
        article.status,
        article.published_at.isoformat() if article.published_at else "",
        article.topic.slug if article.topic else "",
        article.cover.key if article.cover else "",
        *map(list, sources),
    ]
    return sha256(json.dumps(said).encode()).hexdigest()


def wanted_slug(post: Post) -> str:
    """Return the decoded slug of the old blog."""
    return unquote(post.slug)


def _address(target: Mapping[str, Any]) -> str:
    if "topic" in target:
        return target["topic"].get_absolute_url()
    return reverse("articles_feed" if target["place"] == "feed" else "articles")


def _slug(post: Post) -> str:
    wanted = wanted_slug(post)
    if not _SLUG.fullmatch(wanted):
        wanted = slugify(wanted) or slugify(post.title) or f"article-{post.wp_id}"
    return wanted[:SLUG_MAX]


def _free(slug: str, taken: set[str], *, is_page: bool) -> str:
    number, free = 1, slug
    while free in taken or (is_page and not is_free_for_page(free)):
        number += 1
        free = f"{slug[: SLUG_MAX - 8]}-{number}"
    return free


@transaction.atomic
def _adopt_our_own(run: ImportRun, survey: Survey) -> None:
    """Our own export read where its articles still are: remember that they are the same, so nothing doubles."""
    wp_ids = {post.wp_id: wanted_slug(post) for post in survey.posts.values()}
    here = Article.objects.filter(pk__in=wp_ids).select_related("topic", "cover").prefetch_related("sources")
    same = [article for article in here if article.slug == wp_ids[article.pk]]
    rows = [
        Imported(
            site=run.site,
            kind=Imported.Kind.POST,
            wp_id=article.pk,
            article=article,
            digest=digest_of(article, sources_of(article)),
        )
        for article in same
    ]
    comments = Comment.objects.filter(article__in=same).values_list("pk", flat=True)
    rows += [
        Imported(site=run.site, kind=Imported.Kind.COMMENT, wp_id=pk, comment_id=pk)
        for pk in comments.iterator()
    ]
    Imported.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)
