"""Check that no text is longer than its database column. A test compares this table to the models."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .subject import Found, Subject, Where

# Kind of part → field → maximum number of characters (of each item, if the field is a list).
LIMITS = {
    "about": {"slug": 50, "name": 120, "subtitle": 200, "version": 20},
    "phases": {"slug": 50, "name": 80},
    "weeks": {"theme": 120, "theme_no_baby": 120, "article_slug": 200, "article_title": 200},
    "exercises": {"slug": 80, "name": 120, "side_note": 200, "tags": 120},
    "sessions": {"key": 50, "title": 120, "use_when": 200},
    "milestones": {"slug": 50},
    "help": {"code": 2, "name": 60, "emergency": 80, "non_emergency": 120},
    "lines": {"name": 120, "contact": 120},
}


def too_long(kind: str, part: object) -> Iterator[tuple[Where, str]]:
    """Yield (path in the part, reason) for every text that does not fit."""
    for name, limit in LIMITS[kind].items():
        value = getattr(part, name)
        texts = (
            [((), value)]
            if isinstance(value, str)
            else [((index,), text) for index, text in enumerate(value)]
        )
        for place, text in texts:
            if len(text) > limit:
                reason = _("%(count)d characters are too long; there is room for %(most)d")
                yield (name, *place), reason % {"count": len(text), "most": limit}


def _texts(subject: Subject) -> Found:
    plan = subject.plan
    parts: list[tuple[Where, object]] = [
        (("about",), plan.about),
        *((("phases", phase.number), phase) for phase in plan.phases),
        *((("weeks", week.number), week) for week in plan.weeks),
        *((("exercises", slug), exercise) for slug, exercise in plan.exercises.items()),
        *((("sessions", key), session) for key, session in plan.sessions.items()),
    ]
    for where, part in parts:
        for place, reason in too_long(str(where[0]), part):
            yield (*where, *place), reason
    for phase in plan.phases:
        for index, milestone in enumerate(phase.milestones):
            for place, reason in too_long("milestones", milestone):
                yield ("phases", phase.number, "milestones", index, *place), reason


CHECKS = (_texts,)
