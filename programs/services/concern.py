"""The verbs that put something before the therapist's eyes, and that settle it."""

from datetime import timedelta

from programs.models import Concern
from programs.rules.vocabulary import Urgency

SETTLED_FOR = timedelta(days=28)  # after so long the same thing is worth another look
MOST_TIMES = 50


def open_concerns(participant_id, marks, at, **source):
    """One Concern for each of `marks` (ConcernMark), resting on `source` (check_in=…, decision=…, …).

    What follows in the same state is added to the concern that is there: one a state, not one a week. A comment
    is one of its own. Sent twice it is one; call it in the
    transaction that stores the source.
    """
    for mark in marks:
        if Concern.objects.filter(participant_id=participant_id, code=mark.code, **source).exists():
            continue
        is_apart = participant_id is None or "comment_number" in source
        state = None if is_apart else _same_state(participant_id, mark, at)
        if state:
            _add(state, mark, at)
        else:
            Concern.objects.create(
                participant_id=participant_id,
                code=mark.code,
                urgency=mark.urgency,
                facts={"because": list(mark.because)},
                opened_at=at,
                **source,
            )


def _same_state(participant_id, mark, at):
    """The concern of the state that goes on: an open one; or one lately settled, of a routine thing that is the same.

    What is for now or today is never added to what was settled: it opens anew.
    """
    newest = Concern.objects.filter(participant_id=participant_id, code=mark.code).first()
    if newest is None or newest.resolved_at is None:
        return newest
    is_same = set(mark.because) <= set(newest.facts.get("because", ()))
    is_late = at - newest.resolved_at > SETTLED_FOR
    return newest if mark.urgency == Urgency.ROUTINE and is_same and not is_late else None


def _add(concern, mark, at):
    """Add what was found again: its reasons, its time, and its urgency where that is greater."""
    facts = dict(concern.facts)
    facts["because"] = list(dict.fromkeys([*facts.get("because", ()), *mark.because]))
    facts["again"] = [*facts.get("again", ()), at.isoformat()][-MOST_TIMES:]
    concern.facts, concern.urgency = facts, Urgency.worst([Urgency(concern.urgency), mark.urgency])
    concern.save(update_fields=["facts", "urgency"])


def settle_concern(concern, by, note, now):
    """Take it off the list, with the note that says why; one that is settled keeps its first note."""
    Concern.objects.filter(pk=concern.pk, resolved_at=None).update(resolved_at=now, resolved_by=by, note=note)
