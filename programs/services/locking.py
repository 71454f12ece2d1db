"""How every verb of the journey begins: nobody else changes this enrollment until the transaction ends."""

from programs.models import Enrollment


def locked(enrollment):
    """The enrollment as it is now, locked, with its participant and screening. Call it in a transaction."""
    fresh = Enrollment.objects.select_for_update(of=("self",)).select_related("participant", "screening")
    return fresh.get(pk=enrollment.pk)
