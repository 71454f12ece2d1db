"""The input of the player in the browser: today's session as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.fragments import rendered_once
from common.members import User
from common.prepared import Parameter, PreparedQuery
from common.unchanging import ByIdentity
from programs.facts.adapted_session import AdaptedSession, Item
from programs.models import Enrollment, SessionLog
from programs.pages.figures import TO_EVERYONE, Shown, addresses_of
from programs.pages.media import own_media, own_voices
from programs.pages.session_lengths import shorter_forms
from programs.plan import PlannedExercise
from programs.rules.adaptation import easier_dose
from programs.rules.prescribing import Prescription, Tempo
from programs.rules.timeline import Step, build_timeline
from programs.rules.vocabulary import Focus, Mode, StepKind

Data = dict[str, Any]

# Tags of an exercise that change how the player runs it.
ALTERNATING = "alternate sides"
IN_FIRST = "breathe in first"  # such as a squat: down while breathing in, then up while breathing out

OUT_IN = ("lift", "hold", "lower", "relax")
IN_OUT = ("lower", "hold", "lift", "relax")
PREPARE_AGAIN = 10  # seconds at most to get ready for an exercise done before
_LATELY = PreparedQuery(
    lambda: SessionLog.objects.filter(
        enrollment=Parameter("enrollment"), finished_at__gte=Parameter("since")
    ).order_by("finished_at")
)

SLOW_BREATH = (3, 5)  # evidence base, section D, Long Exhale: in for about 3 seconds, out for 5 to 6


def account_mark(user: User) -> str:
    """Return a pseudonym (a keyed hash of the id) that tells one account from another on a shared phone."""
    return salted_hmac("programs.pages.player", str(user.pk)).hexdigest()[:20]


def player_data(
    todo: AdaptedSession,
    sitting: SessionLog | None,
    addresses: Mapping[str, str],
    wishes: Sequence[str],
    figures: Shown = TO_EVERYONE,
    known: Collection[str] = (),
) -> Data:
    """Return a dict for JSON: the whole session `todo` with its shorter forms and easier versions.

    Exercises are keyed by their index in the whole session, steps by the timeline's ids. `sitting` is the latest log
    of this session today, or None; `addresses` are the player's URLs by name; `wishes` are the member's PlayerWish
    codes; `figures` is the choice of drawings; `known` are the slugs of exercises done before, which take less time to
    get ready for.
    """
    at_hand = frozenset(one for item in todo.items if (one := item.exercise.slug) in known)
    return {
        **_of_everybody(ByIdentity(todo), figures, at_hand),
        "addresses": addresses,
        "sitting": _sitting(sitting),
        "wishes": wishes,
    }


@rendered_once
def _of_everybody(same: ByIdentity[AdaptedSession], figures: Shown, known: frozenset[str]) -> Data:
    """Return what is the same for all whose session is adapted alike; nobody may change it."""
    todo = same.it
    return {
        "key": todo.session.key,
        "kind": todo.session.kind,
        "title": todo.session.title,
        **own_voices(todo.session),
        "minutes": todo.minutes,
        "exercises": {item.number - 1: _exercise(item, item.exercise, figures) for item in todo.items},
        "easierExercises": {
            item.number - 1: _exercise(item, item.easier_exercise, figures)
            for item in todo.items
            if item.easier_exercise and not item.is_easier
        },
        "steps": [_step(step, todo.items[step.exercise_index].exercise, known) for step in todo.steps],
        "easier": {
            item.number - 1: _easier_steps(item, todo, known) for item in todo.items if not item.is_easier
        },
        "forms": {form.name: [item.number - 1 for item in form.todo.items] for form in shorter_forms(todo)},
    }


def logs_of_today(enrollment: Enrollment, now: datetime) -> list[SessionLog]:
    """Return the logs of today in the time zone in force, oldest first (one query)."""
    today = timezone.localdate(now)
    since = now - timedelta(days=2)
    logs = _LATELY(enrollment=enrollment.pk, since=since)
    return [log for log in logs if timezone.localdate(log.finished_at) == today]


def sittings_of(logs: Iterable[SessionLog]) -> dict[str, SessionLog]:
    """Return the latest of `logs` (oldest first) for each session key."""
    return {log.session_key: log for log in logs}


def _sitting(log: SessionLog | None) -> Data | None:
    if log is None:
        return None
    return {
        "id": str(log.client_id),
        "startedAt": log.started_at.isoformat(),
        "seenAt": log.finished_at.isoformat(),
        "steps": log.steps_done,
    }


def _exercise(item: Item, exercise: PlannedExercise, figures: Shown) -> Data:
    """Return the texts and pictures of `exercise`, done with the dose of `item`: its own, or the easier neighbour."""
    drawn = addresses_of(exercise, figures)
    return {
        "slug": exercise.slug,
        "name": exercise.name,
        "focus": exercise.focus,
        "isEasier": item.is_easier,
        "easierText": exercise.easier_text,
        "steps": exercise.steps,
        "inhale": exercise.inhale_cue,
        "exhale": exercise.exhale_cue,
        "cues": exercise.form_cues,
        "cautions": item.cautions if exercise is item.exercise else item.easier_cautions,
        "sides": item.sides,
        "sideNote": exercise.side_note,
        "sets": item.dose.sets,
        "alternates": ALTERNATING in exercise.tags,
        "pace": _pace(exercise),
        "figure": drawn.moving,
        "still": drawn.still,
        **own_media(exercise),
    }


def _pace(exercise: PlannedExercise) -> tuple[int, int] | None:
    """Return seconds in and out if slow breathing is the exercise itself; None if the movement sets the pace."""
    rests = exercise.focus == Focus.BREATHING or (
        exercise.focus == Focus.PELVIC_FLOOR and not exercise.facts.squeezes
    )
    return SLOW_BREATH if rests and exercise.mode == Mode.TIMED else None


def _step(step: Step, exercise: PlannedExercise, known: Collection[str]) -> Data:
    seconds = min(step.seconds, PREPARE_AGAIN) if _is_known(step, exercise, known) else step.seconds
    return {
        "id": step.id,
        "kind": step.kind,
        "exercise": step.exercise_index,
        "set": step.set_number,
        "side": step.side_number,
        "seconds": seconds,
        **({"reps": step.reps, "phases": _phases(step.tempo, exercise)} if step.tempo else {}),
    }


def _is_known(step: Step, exercise: PlannedExercise, known: Collection[str]) -> bool:
    return step.kind == StepKind.PREPARE and exercise.slug in known


def _phases(tempo: Tempo, exercise: PlannedExercise) -> list[list[str | int]]:
    """Return the parts of one repetition in order, [name, seconds]: lift while breathing out, lower while breathing in."""
    order = IN_OUT if IN_FIRST in exercise.tags else OUT_IN
    return [[name, getattr(tempo, name)] for name in order if getattr(tempo, name)]


def _easier_steps(item: Item, todo: AdaptedSession, known: Collection[str]) -> list[Data]:
    """Return the steps of one exercise in its easier version, with their ids in the whole session."""
    prescription: Prescription = item.adapted.prescription
    easier = replace(prescription, dose=easier_dose(prescription.dose, item.exercise.focus))
    number, steps = item.number, build_timeline([easier], todo.session.setup_seconds)
    moved = (
        replace(step, id=f"{number}.{step.id.partition('.')[2]}", exercise_index=number - 1) for step in steps
    )
    return [_step(step, item.exercise, known) for step in moved]
