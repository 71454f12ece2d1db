"""What the player in the browser is given: today's session as plain data."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from programs.models import SessionLog
from programs.pages.figures import TO_EVERYONE, addresses_of
from programs.pages.media import own_media
from programs.pages.session_lengths import shorter_forms
from programs.rules.adaptation import easier_dose
from programs.rules.prescribing import Prescription
from programs.rules.timeline import build_timeline
from programs.rules.vocabulary import Focus, Mode

# Tags of an exercise that change how the player runs it.
ALTERNATING = "alternate sides"
IN_FIRST = "breathe in first"  # such as a squat: down on the breath in, then up on the breath out

OUT_IN = ("lift", "hold", "lower", "relax")
IN_OUT = ("lower", "hold", "lift", "relax")
SLOW_BREATH = (3, 5)  # evidence base, section D, Long Exhale: in for about 3 seconds, out for 5 to 6


def account_mark(user):
    """A mark that tells one account from another on a shared phone, and nothing else."""
    return salted_hmac("programs.pages.player", str(user.pk)).hexdigest()[:20]


def player_data(todo, sitting, addresses, wishes, figures=TO_EVERYONE):
    """A dict for JSON: the whole session `todo` with its shorter forms and easier versions.

    Exercises go by their index in the whole session, steps by the timeline's ids. `sitting` is her
    latest SessionLog of it today, or None; `addresses` are the player's addresses by name; `wishes` are
    the PlayerWish codes of her profile, `figures` which drawings she is shown.
    """
    return {
        "key": todo.session.key,
        "kind": todo.session.kind,
        "title": todo.session.title,
        "minutes": todo.minutes,
        "addresses": addresses,
        "exercises": {item.number - 1: _exercise(item, figures) for item in todo.items},
        "steps": [_step(step, todo.items[step.exercise_index].exercise) for step in todo.steps],
        "easier": {item.number - 1: _easier_steps(item, todo) for item in todo.items if not item.is_easier},
        "forms": {form.name: [item.number - 1 for item in form.todo.items] for form in shorter_forms(todo)},
        "sitting": _sitting(sitting),
        "wishes": wishes,
    }


def logs_of_today(enrollment, now):
    """The member's SessionLogs of today, oldest first (one query)."""
    today = timezone.localdate(now)
    since = now - timedelta(days=2)
    logs = SessionLog.objects.filter(enrollment=enrollment, finished_at__gte=since).order_by("finished_at")
    return [log for log in logs if timezone.localdate(log.finished_at) == today]


def sittings_of(logs):
    """The latest of these SessionLogs (oldest first) for each session key."""
    return {log.session_key: log for log in logs}


def _sitting(log):
    if log is None:
        return None
    return {
        "id": str(log.client_id),
        "startedAt": log.started_at.isoformat(),
        "seenAt": log.finished_at.isoformat(),
        "steps": log.steps_done,
    }


def _exercise(item, figures):
    exercise = item.exercise
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
        "cautions": item.cautions,
        "sides": item.sides,
        "sideNote": exercise.side_note,
        "sets": item.dose.sets,
        "alternates": ALTERNATING in exercise.tags,
        "pace": _pace(exercise),
        "figure": drawn.moving,
        "still": drawn.still,
        **own_media(exercise),
    }


def _pace(exercise):
    """Seconds in and out where slow breathing is the exercise itself; None where the movement leads."""
    rests = exercise.focus == Focus.BREATHING or (
        exercise.focus == Focus.PELVIC_FLOOR and not exercise.facts.squeezes
    )
    return SLOW_BREATH if rests and exercise.mode == Mode.TIMED else None


def _step(step, exercise):
    return {
        "id": step.id,
        "kind": step.kind,
        "exercise": step.exercise_index,
        "set": step.set_number,
        "side": step.side_number,
        "seconds": step.seconds,
        **({"reps": step.reps, "phases": _phases(step.tempo, exercise)} if step.tempo else {}),
    }


def _phases(tempo, exercise):
    """The parts of one repetition in order, [name, seconds]: she lifts on the breath out, lowers on the breath in."""
    order = IN_OUT if IN_FIRST in exercise.tags else OUT_IN
    return [[name, getattr(tempo, name)] for name in order if getattr(tempo, name)]


def _easier_steps(item, todo):
    """The steps of one exercise in its easier version, with the ids they have in the whole session."""
    prescription: Prescription = item.adapted.prescription
    easier = replace(prescription, dose=easier_dose(prescription.dose, item.exercise.focus))
    number, steps = item.number, build_timeline([easier], todo.session.setup_seconds)
    moved = (
        replace(step, id=f"{number}.{step.id.partition('.')[2]}", exercise_index=number - 1) for step in steps
    )
    return [_step(step, item.exercise) for step in moved]
