"""Checks of each session by itself: its exercises, its duration and its short form."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from programs.rules.adaptation import SHORT_FORM_SIZE
from programs.rules.vocabulary import SessionKind

from .exercises import fitting
from .subject import Found, Subject, no_exercise

# (least, most). Evidence base, section E: every session lasts 11 to 24 minutes; some room for the therapist's edits.
SESSION_MINUTES = (8, 25)
# Evidence base, section E: a daily breathing and pelvic floor practice of 3 to 5 minutes.
DAILY_MINUTES = (3, 5)


def _contents(subject: Subject) -> Found:
    for key, session in subject.plan.sessions.items():
        if not session.prescriptions:
            yield ("sessions", key), _("it has no exercises")
        counts = Counter(one.exercise for one in session.prescriptions)
        for place, one in enumerate(session.prescriptions):
            where = ("sessions", key, "prescriptions", place)
            if counts[one.exercise] > 1:
                yield (
                    (*where, "exercise"),
                    _("%(name)s is in this session twice") % {"name": subject.called(one.exercise)},
                )
            if subject.lacks_exercise(one.exercise):
                yield (*where, "exercise"), no_exercise(one.exercise)


def _prescriptions(subject: Subject) -> Found:
    known = {phase.number for phase in subject.plan.phases}
    phases = {week.number: week.phase for week in subject.plan.weeks if week.phase in known}
    for key, session in subject.plan.sessions.items():
        phase = phases.get(session.week) if session.week else None
        for place, one in enumerate(session.prescriptions):
            exercise = subject.plan.exercises.get(one.exercise)
            where = ("sessions", key, "prescriptions", place)
            if exercise is None:
                continue
            yield from fitting(exercise, one.dose, where)
            if one.sides != exercise.sides:
                reason = _("sides should be %(sides)d, as in the exercise itself")
                yield (*where, "sides"), reason % {"sides": exercise.sides}
            if phase and phase not in exercise.doses:
                reason = _("%(name)s is used in week %(week)d, but has no dose for its phase %(phase)d")
                names = {"name": exercise.name, "week": session.week, "phase": phase}
                yield (*where, "exercise"), reason % names


def _short_forms(subject: Subject) -> Found:
    for key, session in subject.plan.sessions.items():
        count = len(session.short_form)
        if session.kind == SessionKind.SESSION and count != SHORT_FORM_SIZE:
            reason = _("the short form has %(count)d of the session's exercises; it needs %(need)d")
            yield ("sessions", key, "short_form"), reason % {"count": count, "need": SHORT_FORM_SIZE}


def _lengths(subject: Subject) -> Found:
    limits = {SessionKind.SESSION: SESSION_MINUTES, SessionKind.DAILY: DAILY_MINUTES}
    for key, session in subject.plan.sessions.items():
        least, most = limits.get(session.kind, (1, SESSION_MINUTES[1]))
        if session.prescriptions and not least <= session.minutes <= most:
            reason = _("it takes %(minutes)d minutes; it should take %(least)d to %(most)d")
            yield ("sessions", key), reason % {"minutes": session.minutes, "least": least, "most": most}


CHECKS = (_contents, _prescriptions, _short_forms, _lengths)
