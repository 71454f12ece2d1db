"""What the player in the browser is given: today's session as plain data."""


def player_data(todo, log_url, done_url):
    """A dict for `json_script`; `steps` is the timeline, each step naming its exercise by index."""
    return {
        "key": todo.session.key,
        "title": todo.session.title,
        "minutes": todo.minutes,
        "logUrl": log_url,
        "doneUrl": done_url,
        "exercises": [_exercise(item) for item in todo.items],
        "steps": [_step(step) for step in todo.steps],
    }


def _exercise(item):
    exercise = item.exercise
    return {
        "slug": exercise.slug,
        "name": exercise.name,
        "focus": exercise.focus,
        "easier": item.is_easier,
        "easierText": exercise.easier_text,
        "steps": exercise.steps,
        "inhale": exercise.inhale_cue,
        "exhale": exercise.exhale_cue,
        "cues": exercise.form_cues,
        "cautions": item.cautions,
        "sides": item.sides,
        "sideNote": exercise.side_note,
    }


def _step(step):
    tempo = step.tempo
    return {
        "id": step.id,
        "kind": step.kind,
        "exercise": step.exercise_index,
        "set": step.set_number,
        "side": step.side_number,
        "reps": step.reps,
        "tempo": [tempo.lift, tempo.hold, tempo.lower, tempo.relax] if tempo else None,
        "seconds": step.seconds,
    }
