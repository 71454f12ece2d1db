"""Names that members give themselves, looked at for words of danger: at sign-up and in the profile."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.danger_words import needs_help
from postpartum.red_flag_comments import open_concern_of_words

HELP_TAG = "help"  # a message with this tag is shown as the note with the lines to call


def look_at_names(request: HttpRequest, user: User, **signal: Any) -> None:
    """Offer help on the next page for words of danger in the names of `user`, and tell the desk of a red flag.

    Nothing is refused. Receives allauth's user_signed_up.
    """
    names = (user.name, user.pen_name)
    if needs_help(*names):
        messages.info(request, _("You are not alone"), extra_tags=HELP_TAG)
        open_concern_of_words(user, "\n".join(names), timezone.now())
