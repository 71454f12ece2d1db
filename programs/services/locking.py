"""Lock an enrollment, as every transaction on a journey does first."""

from __future__ import annotations

from programs.models import Enrollment


def locked(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment re-read and locked until the transaction ends, with its participant and screening.

    The answers of the screening are left out: decrypting them takes time, and what they lead to is in its flags.
    """
    fresh = Enrollment.objects.select_for_update(of=("self",)).select_related("participant", "screening")
    return fresh.defer("screening__answers").get(pk=enrollment.pk)
