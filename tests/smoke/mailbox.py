"""The mails a site has written into files, as `--production` does until a mail server is named."""

import email
import email.policy
import re
import time

AFTER_EACH = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes when a mail is whole
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)
PATIENCE = 30  # seconds the worker gets


class Mailbox:
    """All mails of a site, whoever they are to."""

    def __init__(self, folder, address):
        self._folder, self._address = folder, address

    def wait_for(self, to, subject, patience=PATIENCE):
        """The newest mail to `to` whose subject holds `subject`, waiting until it is there."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = [mail for mail in self.all() if mail["To"] == to and subject in mail["Subject"]]
            if found:
                return Mail(found[-1], self._address)
            time.sleep(0.1)
        raise AssertionError(f"No “{subject}” to {to} in {patience} s; there are {self.subjects()}.")

    def all(self):
        """Every mail, the oldest first."""
        files = sorted(self._folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        texts = [text for file in files for text in file.read_bytes().split(AFTER_EACH)[:-1]]
        return [email.message_from_bytes(text, policy=email.policy.default) for text in texts]

    def subjects(self):
        """(to, subject) of all."""
        return [(mail["To"], mail["Subject"]) for mail in self.all()]


class Mail:
    """A mail as whoever gets it reads it."""

    def __init__(self, message, address):
        self.message = message
        self.text = message.get_body(("plain",)).get_content()
        self._links = re.compile(re.escape(address) + r"(/\S*)")

    @property
    def code(self):
        """The code to type."""
        return CODE.search(self.text)[1]

    def link(self, part):
        """The path of the first link that holds `part`."""
        return next(path for path in self._links.findall(self.text) if part in path)
