"""What the therapist did for a member, in words for the desk; the models have those for the member."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By CareAction.Kind.
DONE_FOR_HER: dict[str, Promise] = {
    "message": _("wrote to her"),
    "hold": _("let her program wait"),
    "unlock": _("opened her program again"),
    "step_back": _("gave her a gentler week"),
    "agree": _("agreed that she exercises with her symptom, and opened her program again"),
    "clear": _("agreed that she goes on with mild, steady symptoms"),
    "resolve": _("looked at what she reported"),
    "seen": _("thought of her"),
}
