"""Compare what the site said it has with what is there, and the mails with their causes."""

import mailbox
import urllib.request
from collections import Counter, defaultdict

from bench.cluster.installation import Installation
from bench.cluster.traffic import content_of, seconds_until

COMMENTS = "SELECT body FROM blog_comment WHERE body LIKE 'Comment number %'"
SESSIONS = "SELECT client_id::text FROM programs_sessionlog WHERE client_id IS NOT NULL"
FILES = "SELECT name, key FROM blog_document"
WAITING = "SELECT FROM postpartum_mail WHERE state = 'waiting'"
PATIENCE = 60  # seconds for the workers to send the last mails


def compare(site: Installation, taken: dict[str, set[str]]) -> dict[str, int]:
    """Return how many acknowledged writes there were, how many of them are lost or doubled, and so with the mails.

    A file counts as there only where the site serves it as it was uploaded.
    """
    found = {
        "comments": Counter(body for (body,) in site.ask(COMMENTS, 20)),
        "sessions": Counter(key for (key,) in site.ask(SESSIONS, 20)),
        "files": Counter(name for name, key in site.ask(FILES, 20) if served(site, name, key)),
    }
    seconds_until(lambda: not site.ask(WAITING), PATIENCE)
    mails = deliveries(site)
    return {
        **{f"{what} acknowledged": len(taken[what]) for what in found},
        "lost": sum(len(taken[what] - rows.keys()) for what, rows in found.items()),
        "doubled": sum(number > 1 for rows in found.values() for number in rows.values()),
        "mails": len(mails),
        "mails doubled": sum(len(times) > 1 for times in mails.values()),
        "mails not sent": len(site.ask(WAITING)),
    }


def served(site: Installation, name: str, key: str) -> bool:
    """Return whether a document can be downloaded as it was uploaded."""
    with urllib.request.urlopen(f"{site.address}/articles/files/{key}/{name}", timeout=30) as answer:
        return answer.read().decode() == content_of(name)


def deliveries(site: Installation) -> dict[str, list[float]]:
    """Return when the mail server took each mail, by its Message-ID, in seconds since the epoch."""
    taken = defaultdict(list)
    for mail in mailbox.Maildir(site.mails, create=False):
        taken[str(mail["Message-ID"])].append(mail.get_date())
    return taken
