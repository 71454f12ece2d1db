"""The rows of the first page that act: each with the record's own form, made without another question."""

from dataclasses import dataclass

from blog.models import Comment
from postpartum.desk import roles
from postpartum.desk.forms import CareForm, SettleForm, care_form
from programs.pages.triage import ConcernLine, QuietMember


@dataclass(frozen=True)
class Row:
    """A line, the form that acts on it (None for those who may only look), and the comment it is about."""

    line: ConcernLine | QuietMember
    form: CareForm | SettleForm | None = None
    comment: Comment | None = None


def concern_rows(lines, said, user):
    """A row for each concern; `said` are the comments of readers, by their number."""
    may_care, may_settle = user.has_perm(roles.CARE_FOR), user.has_perms((roles.SEE_COMMENTS, roles.SETTLE))
    return [
        Row(line, _about(line.row) if may_care else None)
        if line.row.participant_id
        else Row(line, _settling(line.row) if may_settle else None, said.get(line.row.comment_number))
        for line in lines
    ]


def quiet_rows(members, user):
    """A row for each quiet member; who is on this list is in the program, and not held."""
    may_care = user.has_perm(roles.CARE_FOR)
    return [Row(one, _about_nothing(one.enrollment) if may_care else None) for one in members]


def _about(concern):
    stands = {"in_program": concern.in_program, "is_held": concern.is_held}
    return care_form(concern.participant_id, about=concern, from_list=True, **stands)


def _about_nothing(enrollment):
    return care_form(enrollment.participant_id, from_list=True, in_program=True, is_held=False)


def _settling(concern):
    return SettleForm(auto_id=f"settle_{concern.pk}_%s")
