"""Author and time of a comment; invalid values are corrected and reported."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from blog.sanitizing import one_line, plain_text, website_address

from ..planning.rules import date_of_comment, public_name
from ..reading.records import Record
from ..reporting.notes import Notes
from ..reporting.reasons import Reason

NAME_MAX, WEBSITE_MAX = 60, 200


def name_of(record: Record, body: str, notes: Notes) -> str:
    """Return the author's display name."""
    said = one_line(plain_text(record.fields["wp:comment_author"]))
    name = public_name(said)
    if name != said:
        notes.add(Reason.NAME_WAS_ADDRESS)
    if len(name) > NAME_MAX:
        notes.add(Reason.NAME_CUT, name)
        name = f"{name[: NAME_MAX - 1].rstrip()}…"
    if not name and body:
        notes.add(Reason.NO_NAME)
        name = _("Anonymous")
    return name


def email_of(record: Record, notes: Notes) -> str:
    """Return the author's email address, or an empty string."""
    email = record.fields["wp:comment_author_email"].strip()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        notes.add(Reason.EMAIL_DROPPED)
        return ""
    return email


def website_of(record: Record, notes: Notes) -> str:
    """Return the author's website (HTTP or HTTPS only), or an empty string."""
    given = record.fields["wp:comment_author_url"].strip()
    if given in ("", "http://", "https://"):
        return ""
    website = website_address(given)
    if website is None or len(website) > WEBSITE_MAX:
        notes.add(Reason.WEBSITE_DROPPED, given)
        return ""
    return website


def said_at(record: Record, notes: Notes, now: datetime) -> datetime:
    """Return the time of the comment, `now` if it is unknown."""
    moment = date_of_comment(record)
    if moment is None:
        notes.add(Reason.NO_DATE)
    return moment or now
