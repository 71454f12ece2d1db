"""Checks of the course as a whole: phases, weeks, and that every week and track exists."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from programs.rules.vocabulary import SafetyFlag, SessionKind

from .subject import Found, Subject, misplaced, names_of

WEEKS = 12  # the progression rules end the program after week 12
LETTERS = ("A", "B", "C")
TRACKS = (SessionKind.REST, SessionKind.EARLY, SessionKind.RELAXATION)


def _about(subject: Subject) -> Found:
    if subject.is_unread("about"):
        return
    for flag in SafetyFlag:
        if flag not in subject.plan.about.safety_flags:
            yield ("about", "safety_flags"), _("nothing is said about %(flag)s") % {"flag": names_of([flag])}
    yield from misplaced(subject.plan.about, ("about",))


def _phases(subject: Subject) -> Found:
    some_weeks_unread = any(part[0] == "weeks" for part in subject.unread)
    for phase in subject.plan.phases:
        names = Counter(milestone.slug for milestone in phase.milestones)
        if not names:
            yield ("phases", phase.number), _("this phase has no milestones")
        for slug, count in names.items():
            if count > 1:
                reason = _("two milestones have the name %(slug)s") % {"slug": slug}
                yield ("phases", phase.number, "milestones"), reason
        if not subject.plan.weeks_of_phase(phase.number) and not some_weeks_unread:
            yield ("phases", phase.number), _("this phase has no week")


def _weeks(subject: Subject) -> Found:
    numbers = [week.number for week in subject.plan.weeks]
    for number in range(1, WEEKS + 1):
        if number not in numbers and not subject.is_unread("weeks", number):
            yield ("weeks",), _("week %(number)d is missing") % {"number": number}
    for number in numbers:
        if not 1 <= number <= WEEKS:
            yield ("weeks", number), _("the program has weeks 1 to %(weeks)d") % {"weeks": WEEKS}


def _phases_of_weeks(subject: Subject) -> Found:
    phases = [phase.number for phase in subject.plan.phases]
    latest = 0
    for week in subject.plan.weeks:
        where = ("weeks", week.number, "phase")
        if week.phase not in phases and not subject.is_unread("about"):
            yield where, _("there is no phase %(phase)d") % {"phase": week.phase}
        elif week.phase < latest:
            yield where, _("an earlier week is already in phase %(phase)d") % {"phase": latest}
        latest = max(latest, week.phase)


def _sessions_of_weeks(subject: Subject) -> Found:
    daily = {one.week for one in subject.plan.sessions.values() if one.kind == SessionKind.DAILY}
    for week in subject.plan.weeks:
        letters = tuple(session.letter for session in subject.plan.sessions_of_week(week.number))
        if letters != LETTERS:
            reason = _("a week has the three sessions A, B and C; this one has: %(letters)s")
            names = {"letters": ", ".join(letters) or _("none")}
            yield ("weeks", week.number, "sessions"), reason % names
        if week.number not in daily:
            yield ("weeks", week.number, "sessions"), _("the daily practice is missing")


def _keys(subject: Subject) -> Found:
    for key, session in subject.plan.sessions.items():
        wanted = f"w{session.week:02}-{session.letter.lower()}" if session.week else key
        if session.kind == SessionKind.SESSION and key != wanted:
            reason = _("the key of this week's session %(letter)s should be %(wanted)s")
            names = {"letter": session.letter, "wanted": wanted}
            yield ("sessions", key, "key"), reason % names


def _tracks(subject: Subject) -> Found:
    kinds = Counter(session.kind for session in subject.plan.sessions.values())
    if any(part[0] == "sessions" for part in subject.unread):
        return
    for kind in TRACKS:
        if kinds[kind] != 1:
            reason = _("there must be one session of the kind %(kind)s; there are %(count)d")
            yield ("sessions",), reason % {"kind": kind, "count": kinds[kind]}


CHECKS = (_about, _phases, _weeks, _phases_of_weeks, _sessions_of_weeks, _keys, _tracks)
