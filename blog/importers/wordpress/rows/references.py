"""Resolves references in texts of the old blog: links, images, galleries, reusable blocks."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import SplitResult

from blog.models import Picture, Redirect
from blog.sanitizing import anchor_id

from ..addresses import (
    IMAGE_EXTENSIONS,
    base_of,
    host_of,
    is_document,
    keys_to_try,
    original_key,
    parts_of,
    without_photon,
)
from ..planning.survey import Attachment, Survey
from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .documents import Documents
from .pictures import Pictures, own_picture


class References:
    """Resolves the references of one article at a time; `reading` selects it.

    `addresses` maps old keys to URLs here for everything in this file. `lacks` are the numbers of files that the article
    needs and no export has described yet, None standing for files uploaded for the article.
    """

    def __init__(
        self, survey: Survey, pictures: Pictures, documents: Documents, addresses: Mapping[str, str]
    ) -> None:
        self._survey, self._addresses = survey, addresses
        self._pictures, self._documents = pictures, documents
        self._uploads = {attachment.address for attachment in survey.attachments.values()}
        self._by_parent: dict[int | None, list[int]] = {}
        self._alts: dict[str, str] = {}
        for number, attachment in sorted(survey.attachments.items()):
            if parts_of(attachment.address).path.lower().endswith(IMAGE_EXTENSIONS):
                self._by_parent.setdefault(attachment.parent, []).append(number)
            self._alts[original_key(attachment.address)] = attachment.alt
        self._wp_id, self._title, self._notes = 0, "", Notes()
        self.lacks: set[int | None] = set()

    def reading(self, wp_id: int, title: str, notes: Notes) -> None:
        """Select the article, by its number on the old blog."""
        self._wp_id, self._title, self._notes = wp_id, title, notes
        self.lacks = set()

    def has_some_of(self, wp_id: int, lacks: Iterable[int | None]) -> bool:
        """Return whether some of the missing files are known now."""
        return any(
            wp_id in self._by_parent if number is None else number in self._survey.attachments
            for number in lacks
        )

    def picture(self, address: str, alt: str) -> str | None:
        """Return the URL here of an image, or None."""
        if not self._is_ours(address, pictures=True):
            return None
        if self._survey.is_own and own_picture(address):
            return parts_of(address).path
        found = self._pictures.find(address, alt or self._alts.get(original_key(address), ""), self._title)
        return found.get_absolute_url() if found else None

    def cover(self, number: int | None) -> Picture | None:
        """Return the Picture of the uploaded file with this number, or None."""
        if number is None:
            return None
        attachment = self._survey.attachments.get(number)
        if attachment is None:
            self._lack([number])
            return None
        if self._survey.is_own and (own := own_picture(attachment.address)):
            return own
        return self._pictures.find(attachment.address, attachment.alt, self._title)

    def link(self, address: str) -> str | None:
        """Return the URL here of a link into the old blog, None for other sites and unknown targets."""
        if not address.strip() or address.startswith("#"):
            return None
        address = without_photon(address)
        parts = parts_of(address)
        if parts.path.lower().endswith(IMAGE_EXTENSIONS) and self._is_ours(address, pictures=True):
            return self.picture(address, "") if self._is_ours(address) else self._seen_picture(address)
        if is_document(address) and not self._survey.is_own:
            return self._document(address)
        if not self._is_ours(address):
            return None
        found = self._find(parts)
        if found is None:
            return self._unknown(address, parts)
        if self._survey.is_own and found.strip("/") == parts.path.strip("/"):
            return _without_host(parts)
        return f"{found}#{_anchor(parts.fragment)}" if parts.fragment else found

    def _document(self, address: str) -> str | None:
        """Return the URL here of a document of the old blog; None leaves the link as it is."""
        if not (self._is_ours(address) or address in self._uploads):
            return None
        if found := self._documents.find(address, self._title):
            return found.get_absolute_url()
        self._notes.add(Reason.DOCUMENT_MISSING, address[:300])
        return None

    def gallery(self, attributes: dict[str, str]) -> str:
        """Return the HTML of the images listed in `ids`, as "1, 2", or of those uploaded for the post."""
        numbers = _numbers(attributes.get("ids") or attributes.get("include") or "")
        if not numbers:
            of_post = (_numbers(attributes.get("id", "")) or [self._wp_id])[0]
            numbers = self._by_parent.get(of_post, [])
            if not numbers:
                self._lack([None])
        left_out = _numbers(attributes.get("exclude", ""))
        if missing := [number for number in numbers if number not in self._survey.attachments]:
            self._lack(missing)
        shown = [number for number in numbers if number not in (*missing, *left_out)]
        return "\n\n" + "\n".join(_framed(self._survey.attachments[number]) for number in shown) + "\n\n"

    def block(self, number: int | None) -> str:
        """Return the HTML of a reusable block, or an empty string."""
        return self._survey.blocks.get(number, "")

    def _lack(self, numbers: Iterable[int | None]) -> None:
        self.lacks.update(numbers)
        self._notes.add(Reason.FILES_MISSING, ", ".join(str(number) for number in numbers if number))

    def _seen_picture(self, address: str) -> str | None:
        found = self._pictures.find(address, "", self._title, report=False)
        return found.get_absolute_url() if found else None

    def _is_ours(self, address: str, *, pictures: bool = False) -> bool:
        parts, host = parts_of(address), host_of(address)
        if parts.scheme not in ("", "http", "https"):
            return False
        if pictures and ("wp-content/uploads/" in parts.path or host.endswith(".files.wordpress.com")):
            return True
        return not host or host in self._survey.hosts

    def _find(self, parts: SplitResult) -> str | None:
        keys = keys_to_try(parts.path, parts.query)
        for key in keys:
            if key in self._addresses:
                return self._addresses[key]
        known = Redirect.objects.filter(key__in=keys).select_related("article", "topic", "picture").first()
        return known.target_url if known else None

    def _unknown(self, address: str, parts: SplitResult) -> str | None:
        if self._survey.is_own:
            return _without_host(parts)
        if not parts.query and parts.path.strip("/").lower() == base_of(self._survey.site):
            return "/articles/" if base_of(self._survey.site) else "/"
        self._notes.add(Reason.LINK_UNKNOWN, address[:300])
        return None


def _without_host(parts: SplitResult) -> str:
    return parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()


def _anchor(fragment: str) -> str:
    return "comments" if fragment.startswith(("comment", "respond")) else anchor_id(fragment)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.strip().isascii() and part.strip().isdecimal()]


def _framed(attachment: Attachment) -> str:
    caption = f"<figcaption>{escape(attachment.caption)}</figcaption>" if attachment.caption else ""
    return (
        f'<figure><img src="{escape(attachment.address)}" alt="{escape(attachment.alt)}">{caption}</figure>'
    )
