"""What the therapist does for a member, and the mail that says there is something to read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum.mail.writing import site_address, write
from programs.models import CareAction, Participant
from programs.services.care import Care, care_for

Kind = CareAction.Kind
NOTIFIED = {Kind.MESSAGE, Kind.AGREE, Kind.CLEAR, Kind.HOLD, Kind.UNLOCK, Kind.STEP_BACK, Kind.RESOLVE}
DONE = {
    Kind.MESSAGE: gettext_lazy("your note is on her page"),
    Kind.AGREE: gettext_lazy("she may exercise with her symptom, and her program is open again"),
    Kind.CLEAR: gettext_lazy("she goes on with the easier versions"),
    Kind.HOLD: gettext_lazy("her program waits"),
    Kind.UNLOCK: gettext_lazy("her program is open again"),
    Kind.STEP_BACK: gettext_lazy("she goes one week back"),
    Kind.RESOLVE: gettext_lazy("the concern is settled"),
}


@transaction.atomic
def act_and_notify(participant: Participant, care: Care, now: datetime) -> list[CareAction]:
    """Carry out `care` and queue a mail that says nothing about health. Return the actions that were new.

    Raise what programs.services.care.care_for raises.
    """
    done = care_for(participant, care, now)
    if any(action.kind in NOTIFIED for action in done):
        context = {
            "name": participant.user.get_short_name(),
            "by": care.by,
            "link": site_address("decisions"),
        }
        write(participant.user.email, _("Your therapist has written to you"), "from_the_desk", context)
    return done


def done_words(care: Care) -> str:
    """Return what was done, for the next page. It names nobody, since messages travel in a cookie."""
    done = ", ".join(str(DONE[kind]) for kind in care.kinds)
    return _("Done: %(done)s. An email tells her that there is something to read.") % {"done": done}
