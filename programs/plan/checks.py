"""What is wrong with a plan, in a clinician's words. Empty for one that may be published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext as _

from programs.rules.prescribing import Dose
from programs.rules.vocabulary import Mode, SafetyAction, SafetyFlag, SessionKind

from .parts import PlannedExercise
from .whole import Plan

Where = tuple[str | int, ...]

LETTERS = ("A", "B", "C")
WEEKS = 12
SHORT_FORM = 4
SESSION_MINUTES = (8, 25)  # program data: every session lasts 11 to 24 minutes; the limits leave her room
DAILY_MINUTES = (3, 5)  # program data: a daily breathing and pelvic floor practice of 3 to 5 minutes
HOPS = 4  # program data, adaptation.steps: at most 4 hops
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

FLAG_SETS = tuple(
    frozenset(some) for size in range(len(SafetyFlag) + 1) for some in combinations(SafetyFlag, size)
)


class Remark(NamedTuple):
    """One thing to mend. `where` names the part: ("exercises", slug, …), ("weeks", number, …),
    ("sessions", key, "prescriptions", position from 0, …), ("phases", number, …) or ("about", …)."""

    where: Where
    reason: str


def remarks(plan: Plan, unread: Collection[Where] = ()) -> list[Remark]:
    """Everything wrong with `plan`.

    `unread` names parts that exist but could not be read, such as ("exercises", "cat-cow"): their absence is
    no second remark.
    """
    return [Remark(*found) for check in CHECKS for found in check(plan, frozenset(unread))]


Found = Iterator[tuple[Where, str]]


def _names(plan: Plan, unread: frozenset[Where]) -> Found:
    for slug, exercise in plan.exercises.items():
        if not SLUG.fullmatch(slug):
            yield (
                ("exercises", slug),
                _("a name in addresses has small letters, numbers and single hyphens only"),
            )
        if exercise.sides not in (1, 2):
            yield ("exercises", slug, "sides"), _("sides is 1, or 2 when each side has its turn")
    names = Counter(exercise.name for exercise in plan.exercises.values())
    for slug, exercise in plan.exercises.items():
        if names[exercise.name] > 1:
            yield ("exercises", slug, "name"), _("another exercise has this name too")


def _neighbours(plan: Plan, unread: frozenset[Where]) -> Found:
    for slug, exercise in plan.exercises.items():
        targets = {
            ("easier_variant",): exercise.easier_variant,
            ("harder_variant",): exercise.harder_variant,
        } | {("safety", flag, "swap_to"): caution.swap_to for flag, caution in exercise.safety.items()}
        for place, target in targets.items():
            if target == slug:
                yield ("exercises", slug, *place), _("this is the exercise itself")
            elif target and target not in plan.exercises and ("exercises", target) not in unread:
                yield ("exercises", slug, *place), _no_exercise(target)


def _cautions(plan: Plan, unread: frozenset[Where]) -> Found:
    for slug, exercise in plan.exercises.items():
        for flag in SafetyFlag:
            if flag not in exercise.safety:
                yield ("exercises", slug, "safety"), _("nothing is said about %(flag)s") % {"flag": flag}
        for flag, caution in exercise.safety.items():
            if caution.action != SafetyAction.OK and not caution.note:
                yield ("exercises", slug, "safety", flag), _("a note must tell her what to do instead")
        for place in exercise.no_baby_text.keys() - exercise.places_of_text:
            reason = _("there is no text at “%(place)s” that these words could replace") % {"place": place}
            yield ("exercises", slug, "no_baby_text", place), reason


def _swaps(plan: Plan, unread: frozenset[Where]) -> Found:
    for slug, exercise in plan.exercises.items():
        for flags in FLAG_SETS:
            way = _way(plan, exercise, flags)
            if len(way) > HOPS + 1:
                reason = _("with %(flags)s, swaps go on for ever or past %(hops)d: %(way)s") % {
                    "flags": " + ".join(flag for flag in SafetyFlag if flag in flags),
                    "hops": HOPS,
                    "way": " → ".join(way),
                }
                yield ("exercises", slug, "safety"), reason
                break


def _way(plan: Plan, exercise: PlannedExercise, flags: frozenset[SafetyFlag]) -> list[str]:
    """The slugs walked through by swapping, cut off one hop past what is allowed."""
    way = [exercise.slug]
    while exercise and len(way) <= HOPS + 1:
        cautions = [exercise.safety[flag] for flag in SafetyFlag if flag in flags and flag in exercise.safety]
        target = next((caution.swap_to for caution in cautions if caution.swap_to), None)
        if target is None:
            break
        way.append(target)
        exercise = plan.exercises.get(target)
    return way


def _doses(plan: Plan, unread: frozenset[Where]) -> Found:
    phases = {phase.number for phase in plan.phases}
    for slug, exercise in plan.exercises.items():
        if not exercise.doses:
            yield ("exercises", slug), _("it has no dose for any phase")
        for phase, dose in exercise.doses.items():
            yield from _fitting(exercise, dose, ("exercises", slug, "doses", phase))
            if phase not in phases and ("about",) not in unread:
                yield ("exercises", slug, "doses", phase), _("there is no phase %(phase)d") % {"phase": phase}
    weeks = {week.number: week.phase for week in plan.weeks}
    for session in plan.sessions.values():
        phase = weeks.get(session.week)
        for place, one in enumerate(session.prescriptions if phase in phases else ()):
            exercise = plan.exercises.get(one.exercise)
            if exercise and phase not in exercise.doses:
                reason = _("%(exercise)s has no dose for phase %(phase)d, but is used in week %(week)d") % {
                    "exercise": one.exercise,
                    "phase": phase,
                    "week": session.week,
                }
                yield ("sessions", session.key, "prescriptions", place, "exercise"), reason


def _prescriptions(plan: Plan, unread: frozenset[Where]) -> Found:
    for session in plan.sessions.values():
        if not session.prescriptions:
            yield ("sessions", session.key), _("it has no exercises")
        often = Counter(one.exercise for one in session.prescriptions)
        for place, one in enumerate(session.prescriptions):
            where = ("sessions", session.key, "prescriptions", place)
            exercise = plan.exercises.get(one.exercise)
            if often[one.exercise] > 1:
                yield (*where, "exercise"), _("%(slug)s is in this session twice") % {"slug": one.exercise}
            if exercise:
                yield from _fitting(exercise, one.dose, where)
                if one.sides != exercise.sides:
                    reason = _("%(slug)s is done on %(sides)d side(s)")
                    yield (*where, "sides"), reason % {"slug": one.exercise, "sides": exercise.sides}
            elif ("exercises", one.exercise) not in unread:
                yield (*where, "exercise"), _no_exercise(one.exercise)


def _fitting(exercise: PlannedExercise, dose: Dose, where: Where) -> Found:
    if exercise.mode == Mode.COUNTED and dose.reps is None:
        yield (*where, "seconds"), _("%(slug)s is counted: give reps and a tempo") % {"slug": exercise.slug}
    if exercise.mode == Mode.TIMED and dose.seconds is None:
        yield (*where, "reps"), _("%(slug)s is timed: give seconds") % {"slug": exercise.slug}


def _lengths(plan: Plan, unread: frozenset[Where]) -> Found:
    limits = {SessionKind.SESSION: SESSION_MINUTES, SessionKind.DAILY: DAILY_MINUTES}
    for session in plan.sessions.values():
        least, most = limits.get(session.kind, (0, SESSION_MINUTES[1]))
        if session.prescriptions and not least <= session.minutes <= most:
            reason = _("it takes %(minutes)d minutes; it should take %(least)d to %(most)d")
            numbers = {"minutes": session.minutes, "least": least, "most": most}
            yield ("sessions", session.key), reason % numbers


def _short_forms(plan: Plan, unread: frozenset[Where]) -> Found:
    for session in plan.sessions.values():
        count = len(session.short_form)
        if session.kind == SessionKind.SESSION and count != SHORT_FORM:
            reason = _("the short form has %(count)d of the session's exercises; it needs %(need)d")
            yield ("sessions", session.key, "short_form"), reason % {"count": count, "need": SHORT_FORM}


def _weeks(plan: Plan, unread: frozenset[Where]) -> Found:
    numbers = [week.number for week in plan.weeks]
    for number in range(1, WEEKS + 1):
        if number not in numbers and ("weeks", number) not in unread:
            yield ("weeks",), _("week %(number)d is missing") % {"number": number}
    for number in numbers:
        if not 1 <= number <= WEEKS:
            yield ("weeks", number), _("the program has weeks 1 to %(weeks)d") % {"weeks": WEEKS}
        yield from _sessions_of(plan, number, unread)
    phases = [phase.number for phase in plan.phases]
    for before, week in zip([None, *plan.weeks], plan.weeks, strict=False):
        if week.phase not in phases and ("about",) not in unread:
            yield ("weeks", week.number, "phase"), _("there is no phase %(phase)d") % {"phase": week.phase}
        elif before and week.phase < before.phase:
            yield ("weeks", week.number, "phase"), _("the week before is already in a later phase")
    for phase in phases:
        if not plan.weeks_of_phase(phase) and not any(part[0] == "weeks" for part in unread):
            yield ("phases", phase), _("this phase has no week")


def _sessions_of(plan: Plan, number: int, unread: frozenset[Where]) -> Found:
    letters = tuple(session.letter for session in plan.sessions_of_week(number))
    if letters != LETTERS:
        reason = _("a week has the three sessions A, B and C; this one has %(letters)s")
        yield ("weeks", number, "sessions"), reason % {"letters": ", ".join(letters) or _("none")}
    for session in plan.sessions.values():
        prefix = f"w{number:02}-"
        if session.week == number and not session.key.startswith(prefix):
            reason = _("a session of week %(number)d has a key that begins with %(prefix)s")
            yield ("sessions", session.key, "key"), reason % {"number": number, "prefix": prefix}
    if not any(one.week == number and one.kind == SessionKind.DAILY for one in plan.sessions.values()):
        yield ("weeks", number), _("the daily practice is missing")


def _tracks(plan: Plan, unread: frozenset[Where]) -> Found:
    kinds = Counter(session.kind for session in plan.sessions.values())
    broken = any(part[0] == "sessions" for part in unread)
    for kind in (SessionKind.REST, SessionKind.EARLY, SessionKind.RELAXATION):
        if kinds[kind] != 1 and not broken:
            reason = _("there must be one session of the kind %(kind)s; there are %(count)d")
            yield ("sessions",), reason % {"kind": kind, "count": kinds[kind]}


def _about(plan: Plan, unread: frozenset[Where]) -> Found:
    for flag in SafetyFlag if ("about",) not in unread else ():
        if flag not in plan.about.safety_flags:
            yield ("about", "safety_flags"), _("nothing is said about %(flag)s") % {"flag": flag}
    for phase in plan.phases:
        slugs = [milestone.slug for milestone in phase.milestones]
        if not slugs:
            yield ("phases", phase.number), _("this phase has no milestones")
        for slug, count in Counter(slugs).items():
            if count > 1:
                reason = _("two milestones have the name %(slug)s") % {"slug": slug}
                yield ("phases", phase.number, "milestones"), reason


def _no_exercise(slug: str) -> str:
    return _("there is no exercise “%(slug)s”") % {"slug": slug}


CHECKS: tuple[Callable[[Plan, frozenset[Where]], Found], ...] = (
    _about,
    _names,
    _neighbours,
    _cautions,
    _swaps,
    _doses,
    _weeks,
    _tracks,
    _prescriptions,
    _short_forms,
    _lengths,
)
