"""The verbs that put something before the therapist's eyes, and that settle it."""

from programs.models import Concern


def open_concerns(participant_id, marks, at, **source):
    """One Concern for each of `marks` (ConcernMark), resting on `source` (check_in=…, decision=…, …).

    `participant_id` may be None for a comment. Sent twice it is one; call it in the transaction that keeps the
    source.
    """
    for mark in marks:
        Concern.objects.get_or_create(
            participant_id=participant_id,
            code=mark.code,
            **source,
            defaults={"urgency": mark.urgency, "facts": {"because": list(mark.because)}, "opened_at": at},
        )


def settle_concern(concern, by, note, now):
    """Take it off the list, with the note that says why; one that is settled keeps its first note."""
    Concern.objects.filter(pk=concern.pk, resolved_at=None).update(resolved_at=now, resolved_by=by, note=note)
