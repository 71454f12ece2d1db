"""The published program for everyone to read, from the newest release."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import QuerySet, Subquery

from common.members import User
from common.prepared import Parameter, PreparedQuery
from common.search_text import search_query, without_accents
from common.synonyms import Kinds, prepared_terms, query_of_kinds
from programs.facts.releases import plan_of
from programs.models import Exercise, Favorite, Participant, Release
from programs.plan import About, Plan, PlannedExercise, PlannedPhase
from programs.rules.vocabulary import SafetyAction, SafetyFlag
from programs.wording.player import dose_words


def published_plan() -> Plan | None:
    """Return the plan of the newest release (one query), or None if nothing is published yet."""
    newest = _NEWEST.first()
    return plan_of(newest.pk) if newest else None


def published_about(participant: Participant | None = None) -> About | None:
    """Return the texts about the newest program that fit `participant` (one query); None if nothing is published."""
    plan = published_plan()
    if plan and participant and participant.baby_not_with_me:
        plan = plan.without_baby
    return plan.about if plan else None


def matching(
    exercises: Iterable[PlannedExercise], focus: str = "", position: str = "", equipment: str = ""
) -> list[PlannedExercise]:
    """Return the exercises that match every filter given ("" matches all), by first phase and name."""
    fitting = [
        exercise
        for exercise in exercises
        if focus in ("", exercise.focus)
        and position in ("", exercise.position)
        and (not equipment or equipment in exercise.equipment)
    ]
    return sorted(fitting, key=lambda exercise: (min(exercise.doses), exercise.name))


def minutes_of(plan: Plan) -> dict[str, tuple[int, int]]:
    """Return the shortest and longest duration of each kind of session, in whole minutes: {kind: (3, 5), …}."""
    minutes: defaultdict[str, list[int]] = defaultdict(list)
    for session in plan.sessions.values():
        minutes[str(session.kind)].append(session.minutes)
    return {kind: (min(found), max(found)) for kind, found in minutes.items()}


def cautions_of(exercise: PlannedExercise, plan: Plan) -> list[dict[str, Any]]:
    """Return the cautions of an exercise: one for each safety flag that swaps it, eases it or has a note."""
    rows = []
    for flag in SafetyFlag:
        caution = exercise.safety.get(flag)
        if caution and (caution.action != SafetyAction.OK or caution.note):
            rows.append(
                {
                    "flag": flag,
                    "note": caution.note,
                    "easier": caution.action == SafetyAction.EASIER,
                    "swap": plan.exercises.get(caution.swap_to or ""),
                }
            )
    return rows


@dataclass(frozen=True)
class PhaseDose:
    """How much of an exercise one phase asks for, in words; `rounds` a day in its daily practice, 0 if not in it."""

    phase: PlannedPhase
    first_week: int
    last_week: int
    parts: list[str]
    rounds: int


def doses_of(exercise: PlannedExercise, plan: Plan) -> list[PhaseDose]:
    """Return the doses of an exercise, one for each phase that has it, in order."""
    found = []
    for phase in plan.phases:
        dose = exercise.doses.get(phase.number)
        if dose:
            weeks = [week.number for week in plan.weeks_of_phase(phase.number)]
            rounds = max(_daily_rounds(exercise, plan, week) for week in weeks)
            found.append(PhaseDose(phase, weeks[0], weeks[-1], dose_words(dose, exercise.sides), rounds))
    return found


def _daily_rounds(exercise: PlannedExercise, plan: Plan, week: int) -> int:
    daily = plan.daily_of_week(week)
    has_it = any(one.exercise == exercise.slug for one in daily.prescriptions)
    return daily.rounds_target if has_it else 0


def favorites_of(user: User, plan: Plan) -> list[PlannedExercise]:
    """Return the user's favorites among the published exercises, the latest first (one query)."""
    slugs = Favorite.objects.filter(participant__user=user).values_list("exercise__slug", flat=True)
    return [plan.exercises[slug] for slug in slugs if slug in plan.exercises]


def exercises_about(text: str, limit: int) -> list[PlannedExercise]:
    """Return up to `limit` published exercises that match `text`, best match first (one query besides the plan's)."""
    found: list[Any]
    prepared = prepared_terms(text)
    if prepared:
        kinds, texts = prepared
        found = _matching_all(kinds)(name_like=without_accents(search_query(text)), **texts)
    else:
        found = list(_with_newest_release(Exercise.objects.matching(text)))
    published = (
        plan_of(release).exercises[slug]
        for slug, release in ((one.slug, one.release) for one in found)
        if release and slug in plan_of(release).exercises
    )
    return list(islice(published, limit))


@lru_cache(64)  # one for each number and order of kinds
def _matching_all(kinds: Kinds) -> PreparedQuery[Any]:
    rows = Exercise.objects.matching_query(query_of_kinds(kinds), Parameter("name_like"))
    return PreparedQuery(lambda: _with_newest_release(rows))


def _with_newest_release(exercises: QuerySet[Exercise]) -> Any:
    return exercises.only("slug").annotate(release=Subquery(_newest_release().values("pk")))


def _newest_release() -> QuerySet[Release]:
    return Release.objects.order_by("-published_at", "-number")[:1]


_NEWEST = PreparedQuery(lambda: _newest_release().only("pk"))
