"""Validation of a plan: remarks in a clinician's language, none for a plan that may be published."""

from __future__ import annotations

from collections.abc import Collection

from ..whole import Plan
from . import adapting, advisory, course, exercises, sessions, texts
from .subject import Remark, Subject, Where, name_of
from .texts import too_long

__all__ = ["Remark", "Where", "advice", "name_of", "remarks", "too_long"]

CHECKS = (*course.CHECKS, *exercises.CHECKS, *sessions.CHECKS, *texts.CHECKS)


def remarks(plan: Plan, unread: Collection[Where] = ()) -> list[Remark]:
    """Return everything wrong with `plan`.

    `unread` names parts that exist but could not be read, such as ("exercises", "cat-cow"), so that their absence is
    not reported a second time. The check of adapted sessions, which is slow, runs only if all others pass.
    """
    subject = Subject(plan, frozenset(unread))
    found = [Remark(*one) for check in CHECKS for one in check(subject)]
    if found or unread:
        return found
    return [Remark(*one) for one in adapting.check(subject)]


def advice(plan: Plan) -> list[Remark]:
    """Return what could be better in `plan`, but does not prevent publishing it."""
    subject = Subject(plan, frozenset())
    return [Remark(*one) for check in advisory.CHECKS for one in check(subject)]
