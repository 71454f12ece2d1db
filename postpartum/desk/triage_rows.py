"""Rows of the triage page: each with the form that acts on it, built without further queries."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from blog.models import Comment
from postpartum.desk import roles
from postpartum.desk.forms import CareForm, SettleForm, care_form
from programs.facts.unlocking import opens_at
from programs.models import Concern
from programs.pages.triage import ConcernLine, HeldMember, QuietMember


@dataclass(frozen=True)
class Row:
    """A line, the form that acts on it (None without permission), and the comment it is about."""

    line: ConcernLine | HeldMember | QuietMember
    form: CareForm | SettleForm | None = None
    comment: Comment | None = None


def concern_rows(lines: list[ConcernLine], comments: dict[int, Comment], user: User) -> list[Row]:
    """Return a row for each concern; `comments` are those of readers, by `comment_number`."""
    may_care, may_settle = user.has_perm(roles.CARE_FOR), user.has_perms((roles.SEE_COMMENTS, roles.SETTLE))
    return [
        Row(line, _about(line.row) if may_care else None)
        if line.row.participant_id
        else Row(
            line,
            _settling(line.row) if may_settle and not line.row.report_number else None,
            comments.get(line.row.comment_number or 0),
        )
        for line in lines
    ]


def held_rows(members: list[HeldMember], user: User) -> list[Row]:
    """Return a row for each member whose program waits."""
    may_care = user.has_perm(roles.CARE_FOR)
    return [Row(one, _about_hold(one.hold) if may_care else None) for one in members]


def quiet_rows(members: list[QuietMember], user: User) -> list[Row]:
    """Return a row for each quiet member, all of whom are in the program and not on hold."""
    may_care = user.has_perm(roles.CARE_FOR)
    return [Row(one, _about_nothing(one.enrollment) if may_care else None) for one in members]


def _about(concern: Any) -> CareForm:
    state = {"in_program": concern.in_program, "is_held": concern.is_held} | _seen(concern)
    if concern.is_held and concern.hold_rules:
        state["opens_at"] = opens_at(concern.week, concern.hold_rules)
    return care_form(concern.participant_id, about=concern, from_list=True, **state)


def _about_hold(hold: Any) -> CareForm:
    week = opens_at(hold.week, hold.rules_matched) if hold.in_program else None
    state = {"in_program": hold.in_program, "is_held": True, "opens_at": week} | _seen(hold)
    return care_form(hold.participant_id, from_list=True, **state)


def _about_nothing(enrollment: Any) -> CareForm:
    state = {"in_program": True, "is_held": False} | _seen(enrollment)
    return care_form(enrollment.participant_id, from_list=True, **state)


def _seen(row: Any) -> dict[str, Any]:
    return {"so_far": row.so_far, "newest_action": row.newest_action}


def _settling(concern: Concern) -> SettleForm:
    return SettleForm(auto_id=f"settle_{concern.pk}_%s")
