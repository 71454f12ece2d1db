"""The verb that puts something before the therapist's eyes."""

from programs.models import Concern


def open_concerns(participant_id, marks, at, **source):
    """One Concern for each of `marks` (ConcernMark), resting on `source` (check_in=…, decision=…, …).

    Sent twice it is one; call it in the transaction that keeps the source.
    """
    for mark in marks:
        Concern.objects.get_or_create(
            participant_id=participant_id,
            code=mark.code,
            **source,
            defaults={"urgency": mark.urgency, "facts": {"because": list(mark.because)}, "opened_at": at},
        )
