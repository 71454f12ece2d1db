"""Everything that waits for whoever opens the desk, each kind only for those who may see it."""

from dataclasses import dataclass, field

from django.db.models import Case, When

from blog.models import Comment, Report
from postpartum.desk import roles
from postpartum.models import Mail
from programs.pages.triage import SHOWN, ConcernLine, QuietMember, open_concerns, quiet_members

NOW = ("emergency", "right_away", "same_day")


@dataclass(frozen=True)
class Waiting:
    """What needs her, by urgency and cause; each list is bounded, one more than SHOWN tells that there are more.

    `said` are the comments that concerns about readers rest on, by number.
    """

    urgent: list[ConcernLine] = field(default_factory=list)
    concerns: list[ConcernLine] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    quiet: list[QuietMember] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    said: dict[int, Comment] = field(default_factory=dict)

    @property
    def is_nothing(self):
        """Whether nobody waits."""
        return not any((self.urgent, self.concerns, self.comments, self.reports, self.quiet, self.mails))

    @property
    def are_more_concerns(self):
        """Whether more concerns are open than the page shows."""
        return len(self.urgent) + len(self.concerns) > SHOWN


def waiting_for(user, now):
    """What waits for `user` at `now`: one query for each kind she may see, one more if a reader is in need."""
    found = {}
    if user.has_perm(roles.SEE_MEMBERS):
        lines = open_concerns()
        found["urgent"] = [line for line in lines if line.urgency in NOW]
        found["concerns"] = [line for line in lines if line.urgency not in NOW]
        found["quiet"] = quiet_members(now)
    if user.has_perm(roles.SEE_COMMENTS):
        found["comments"] = _comments()
        found["reports"] = _reports()
        found["said"] = _said(found.get("urgent", []) + found.get("concerns", []))
    if user.has_perm(roles.SEE_MAIL):
        found["mails"] = list(Mail.objects.not_delivered().filter(resolved_at=None)[: SHOWN + 1])
    return Waiting(**found)


def _comments():
    """Comments that wait, those with signs of an emergency before all others, however many wait longer."""
    in_need_first = Case(When(red_flags=[], then=1), default=0)
    waiting = Comment.objects.pending().select_related("article").order_by(in_need_first, "created_at")
    return list(waiting[: SHOWN + 1])


def _said(lines):
    """What readers without a record wrote, where a concern rests on it."""
    numbers = [line.row.comment_number for line in lines if line.row.participant_id is None]
    return Comment.objects.select_related("article").in_bulk(numbers)


def _reports():
    return list(Report.objects.filter(resolved_at=None).select_related("comment__article")[: SHOWN + 1])
