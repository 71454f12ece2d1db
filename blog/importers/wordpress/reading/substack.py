"""Reads a Substack export: a ZIP with posts.csv and the HTML of each post. It has no comments.

The ZIP also contains subscriber lists and open rates; they are never read.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import IO, Any

from ..reporting.reasons import Reason
from .foreign_records import date_of, html_of_another, number_of, record_of
from .reader import FileRefusedError
from .records import Fields, Record
from .vocabulary import WXR_VERSION

SITE = "https://substack.invalid"  # the export omits the publication's URL
MAX_POST = 4_000_000  # bytes of one post
_PUBLICATION = re.compile(r"https://([\w-]+\.substack\.com)/p/")


class SubstackReader:
    """Iterates over the posts of a Substack export."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.channel = Fields()
        self.blemishes: list[tuple[Reason, str]] = []

    def __iter__(self) -> Iterator[Record]:
        """Yield each post. Raises FileRefusedError."""
        hosts: Counter[str] = Counter()
        try:
            with zipfile.ZipFile(self._file) as packed:
                names = set(packed.namelist())
                listed = next(name for name in names if name.rpartition("/")[2] == "posts.csv")
                folder = listed.removesuffix("posts.csv")
                with packed.open(listed) as table:
                    rows = csv.DictReader(io.TextIOWrapper(table, "utf-8-sig", "replace", newline=""))
                    for number, row in enumerate(rows, start=1):
                        html = _html(packed, f"{folder}posts/{row.get('post_id')}.html", names)
                        hosts.update(_PUBLICATION.findall(html))
                        yield self._post(number, row, html)
        except (StopIteration, zipfile.BadZipFile, csv.Error, OSError) as error:
            raise FileRefusedError("not_wordpress") from error
        host = hosts.most_common(1)
        link = f"https://{host[0][0]}" if host else SITE
        self.channel |= {"link": link, "wp:base_blog_url": SITE, "wp:wxr_version": WXR_VERSION}

    def _post(self, number: int, row: dict[str, Any], html: str) -> Record:
        wp_id, _, slug = str(row.get("post_id") or "").partition(".")
        is_open = row.get("audience") in (None, "", "everyone")
        published = "publish" if is_open else "private"
        fields = {
            "title": escape(row.get("title") or ""),
            "link": f"{SITE}/p/{slug}",
            "content:encoded": html_of_another(html),
            "excerpt:encoded": escape(row.get("subtitle") or ""),
            "wp:post_id": wp_id if wp_id.isdecimal() else number_of(row.get("post_id")),
            "wp:post_date_gmt": date_of(row.get("post_date")),
            "wp:comment_status": "open",
            "wp:post_name": slug,
            "wp:status": published if row.get("is_published") == "true" else "draft",
            "wp:post_type": "page" if row.get("type") == "page" else "post",
        }
        return record_of("item", number, fields)


def _html(packed: zipfile.ZipFile, name: str, names: set[str]) -> str:
    if name not in names:
        return ""
    with packed.open(name) as file:
        return file.read(MAX_POST).decode("utf-8", "replace")
