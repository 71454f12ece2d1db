"""Write one of our own mails: a text template of `templates/mail/`, queued with its cause."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse


def site_address(name, *args):
    """A full address of this site, for mails."""
    return settings.SITE_URL + reverse(name, args=args)


def text_of(template, context):
    """The text of `mail/<template>.txt`."""
    common = {"practice": settings.PRACTICE, "site_url": settings.SITE_URL}
    return render_to_string(f"mail/{template}.txt", common | context).strip() + "\n"


def write(to, subject, template, context, *, stop=None):
    """Queue the mail. `stop` is the address that ends mails of this kind; without it the mail is part of a deed of hers.

    A subject never says anything about health.
    """
    headers = {}
    if stop:
        context = context | {"stop": stop}
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject, text_of(template, context), to=[to], headers=headers).send()
