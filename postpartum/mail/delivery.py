"""How mail leaves this site, as the operator has set it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Delivery:
    """By what mail leaves, in words; `leaves` is False where it only becomes files on the server."""

    words: str
    sender: str
    leaves: bool = True


def delivery() -> Delivery:
    """Return how mail leaves with the current settings."""
    backend, sender = settings.MAIL_DELIVERY_BACKEND, settings.PRACTICE["email"]
    if backend.startswith("anymail."):
        return Delivery(_("The service %(name)s") % {"name": backend.split(".")[2].title()}, sender)
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return Delivery(_("The mail server %(server)s") % {"server": server}, sender)
    return Delivery(_("Nothing yet: mail is written to files on the server"), sender, leaves=False)
