"""The pictures of the old blog: each is taken in once, and known again by the address it had."""

from datetime import datetime

from blog.models import ImportLine, ImportRun, Picture, Redirect
from blog.services.pictures import add_picture
from common.pictures import PictureRefusedError

from ..addresses import IMAGE_EXTENSIONS, original_key, parts_of, without_photon
from ..reporting.lines import Kind, Lines, Outcome
from ..reporting.reasons import Reason
from .media import Media
from .redirects import save_redirects

PLACEHOLDER = Picture(key="0" * 32, widths=[0])  # what a dry run has for a picture that could be made


class Pictures:
    """Finds or makes pictures by their old address, and remembers what became of each."""

    def __init__(self, run: ImportRun, media: Media, lines: Lines, now: datetime) -> None:
        self._run, self._media, self._lines, self._now = run, media, lines, now
        self._found: dict[
            str, Picture | Reason
        ] = {}  # key of the original -> the picture, or the Reason why there is none

    def find(self, address: str, alt: str, article_title: str, *, report: bool = True) -> Picture | None:
        """The Picture (in a dry run PLACEHOLDER) that an address of the old blog meant; None if there is none."""
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
        """(outcome, reason or None) of an uploaded file, once all articles have been read."""
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
    """The Picture that an address of this software names, or None."""
    parts = parts_of(address).path.strip("/").split("/")
    if len(parts) != 4 or parts[:2] != ["articles", "pictures"]:
        return None
    return Picture.objects.filter(key=parts[2][:32]).first()
