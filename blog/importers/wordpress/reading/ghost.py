"""Reads the export of a Ghost blog: one JSON document, loaded as a whole."""

import json
from collections.abc import Iterator
from html import escape
from typing import IO, Any

from django.utils.text import slugify

from ..reporting.reasons import Reason
from .foreign_records import date_of, html_of_another, number_of, record_of
from .reader import FileRefusedError
from .records import Fields, Record, TermOfItem
from .vocabulary import ALT_META, THUMBNAIL_META, WXR_VERSION

MAX_BYTES = 100_000_000  # parsing needs several times that in memory
PLACEHOLDER = "__GHOST_URL__"  # stands for the blog's URL, which the export omits
STATUS = {"published": "publish", "scheduled": "future", "sent": "private", "draft": "draft"}


class GhostReader:
    """Iterates over the records of a Ghost export in the order of WordPress. Ghost exports no comments."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._data: dict[str, Any] = {}
        self.channel = Fields()
        self.blemishes: list[tuple[Reason, str]] = []

    def __iter__(self) -> Iterator[Record]:
        """Yield authors, tags, feature images and posts. Raises FileRefusedError."""
        self._load()
        makers = (
            [self._author(row) for row in self._rows("users")],
            [self._tag(row) for row in self._rows("tags") if row.get("visibility") != "internal"],
            *(self._post(row) for row in self._rows("posts")),
        )
        records = (record for made in makers for record in made)
        for number, record in enumerate(records, start=1):
            record.number = number
            yield record

    def _load(self) -> None:
        if self._file.seek(0, 2) > MAX_BYTES:
            raise FileRefusedError("too_large")
        self._file.seek(0)
        try:
            document = json.load(self._file)
            self._data = document["db"][0]["data"] if "db" in document else document["data"]
            self._rows("posts")[0]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise FileRefusedError("not_wordpress") from error
        settings = {row.get("key"): row.get("value") for row in self._rows("settings")}
        title = str(settings.get("title") or "Ghost")
        self._base = f"https://{slugify(title) or 'blog'}.ghost.invalid"
        self.channel |= {"title": title, "link": self._base, "wp:wxr_version": WXR_VERSION}
        self._tags = {row.get("id"): row for row in self._rows("tags")}
        self._logins = {row.get("id"): row.get("slug") or str(row.get("id")) for row in self._rows("users")}
        self._meta = {row.get("post_id"): row for row in self._rows("posts_meta")}
        self._tags_of = self._linked("posts_tags", "tag_id")
        self._authors_of = self._linked("posts_authors", "author_id")

    def _rows(self, table: str) -> list[dict[str, Any]]:
        return [row for row in self._data.get(table) or [] if isinstance(row, dict)]

    def _linked(self, table: str, column: str) -> dict[Any, list[Any]]:
        """Return the ordered ids that a join table assigns to each post."""
        linked: dict[Any, list[Any]] = {}
        for row in sorted(self._rows(table), key=lambda row: row.get("sort_order") or 0):
            linked.setdefault(row.get("post_id"), []).append(row.get(column))
        return linked

    def _author(self, row: dict[str, Any]) -> Record:
        return record_of(
            "wp:author",
            0,
            {
                "wp:author_id": number_of(row.get("id")),
                "wp:author_login": self._logins[row.get("id")],
                "wp:author_email": row.get("email"),
                "wp:author_display_name": escape(row.get("name") or ""),
            },
        )

    def _tag(self, row: dict[str, Any]) -> Record:
        fields = {
            "wp:term_id": number_of(row.get("id")),
            "wp:tag_slug": row.get("slug"),
            "wp:tag_name": escape(row.get("name") or ""),
            "wp:tag_description": escape(row.get("description") or ""),
        }
        return record_of("wp:tag", 0, fields)

    def _post(self, row: dict[str, Any]) -> list[Record]:
        """Return the records of the feature image, if any, and the post."""
        meta, link = self._meta.get(row.get("id"), {}), f"{self._base}/{row.get('slug')}/"
        picture = self._address(row.get("feature_image"))
        authors = self._authors_of.get(row.get("id")) or [row.get("author_id")]
        caption = meta.get("feature_image_caption") or ""
        fields = {
            "title": escape(row.get("title") or ""),
            "link": link,
            "dc:creator": self._logins.get(authors[0], ""),
            "content:encoded": html_of_another(
                self._address(row.get("html")) or escape(row.get("plaintext") or "")
            ),
            "excerpt:encoded": escape(row.get("custom_excerpt") or ""),
            "wp:post_id": number_of(row.get("id")),
            "wp:post_date_gmt": date_of(row.get("published_at")),
            "wp:post_modified_gmt": date_of(row.get("updated_at")),
            "wp:comment_status": "open",
            "wp:post_name": row.get("slug"),
            "wp:status": self._status(row),
            "wp:post_type": "page" if row.get("type") == "page" or row.get("page") else "post",
        }
        records = [self._picture(picture, meta.get("feature_image_alt"), caption)] if picture else []
        post = record_of("item", 0, fields, {THUMBNAIL_META: number_of(picture)} if picture else {})
        post.terms = [
            self._term(self._tags[tag]) for tag in self._tags_of.get(row.get("id"), []) if tag in self._tags
        ]
        return [*records, post]

    def _status(self, row: dict[str, Any]) -> str:
        """Return WordPress's status; a post for members only counts as private."""
        is_open = row.get("visibility") in (None, "public")
        return STATUS.get(str(row.get("status")), "draft") if is_open else "private"

    def _picture(self, address: str, alt: str | None, caption: str) -> Record:
        fields = {
            "title": address.rpartition("/")[2],
            "excerpt:encoded": caption,
            "wp:post_id": number_of(address),
            "wp:post_type": "attachment",
            "wp:status": "inherit",
            "wp:attachment_url": address,
        }
        return record_of("item", 0, fields, {ALT_META: alt})

    def _term(self, row: dict[str, Any]) -> TermOfItem:
        internal = row.get("visibility") == "internal"
        return TermOfItem(
            "internal" if internal else "post_tag", row.get("slug") or "", row.get("name") or ""
        )

    def _address(self, text: object) -> str:
        return str(text or "").replace(PLACEHOLDER, self._base)
