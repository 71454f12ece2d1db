"""What this room holds about one person, counted in plain words."""

from django.utils.translation import gettext as _

from programs.models import CheckIn, Concern, Decision, Enrollment, Screening, SessionLog


def held_about(user):
    """A list of (what, how many) of `user`'s rows; one query each."""
    return [
        (_("Safety questionnaires"), Screening.objects.filter(participant__user=user).count()),
        (_("Places in the program, with birth date and kind of birth"), Enrollment.objects.of(user).count()),
        (_("Sessions you logged"), SessionLog.objects.filter(enrollment__participant__user=user).count()),
        (_("Check-ins"), CheckIn.objects.filter(enrollment__participant__user=user).count()),
        (
            _("Decisions about your program"),
            Decision.objects.filter(enrollment__participant__user=user).count(),
        ),
        (_("Notes for your therapist's eyes"), Concern.objects.filter(participant__user=user).count()),
    ]
