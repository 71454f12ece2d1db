"""Articles with their topics and sources."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.querysets import ArticleQuerySet, TopicQuerySet
from common.addresses import address_of
from common.search_text import SEARCH_CONFIG, search_text

from .pictures import Picture

PUBLIC = Q(status="published", kind="article")  # once its time has come
RESERVED_SLUGS = {"feed", "moderate", "pictures", "preview", "quiet"}


def validate_free_slug(slug: str) -> None:
    """Raise ValidationError for a slug that is the URL of another page."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is the address of another page. Please choose another."), params={"slug": slug}
        )


class Topic(models.Model):
    """The subject of an article. Exercises refer to topics by slug."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the URL of the list of its articles."""
        return f"{address_of('articles')}?topic={self.slug}"


class Article(models.Model):
    """An article of the blog, or a page of the site: a page has no date, no topic and no conversation.

    `body` is the HTML that the therapist edits; `rendered` is derived from it on every save (heading anchors, table of
    contents, responsive images, sources). A published article with a `published_at` in the future is scheduled.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        PAGE = "page", _("Page")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ARTICLE, editable=False)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=200, validators=[validate_free_slug])
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two sentences for lists and search results.")
    )
    body = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("topic"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, help_text=_("A time in the future schedules it.")
    )
    cover = models.ForeignKey(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    reviewed_by = models.CharField(_("reviewed by"), max_length=120, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    comments_open = models.BooleanField(_("open for comments"), default=True)

    rendered = models.TextField(editable=False, blank=True)
    words = models.TextField(editable=False, blank=True)
    share_key = models.CharField(max_length=32, editable=False, blank=True)
    search = models.GeneratedField(
        expression=SearchVector(search_text("title"), weight="A", config=SEARCH_CONFIG)
        + SearchVector(search_text("summary"), weight="B", config=SEARCH_CONFIG)
        + SearchVector(search_text("words"), weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    reading_minutes = models.PositiveSmallIntegerField(editable=False, default=1)
    comment_count = models.PositiveIntegerField(_("comments"), editable=False, default=0)
    created_at = models.DateTimeField(editable=False, default=timezone.now)
    words_changed_at = models.DateTimeField(editable=False, default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), editable=False, default=timezone.now)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["status", "-published_at"], name="blog_article_newest"),
            models.Index(fields=["-published_at", "-id"], condition=PUBLIC, name="blog_article_public"),
            models.Index(
                fields=["topic", "-published_at", "-id"], condition=PUBLIC, name="blog_article_of_topic"
            ),
            GinIndex(fields=["search"], name="blog_article_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="blog_article_published_has_time",
                violation_error_message=_("A published article needs the time of its publishing."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the public URL."""
        return address_of("page" if self.is_page else "article", self.slug)

    def is_public(self, now: datetime) -> bool:
        """Return whether visitors can read it at `now`."""
        published_at = self.published_at if self.status == self.Status.PUBLISHED else None
        return published_at is not None and published_at <= now

    @property
    def is_page(self) -> bool:
        """Whether this is a page of the site."""
        return self.kind == self.Kind.PAGE

    @property
    def published_on(self) -> date | None:
        """The day of its publication, in UTC as for everybody; None without one."""
        return self.published_at and self.published_at.astimezone(UTC).date()

    @property
    def byline(self) -> str:
        """Return the author's public name, or an empty string; an email address is never used as a name."""
        return (self.author.pen_name or self.author.name) if self.author else ""


class Source(models.Model):
    """A reference that supports the article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("text"))
    url = models.URLField(_("link"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
