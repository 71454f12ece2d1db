"""Lock an enrollment, as every transaction on a journey does first."""

from __future__ import annotations

from programs.models import Enrollment


def locked(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment re-read and locked until the transaction ends, with its participant and screening.

    Raise Enrollment.DoesNotExist where it has been erased meanwhile.
    """
    fresh: Enrollment | None = Enrollment.objects.lock(enrollment.pk)
    if fresh is None:
        raise Enrollment.DoesNotExist
    return fresh
