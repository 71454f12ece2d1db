"""Import rules. Pure functions: a record in, a decision with reason codes out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from blog.moderation import Status

from ..reading.records import Record
from ..reading.vocabulary import NO_DATE
from ..reporting.reasons import Reason

DEFAULT_CATEGORY = "uncategorized"
_MAIL_ADDRESS = re.compile(r"([^\s@<>()]{1,200})@[^\s@<>()]{1,200}")


@dataclass(frozen=True)
class Decision:
    """Whether a record is imported; if `taken` is False the first reason says why not."""

    taken: bool
    reasons: tuple = ()
    detail: str = ""


@dataclass(frozen=True)
class Visibility:
    """The visibility of an article: an Article.Status, and `published_at`, None if it was never published."""

    status: str
    published_at: datetime | None
    reasons: tuple = ()


def decide_item(item: Record, *, skip_pages: bool) -> Decision:
    """Decide whether a post or page is imported. Attachments are handled by `rows.pictures`."""
    kind, status = item.fields["wp:post_type"], item.fields["wp:status"]
    if kind not in ("post", "page"):
        return Decision(False, (Reason.OTHER_TYPE,), kind)
    if not item.fields.number("wp:post_id"):
        return Decision(False, (Reason.NO_NUMBER,))
    if item.is_cut:
        return Decision(False, (Reason.CUT_OFF,))
    if item.is_too_long:
        return Decision(False, (Reason.TOO_LONG,))
    if kind == "page" and skip_pages:
        return Decision(False, (Reason.PAGE_LEFT_OUT,))
    if status == "trash":
        return Decision(False, (Reason.IN_TRASH,))
    if status == "auto-draft" or not (item.fields["title"].strip() or item.fields["content:encoded"].strip()):
        return Decision(False, (Reason.EMPTY,))
    return Decision(True)


def visibility_of(item: Record) -> Visibility:
    """Return status and time of publication. Whatever was not public becomes a draft."""
    status, moment = item.fields["wp:status"], date_of_post(item)
    if item.fields["wp:post_password"]:
        return Visibility("draft", moment, (Reason.HAD_PASSWORD,))
    if status == "private":
        return Visibility("draft", moment, (Reason.WAS_PRIVATE,))
    if status not in ("publish", "future"):
        return Visibility("draft", None)
    if moment is None:
        return Visibility("draft", None, (Reason.NO_DATE,))
    return Visibility("published", moment)


def decide_comment(comment: Record) -> Decision:
    """Decide whether a comment is imported, regardless of its post."""
    kind = comment.fields["wp:comment_type"].strip().lower()
    if not comment.fields.number("wp:comment_id"):
        return Decision(False, (Reason.NO_NUMBER,))
    if comment.is_cut:
        return Decision(False, (Reason.CUT_OFF,))
    if comment.is_too_long:
        return Decision(False, (Reason.TOO_LONG,))
    if kind in ("pingback", "trackback"):
        return Decision(False, (Reason.PING,))
    if kind not in ("", "comment"):
        return Decision(False, (Reason.OTHER_COMMENT,), kind)
    return Decision(True)


def status_of_comment(text: str) -> tuple[Status, Reason | None]:
    """Return our status for WordPress's, and the reason to report or None; unknown ones become pending."""
    known = {
        "1": Status.APPROVED,
        "approve": Status.APPROVED,
        "approved": Status.APPROVED,
        "0": Status.PENDING,
        "hold": Status.PENDING,
        "spam": Status.SPAM,
        "trash": Status.TRASH,
        "post-trashed": Status.TRASH,
    }
    status = known.get(text.strip().lower())
    return (status, None) if status else (Status.PENDING, Reason.UNKNOWN_STATUS)


def public_name(name: str) -> str:
    """Return a name for display: only the local part of an email address."""
    return _MAIL_ADDRESS.sub(r"\1", name)


def date_of_post(item: Record) -> datetime | None:
    """Return the time of publication in UTC, or None."""
    found = _date(item.fields["wp:post_date_gmt"]) or _date(item.fields["wp:post_date"])
    return found or _mail_date(item.fields["pubDate"])


def date_of_change(item: Record) -> datetime | None:
    """Return the time of the last edit in UTC, or None."""
    return _date(item.fields["wp:post_modified_gmt"])


def date_of_comment(comment: Record) -> datetime | None:
    """Return the time of the comment in UTC, or None."""
    return _date(comment.fields["wp:comment_date_gmt"]) or _date(comment.fields["wp:comment_date"])


def main_topic(
    terms: Sequence[tuple[str, str]], counts: Mapping[tuple[str, str], int], chosen: str | None = None
) -> tuple[str, str] | None:
    """Return the category or tag that becomes the article's topic, as (taxonomy, slug), or None.

    The category that the author marked as primary (`chosen`, a slug), else the most used category, without categories the
    most used tag. Ties go by their order in the file. The default category never counts.
    """
    categories = [term for term in terms if term[0] == "category" and term[1] != DEFAULT_CATEGORY]
    tags = [term for term in terms if term[0] == "post_tag"]
    if chosen is not None and ("category", chosen) in categories:
        return ("category", chosen)
    candidates = categories or tags
    return max(candidates, key=lambda term: counts.get(term, 0), default=None)


def cycles(parents: Mapping[int, int]) -> set[int]:
    """Return one id per cycle, the lowest, to detach so that no comment is its own ancestor.

    `parents` maps the id of each reply to that of its parent.
    """
    cut, settled = set(), set()
    for start in parents:
        trail, seen, at = [], set(), start
        while at in parents and at not in settled and at not in seen:
            trail.append(at)
            seen.add(at)
            at = parents[at]
        if at in seen:
            cut.add(min(trail[trail.index(at) :]))
        settled.update(trail)
    return cut


def _date(text: str) -> datetime | None:
    text = text.strip()
    if not text or text == NO_DATE:
        return None
    try:
        found = datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC)


def _mail_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError):
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found.year > 1 else None
