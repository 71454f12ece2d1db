"""What one tap may answer for her in a check-in: only what was fine the last time, in words that name it."""

from programs.rules.vocabulary import CheckInKind, SessionKind

# By kind of check-in, in the order shown: question → the answers that are fine, the first where none is known.
FINE = {
    CheckInKind.BEFORE: {
        "pain": (0,),
        "heaviness": (0,),
        "leak": (0,),
        "bowelLeak": (False,),
        "bleeding": ("none", "same"),
        "scar": ("na", "ok"),
        "lastResponse": ("same_or_better",),
    },
    CheckInKind.AFTER: {
        "painMax": (0,),
        "heaviness": (0,),
        "leak": (0,),
        "bowelLeak": (False,),
        "doming": ("none",),
        "pfRelease": ("yes",),
        "bleeding": ("none", "same"),
        "scar": ("na", "ok"),
    },
}
# The answers of a screening in the words of a check-in, for her first one.
SCREENED = {
    "bleeding": {"none": "none", "lighter": "same"},
    "scar": {"na": "na", "mild": "ok"},
}
SHARED = {"bleeding", "scar", "lastResponse"}  # asked by more than one kind of check-in in the same words
RECENT = 8
NOT_KNOWN = object()


def suggested_answers(journey, kind):
    """Question → answer for all that one tap may answer in a check-in of `kind` (one query).

    What was not fine the last time it was asked is left out, and so asked by itself.
    """
    last = _last_answers(journey, kind)
    fine = {}
    for name, answers in FINE.get(kind, {}).items():
        told = last.get(name, NOT_KNOWN)
        if told is NOT_KNOWN or told in answers:
            fine[name] = answers[0] if told is NOT_KNOWN else told
    return fine


def _last_answers(journey, kind):
    """Her last answers: those of this kind of check-in, and of what several kinds ask the newest of any."""
    given = journey.enrollment.screening.answers
    told = {
        "bleeding": SCREENED["bleeding"].get(given.get("bleeding")),
        "scar": SCREENED["scar"].get(given.get("wound")),
    }
    for row in journey.recent_check_ins[-RECENT:]:
        shared = (
            row.answers
            if row.kind == kind
            else {name: row.answers[name] for name in SHARED & row.answers.keys()}
        )
        told |= shared
    if told.get("lastResponse") == "first":
        del told["lastResponse"]
    return told


def known_answers(journey, kind, todo=None):
    """What need not be asked: that there was no session yet; that this one (`todo`) had no squeezes (one query)."""
    if kind == CheckInKind.BEFORE:
        sessions = any(log.kind == SessionKind.SESSION for log in journey.logs)
        return {} if sessions or journey.last_session else {"lastResponse": "first"}
    if kind == CheckInKind.AFTER and todo and not any(item.exercise.facts.squeezes for item in todo.items):
        return {"pfRelease": "na"}
    return {}
