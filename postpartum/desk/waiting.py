"""Everything that waits for whoever opens the desk, filtered by permission."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from blog.models import Comment, Report
from blog.models.comments import IN_NEED_FIRST
from common.prepared import PreparedQuery
from postpartum.desk import roles
from postpartum.models import Mail
from programs.pages.triage import (
    MAX_ROWS,
    ConcernLine,
    HeldMember,
    QuietMember,
    held_members,
    open_concerns,
    quiet_members,
)

NOW = ("emergency", "right_away", "same_day")
# How many of each the page shows: of what readers wrote only the first, so that what stands below is seen.
SHOWN = {"comments": 10, "reports": 10, "held": MAX_ROWS, "quiet": MAX_ROWS, "mails": MAX_ROWS}

COMMENTS = PreparedQuery(
    lambda: (
        Comment.objects.pending()
        .with_article()
        .order_by(IN_NEED_FIRST, "created_at")[: SHOWN["comments"] + 1]
    )
)
REPORTS = PreparedQuery(
    lambda: Report.objects.filter(resolved_at=None).select_related("comment__article")[: SHOWN["reports"] + 1]
)
MAILS = PreparedQuery(lambda: Mail.objects.not_delivered().filter(resolved_at=None)[: SHOWN["mails"] + 1])


@dataclass(frozen=True)
class Waiting:
    """What needs the user, by urgency and cause; each list has one more than is SHOWN where there are more.

    `comments_of_concerns` are the comments behind readers' concerns, by `comment_number`.
    """

    urgent: list[ConcernLine] = field(default_factory=list)
    concerns: list[ConcernLine] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    held: list[HeldMember] = field(default_factory=list)
    quiet: list[QuietMember] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    comments_of_concerns: dict[int, Comment] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Return whether all lists are empty."""
        return not any(
            (self.urgent, self.concerns, self.comments, self.reports, self.held, self.quiet, self.mails)
        )

    def shown(self) -> dict[str, list[Any]]:
        """Return what the page shows of each kind but concerns, by its name."""
        return {kind: getattr(self, kind)[:most] for kind, most in SHOWN.items()}

    @property
    def are_more(self) -> dict[str, bool]:
        """Return of which kinds more wait than the page shows."""
        more = {kind: len(getattr(self, kind)) > most for kind, most in SHOWN.items()}
        return more | {"concerns": len(self.urgent) + len(self.concerns) > MAX_ROWS}


def waiting_for(user: User, now: datetime) -> Waiting:
    """Return what waits for `user` at `now`: one query a kind, one more where a reader is in need."""
    found: dict[str, Any] = {}
    if user.has_perm(roles.SEE_MEMBERS):
        lines = open_concerns()
        found["urgent"] = [line for line in lines if line.urgency in NOW]
        found["concerns"] = [line for line in lines if line.urgency not in NOW]
        found["held"] = held_members()
        found["quiet"] = quiet_members(now)
    if user.has_perm(roles.SEE_COMMENTS):
        found["comments"] = COMMENTS()
        found["reports"] = REPORTS()
        found["comments_of_concerns"] = _comments_of_concerns(
            found.get("urgent", []) + found.get("concerns", [])
        )
    if user.has_perm(roles.SEE_MAIL):
        found["mails"] = MAILS()
    return Waiting(**found)


def _comments_of_concerns(lines: list[ConcernLine]) -> dict[int, Comment]:
    """Return the comments behind concerns about readers without a record."""
    numbers = [line.row.comment_number for line in lines if line.row.participant_id is None]
    return Comment.objects.with_article().in_bulk(numbers)
