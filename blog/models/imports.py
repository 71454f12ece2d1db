"""Imports from an older blog: runs, the outcome of every item, and redirects from old URLs."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .articles import Article, Topic
from .comments import Comment
from .documents import Document
from .pictures import Picture

UPLOADS = "imports"  # folder of uploaded files in the storage


def upload_path(run: ImportRun, name: str) -> str:
    """Return the storage path of an uploaded file, under a random name."""
    return f"{UPLOADS}/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()[:5]}"


class ImportRun(models.Model):
    """One import of an export file: options, progress and result.

    `stage` is the code of the current step, `percent` the overall progress, `starts` how often the worker has begun it: an
    interrupted run is restarted a limited number of times. `refusal` is the code of why the file cannot be read. The
    uploaded files are deleted after a complete import.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("At work")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Could not be read")
        STOPPED = "stopped", _("Stopped partway")

    UNFINISHED = (Status.WAITING, Status.RUNNING)

    class Pages(models.TextChoices):
        PAGES = "pages", _("Pages stay pages; one with comments becomes an article")
        ARTICLES = "articles", _("Pages become articles, too")
        SKIP = "skip", _("Leave pages out")

    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to=upload_path, blank=True)
    pictures = models.FileField(upload_to=upload_path, blank=True)
    dry_run = models.BooleanField(_("only looked"), default=False)
    keep_emails = models.BooleanField(_("email addresses of commenters kept"), default=False)
    pages = models.CharField(_("pages"), max_length=10, choices=Pages, default=Pages.PAGES)
    bring_back = models.BooleanField(_("articles deleted here are brought back"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("all articles are by"),
    )
    site = models.CharField(_("old blog"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    stage = models.CharField(max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    starts = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(max_length=20, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import from WordPress")
        verbose_name_plural = _("imports from WordPress")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self.status not in self.UNFINISHED

    def note(self, status: ImportRun.Status, **fields: Any) -> None:
        """Save the status and the given fields."""
        self.status = status
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["status", *fields])

    def forget_files(self) -> None:
        """Delete the uploaded files: they contain email addresses."""
        for stored in (self.file, self.pictures):
            if stored:
                stored.delete(save=False)
        self.save(update_fields=["file", "pictures"])


class ImportLine(models.Model):
    """The outcome of one item of the file: an author, category, tag, post, page, file or comment.

    `number` is its position in the file, None for what the file only mentions and for the file itself (EXPORT);
    `post_number` is the position of the post that a comment belongs to. `reasons` are codes: why the item was skipped, or
    remarks about it.
    """

    class Kind(models.TextChoices):
        EXPORT = "export", _("export")
        AUTHOR = "author", _("author")
        CATEGORY = "category", _("category")
        TAG = "tag", _("tag")
        POST = "post", _("post")
        PAGE = "page", _("page")
        MEDIA = "media", _("file")
        PICTURE = "picture", _("picture in a text")
        DOCUMENT = "document", _("document in a text")
        COMMENT = "comment", _("comment")
        OTHER = "other", _("other thing")

    class Outcome(models.TextChoices):
        IMPORTED = "imported", _("taken over")
        UPDATED = "updated", _("brought up to date")
        UNCHANGED = "unchanged", _("here already")
        SKIPPED = "skipped", _("left out")
        FAILED = "failed", _("failed")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    wp_id = models.BigIntegerField(null=True)
    post_number = models.PositiveIntegerField(null=True)
    parent_wp_id = models.BigIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.IMPORTED)
    reasons = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    detail = models.TextField(blank=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["run", "kind", "wp_id"], name="blog_importline_wp")]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="blog_importline_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.wp_id or self.number}: {self.outcome}"


class Imported(models.Model):
    """Maps a post, page or comment of the old blog to its row here, so that it is imported only once.

    `run` is the one that wrote it, None if that was deleted. The article or comment is None after it was deleted here. `digest` detects whether the article's text was edited since
    the import. `waiting` holds what is needed to complete the article once a later file provides what it `lacks` (numbers
    of files, None for those uploaded for it): content, footnotes, cover. None if it is complete.
    """

    class Kind(models.TextChoices):
        POST = "post", _("post or page")
        COMMENT = "comment", _("comment")

    site = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    wp_id = models.BigIntegerField()
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    waiting = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("taken over")
        verbose_name_plural = _("taken over")
        constraints = [models.UniqueConstraint(fields=["site", "kind", "wp_id"], name="blog_imported_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.wp_id}"


class ImportedFile(models.Model):
    """A file of the old blog's media library, stored because a later run may import the articles that use it.

    `wp_id` is its number there, `parent_wp_id` that of the post it was uploaded for.
    """

    site = models.CharField(max_length=200)
    wp_id = models.BigIntegerField()
    parent_wp_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=500)
    link = models.CharField(max_length=500, blank=True)
    alt = models.CharField(max_length=300, blank=True)
    caption = models.TextField(blank=True)

    class Meta:
        verbose_name = _("file of the old blog")
        verbose_name_plural = _("files of the old blog")
        indexes = [models.Index(fields=["site", "parent_wp_id"], name="blog_oldfile_parent")]
        constraints = [models.UniqueConstraint(fields=["site", "wp_id"], name="blog_oldfile_once")]

    def __str__(self) -> str:
        return self.address


class ImportedTerm(models.Model):
    """A category or tag of the old blog with all its articles; an article here has only one topic."""

    class Taxonomy(models.TextChoices):
        CATEGORY = "category", _("category")
        TAG = "post_tag", _("tag")

    site = models.CharField(max_length=200)
    taxonomy = models.CharField(max_length=10, choices=Taxonomy)
    slug = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    parent_slug = models.CharField(max_length=200, blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+")
    articles = models.ManyToManyField(Article, related_name="imported_terms")

    class Meta:
        verbose_name = _("category or tag of the old blog")
        verbose_name_plural = _("categories and tags of the old blog")
        ordering = ["taxonomy", "name"]
        constraints = [models.UniqueConstraint(fields=["site", "taxonomy", "slug"], name="blog_oldterm_once")]

    def __str__(self) -> str:
        return self.name


TARGETS = ("article", "topic", "picture", "document")


def _only(target: str) -> Q:
    """Return the condition that a Redirect has this target and no other row."""
    return Q(**{f"{name}__isnull": name != target for name in TARGETS})


class Redirect(models.Model):
    """A path of the old blog and its target here; see `importers.wordpress.addresses` for `key`."""

    class Place(models.TextChoices):
        ARTICLES = "articles", _("the list of articles")
        FEED = "feed", _("the feed")

    key = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="redirects")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="+")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="+")
    place = models.CharField(max_length=10, choices=Place, blank=True)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.CheckConstraint(
                name="blog_oldaddress_one_target",
                condition=(
                    Q(place="") & (_only("article") | _only("topic") | _only("picture") | _only("document"))
                )
                | (~Q(place="") & _only("")),
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def target_url(self) -> str:
        """Return the URL of the target. Raise ValueError for a redirect without one, which the constraint excludes."""
        if self.place:
            return reverse({"articles": "articles", "feed": "articles_feed"}[self.place])
        target = self.article or self.topic or self.picture or self.document
        if target is None:
            raise ValueError(f"Redirect {self.pk} has no target.")
        return target.get_absolute_url()
