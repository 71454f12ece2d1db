"""The published program for everyone to read, from the newest release."""

from collections import defaultdict

from programs.facts.releases import plan_of
from programs.models import Exercise, Release
from programs.rules.schedule import LATER_GATES, PHASES, VAGINAL_GATES
from programs.rules.vocabulary import SafetyAction, SafetyFlag


def published_plan():
    """The plan of the newest release (one query), or None where nothing is published yet."""
    newest = Release.objects.order_by("-published_at", "-number").values_list("pk", flat=True).first()
    return plan_of(newest) if newest else None


def published_about(participant=None):
    """What is said of the newest program (one query), in words that fit `participant`; None before it is published."""
    plan = published_plan()
    if plan and participant and participant.baby_not_with_me:
        plan = plan.without_baby
    return plan and plan.about


def matching(exercises, focus="", position="", equipment=""):
    """The exercises that fit every filter given (an empty one fits all), in the order the phases bring them."""
    fitting = [
        exercise
        for exercise in exercises
        if focus in ("", exercise.focus)
        and position in ("", exercise.position)
        and (not equipment or equipment in exercise.equipment)
    ]
    return sorted(fitting, key=lambda exercise: (min(exercise.doses), exercise.name))


def phases_of(plan):
    """The phases with their weeks, each week with its three sessions, for reading from top to bottom."""
    return [
        {
            "phase": phase,
            "weeks": [
                {
                    "week": week,
                    "sessions": plan.sessions_of_week(week.number),
                    "volume_note": plan.volume_note_of(week.number),
                }
                for week in plan.weeks_of_phase(phase.number)
            ],
        }
        for phase in plan.phases
    ]


def minutes_of(plan):
    """How long the shortest and the longest session take, and daily practice, in whole minutes: {kind: (3, 5), …}."""
    minutes = defaultdict(list)
    for session in plan.sessions.values():
        minutes[str(session.kind)].append(session.minutes)
    return {kind: (min(found), max(found)) for kind, found in minutes.items()}


def gate_rows():
    """When each phase opens, in whole weeks since the birth, as the rules have it."""
    return [{"phase": p, "vaginal": VAGINAL_GATES[p] // 7, "later": LATER_GATES[p] // 7} for p in PHASES]


def cautions_of(exercise, plan):
    """What to change for which finding: every safety flag that swaps, eases or has something to say."""
    rows = []
    for flag in SafetyFlag:
        caution = exercise.safety.get(flag)
        if caution and (caution.action != SafetyAction.OK or caution.note):
            rows.append(
                {
                    "flag": flag,
                    "note": caution.note,
                    "easier": caution.action == SafetyAction.EASIER,
                    "swap": plan.exercises.get(caution.swap_to),
                }
            )
    return rows


def exercises_about(text, limit):
    """Up to `limit` published exercises that speak of `text`, best first (one query besides the plan's)."""
    plan = published_plan()
    if plan is None:
        return []
    found = Exercise.objects.matching(text).filter(slug__in=plan.exercises).values_list("slug", flat=True)
    return [plan.exercises[slug] for slug in found[:limit]]
