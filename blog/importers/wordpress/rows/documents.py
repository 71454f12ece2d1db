"""Documents that posts link to become documents here."""

from datetime import datetime

from blog.models import Document, ImportLine, ImportRun, Redirect
from blog.services.documents import add_document
from common.documents import MAX_BYTES, DocumentRefusedError

from ..addresses import key_of, parts_of
from ..reporting.lines import Kind, Lines, Outcome
from ..reporting.reasons import Reason
from .media import Media
from .redirects import save_redirects

PLACEHOLDER = Document(
    key="0" * 32, name="document.pdf"
)  # the result of a dry run for one that can be imported


class Documents:
    """Finds or creates documents by their old URL and records the outcome of each."""

    def __init__(self, run: ImportRun, media: Media, lines: Lines, now: datetime) -> None:
        self._run, self._media, self._lines, self._now = run, media, lines, now
        self._found: dict[str, Document | Reason] = {}  # by key; a Reason if there is no document

    def find(self, address: str, article_title: str) -> Document | None:
        """Return the Document for an old URL (PLACEHOLDER in a dry run), or None."""
        key = key_of(address)
        if key not in self._found:
            self._found[key] = found = self._known(key) or self._make(address, key)
            if isinstance(found, Reason):
                self._report(address, found, article_title)
        found = self._found[key]
        return None if isinstance(found, Reason) else found

    def outcome_of(self, address: str) -> tuple[ImportLine.Outcome, Reason | None]:
        """Return (outcome, reason or None) of an uploaded document, after all articles were read."""
        found = self._found.get(key_of(address), Reason.NOT_LINKED)
        return (Outcome.SKIPPED, found) if isinstance(found, Reason) else (Outcome.IMPORTED, None)

    def _known(self, key: str) -> Document | None:
        known = Redirect.objects.filter(key=key, document__isnull=False).select_related("document").first()
        return known.document if known else None

    def _make(self, address: str, key: str) -> Document | Reason:
        name = self._media.find(address)
        if name is None:
            return Reason.NO_FILE
        if self._run.dry_run:
            return PLACEHOLDER
        try:
            file = self._media.open(name, MAX_BYTES)
            document = add_document(file, name=name, now=self._now, user=self._run.author)
        except DocumentRefusedError as refused:
            return Reason(refused.code)
        if key:
            save_redirects({key: {"document": document}})
        return document

    def _report(self, address: str, reason: Reason, article_title: str) -> None:
        self._lines.add(
            Kind.DOCUMENT,
            label=article_title,
            outcome=Outcome.SKIPPED,
            reasons=[reason],
            detail=address[:500],
        )


def own_document(address: str) -> Document | None:
    """Return the Document of a URL of this software, or None."""
    parts = parts_of(address).path.strip("/").split("/")
    if len(parts) != 4 or parts[:2] != ["articles", "files"]:
        return None
    return Document.objects.filter(key=parts[2][:32]).first()
