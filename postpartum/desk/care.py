"""What the therapist does for a mother, and the mail that tells her that there is something to read."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum.mail.writing import site_address, write
from programs.models import CareAction
from programs.services.care import care_for

Kind = CareAction.Kind
TOLD = {Kind.MESSAGE, Kind.HOLD, Kind.UNLOCK, Kind.STEP_BACK, Kind.RESOLVE}
DONE = {
    Kind.MESSAGE: gettext_lazy("your note is on her page"),
    Kind.HOLD: gettext_lazy("her program waits"),
    Kind.UNLOCK: gettext_lazy("her program is open again"),
    Kind.STEP_BACK: gettext_lazy("she goes one week back"),
    Kind.RESOLVE: gettext_lazy("the concern is settled"),
}


@transaction.atomic
def do_and_tell(participant, care, now):
    """Carry out `care`, and queue a mail without a word about health. Returns what was new.

    Raises programs.services.care.NothingToDo.
    """
    done = care_for(participant, care, now)
    if any(action.kind in TOLD for action in done):
        context = {
            "name": participant.user.get_short_name(),
            "by": care.by,
            "link": site_address("decisions"),
        }
        write(participant.user.email, _("Your therapist has written to you"), "from_the_desk", context)
    return done


def done_words(care):
    """What was done, for the page that follows. Nobody's name: the message travels in a cookie."""
    done = ", ".join(str(DONE[kind]) for kind in care.kinds)
    return _("Done: %(done)s. She is told by mail that there is something to read.") % {"done": done}
