"""What each thing in the file becomes. Pure: a record in, a decision with the codes of its reasons out."""

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
    """What becomes of a record; `taken` false means it is left out for the first of its reasons."""

    taken: bool
    reasons: tuple = ()
    detail: str = ""


@dataclass(frozen=True)
class Visibility:
    """Whether readers see an article: `status` as Article.Status, `published_at` None where it never was."""

    status: str
    published_at: datetime | None
    reasons: tuple = ()


def decide_item(item: Record, *, skip_pages: bool) -> Decision:
    """Whether a post or page becomes an article. Attachments are judged by their pictures, not here."""
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
    """Status and time of publishing. Whatever was not open to everybody comes in as a draft."""
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
    """Whether a comment is taken over; what its post has become is not known here."""
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
    """(our status, the reason worth knowing or None) of WordPress's word for it; what is unknown waits."""
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
    """A name for everybody to see: of a mail address only what stands before the @."""
    return _MAIL_ADDRESS.sub(r"\1", name)


def date_of_post(item: Record) -> datetime | None:
    """When it was published, in UTC, or None."""
    found = _date(item.fields["wp:post_date_gmt"]) or _date(item.fields["wp:post_date"])
    return found or _mail_date(item.fields["pubDate"])


def date_of_change(item: Record) -> datetime | None:
    """When its words were last changed, in UTC, or None."""
    return _date(item.fields["wp:post_modified_gmt"])


def date_of_comment(comment: Record) -> datetime | None:
    """When it was said, in UTC, or None."""
    return _date(comment.fields["wp:comment_date_gmt"]) or _date(comment.fields["wp:comment_date"])


def main_topic(
    terms: Sequence[tuple[str, str]], counts: Mapping[tuple[str, str], int], chosen: str | None = None
) -> tuple[str, str] | None:
    """The one category or tag that becomes the article's topic: (taxonomy, slug), or None.

    The category its author had marked as the main one (`chosen`, a slug); else the category most articles share;
    without categories the tag most articles share. Equals go by their order in the file. The default category
    says nothing and never counts.
    """
    categories = [term for term in terms if term[0] == "category" and term[1] != DEFAULT_CATEGORY]
    tags = [term for term in terms if term[0] == "post_tag"]
    if chosen is not None and ("category", chosen) in categories:
        return ("category", chosen)
    candidates = categories or tags
    return max(candidates, key=lambda term: counts.get(term, 0), default=None)


def cycles(parents: Mapping[int, int]) -> set[int]:
    """The ids to cut loose so that no comment is its own ancestor; `parents` gives the parent's id of each reply.

    One id of each ring, the lowest.
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
