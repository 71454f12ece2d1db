"""In development: every mail the site has sent, to read in the browser."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from postpartum.models import Mail

NEWEST = 50


@require_safe
def dev_mail(request):
    """The newest mails first, as the worker wrote them; and how many still wait for it."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    waiting = Mail.objects.filter(state=Mail.State.WAITING).count()
    return render(request, "dev_mail.html", {"mails": [_shown(mail) for mail in mails], "waiting": waiting})


def _shown(mail):
    body = mail.get_body(("plain",))
    return {
        "subject": mail["Subject"],
        "to": mail["To"],
        "date": mail["Date"],
        "text": body.get_content() if body else "",
    }
