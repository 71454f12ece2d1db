"""In development: every mail the site has sent, to read in the browser."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

SEPARATOR = b"-" * 79 + b"\n"


@require_safe
def dev_mail(request):
    """The newest mails first, as kept by Django's file backend."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:50]
    mails = [
        message_from_bytes(part, policy=policy.default)
        for path in files
        for part in reversed(path.read_bytes().split(SEPARATOR))
        if part.strip()
    ]
    return render(request, "dev_mail.html", {"mails": [_shown(mail) for mail in mails]})


def _shown(mail):
    body = mail.get_body(("plain", "html"))
    return {
        "subject": mail["Subject"],
        "to": mail["To"],
        "date": mail["Date"],
        "text": body.get_content() if body else "",
    }
