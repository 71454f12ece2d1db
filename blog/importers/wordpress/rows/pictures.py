"""Imports images, each once, and finds them again by their old URL."""

from datetime import datetime

from blog.models import ImportLine, ImportRun, Picture, Redirect
from blog.services.pictures import add_picture
from common.pictures import PictureRefusedError

from ..addresses import IMAGE_EXTENSIONS, original_key, parts_of, without_photon
from ..reporting.lines import Kind, Lines, Outcome
from ..reporting.reasons import Reason
from .media import Media
from .redirects import save_redirects

PLACEHOLDER = Picture(key="0" * 32, widths=[0])  # the result of a dry run for an image that can be imported


class Pictures:
    """Finds or creates images by their old URL and records the outcome of each."""

    def __init__(self, run: ImportRun, media: Media, lines: Lines, now: datetime) -> None:
        self._run, self._media, self._lines, self._now = run, media, lines, now
        self._found: dict[str, Picture | Reason] = {}  # by key of the original; a Reason if there is no image

    def find(self, address: str, alt: str, article_title: str, *, report: bool = True) -> Picture | None:
        """Return the Picture for an old URL (PLACEHOLDER in a dry run), or None."""
        address = without_photon(address)
        key = original_key(address)
        if not key:
            return None
        if key not in self._found:
            found = self._known(key) or self._make(address, key, alt or article_title)
            if isinstance(found, Reason) and not report:
                return None
            self._found[key] = found
            if isinstance(found, Reason):
                self._report(address, found, article_title)
        found = self._found[key]
        return None if isinstance(found, Reason) else found

    def outcome_of(self, address: str) -> tuple[ImportLine.Outcome, Reason | None]:
        """Return (outcome, reason or None) of an uploaded file, after all articles were read."""
        if not parts_of(address).path.lower().endswith(IMAGE_EXTENSIONS):
            return Outcome.SKIPPED, Reason.NOT_A_PICTURE
        found = self._found.get(original_key(address), Reason.NOT_USED)
        return (Outcome.SKIPPED, found) if isinstance(found, Reason) else (Outcome.IMPORTED, None)

    def _known(self, key: str) -> Picture | None:
        known = Redirect.objects.filter(key=key, picture__isnull=False).select_related("picture").first()
        return known.picture if known else None

    def _make(self, address: str, key: str, alt: str) -> Picture | Reason:
        name = self._media.find(address)
        if name is None:
            return Reason.NO_FILE
        if self._run.dry_run:
            return PLACEHOLDER
        try:
            picture = add_picture(self._media.open(name), alt=alt[:300], now=self._now, user=self._run.author)
        except PictureRefusedError as refused:
            return Reason(refused.code)
        save_redirects({key: {"picture": picture}})
        return picture

    def _report(self, address: str, reason: Reason, article_title: str) -> None:
        self._lines.add(
            Kind.PICTURE,
            label=article_title,
            outcome=Outcome.SKIPPED,
            reasons=[reason],
            detail=address[:500],
        )


def own_picture(address: str) -> Picture | None:
    """Return the Picture of a URL of this software, or None."""
    parts = parts_of(address).path.strip("/").split("/")
    if len(parts) != 4 or parts[:2] != ["articles", "pictures"]:
        return None
    return Picture.objects.filter(key=parts[2][:32]).first()
