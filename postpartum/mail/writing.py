"""Queueing of our own mails, from the text templates of `templates/mail/`."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from common.practice import practice_details


def site_address(name: str, *args: Any) -> str:
    """Return the absolute URL of a named page, for mails."""
    return settings.SITE_URL + reverse(name, args=args)


def text_of(template: str, context: dict[str, Any]) -> str:
    """Return the rendered text of `mail/<template>.txt`."""
    common = {"practice": practice_details(), "site_url": settings.SITE_URL}
    return render_to_string(f"mail/{template}.txt", common | context).strip() + "\n"


def write(to: str, subject: str, template: str, context: dict[str, Any], *, stop: str | None = None) -> None:
    """Queue a mail. `stop` is its unsubscribe link; without one the mail answers something the recipient did.

    A subject never says anything about health.
    """
    headers = {}
    if stop:
        context = context | {"stop": stop}
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject, text_of(template, context), to=[to], headers=headers).send()
