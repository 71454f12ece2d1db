"""Development only: every mail the site has sent, to read in the browser."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from postpartum.models import Mail

NEWEST = 50


@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    """List the newest mails as the worker wrote them, and how many are queued."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    waiting = Mail.objects.filter(state=Mail.State.WAITING).count()
    return render(request, "dev_mail.html", {"mails": [_shown(mail) for mail in mails], "waiting": waiting})


def _shown(mail: EmailMessage) -> dict[str, Any]:
    body = mail.get_body(("plain",))
    return {
        "subject": mail["Subject"],
        "to": mail["To"],
        "date": mail["Date"],
        "text": body.get_content() if body else "",
    }
