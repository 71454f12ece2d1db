"""Mail backend for development and trials: one file a mail, named by its Message-ID, so that writing it again is idempotent."""

import os
from collections.abc import Iterable, Sequence
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Writes each mail atomically."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Write the messages under EMAIL_FILE_PATH. Return their number."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            mime = message.message()
            name = sha256(mime["Message-ID"].encode()).hexdigest()[:32]
            draft = folder / f"{name}.{os.getpid()}.part"
            draft.write_bytes(mime.as_bytes())
            draft.replace(folder / f"{name}.eml")
        return len(messages)


def delete_mails_to(addresses: Iterable[str]) -> None:
    """Delete the files of mails to these addresses, a half-written one included; nothing where mails are not files."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    sought = {address.lower() for address in addresses}
    for path in Path(folder).glob("*.*") if folder else ():
        headers = BytesHeaderParser().parsebytes(path.read_bytes())
        if sought & {address.lower() for _, address in getaddresses(headers.get_all("To", []))}:
            path.unlink(missing_ok=True)
