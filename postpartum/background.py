"""What is done in the background, and how often.

Every piece of work is a row that says what it waits for, claimed by a row lock: the rows are the queue. A worker that
is killed therefore leaves nothing to clean up, several may run side by side, and each duty may run late or twice.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseError
from django.utils import timezone

from blog.importers.background import forget_old_uploads, start_waiting_import
from common.limits import remove_expired
from postpartum.mail.sending import remove_old, send_next
from postpartum.newsletter.sending import send_next_newsletter
from postpartum.newsletter.subscriptions import forget_unconfirmed
from postpartum.privacy.erasure import erase_inactive, erase_next, warn_inactive
from postpartum.privacy.exports import make_next_export, remove_old_exports
from postpartum.red_flag_comments import open_missed
from postpartum.reminders.sending import send_next_reminder
from postpartum.text_overrides.catalog import read_words

log = logging.getLogger(__name__)

# Called again and again, each call one piece of work, as long as it answers True: there may be more.
QUEUES = (send_next, send_next_reminder, send_next_newsletter, make_next_export, erase_next)
FAILED = object()


@dataclass
class Round:
    """A duty done every so often; it finds by itself what is due."""

    duty: object
    every: timedelta
    last: datetime | None = None

    def is_due(self, now):
        """Whether it is time again; at a worker's start it is."""
        return self.last is None or now - self.last >= self.every


def rounds():
    """The rounds of one worker, none of them gone yet."""
    return [
        Round(read_words, timedelta(seconds=30)),
        Round(start_waiting_import, timedelta(seconds=2)),
        Round(open_missed, timedelta(minutes=1)),
        Round(remove_old, timedelta(days=1)),
        Round(forget_old_uploads, timedelta(days=1)),
        Round(forget_unconfirmed, timedelta(days=1)),
        Round(remove_old_exports, timedelta(hours=1)),
        Round(remove_expired, timedelta(hours=1)),
        Round(warn_inactive, timedelta(days=1)),
        Round(erase_inactive, timedelta(days=1)),
    ]


def work_once(all_rounds, should_stop=lambda: False, queues=QUEUES):
    """Go the rounds that are due, then empty the queues. Whether anything failed: then it is wise to wait a little."""
    failed = False
    for one in all_rounds:
        now = timezone.now()
        if one.is_due(now) and not should_stop():
            one.last = now
            failed |= _try(one.duty) is FAILED
    for queue in queues:
        while not should_stop():
            answer = _try(queue)
            failed |= answer is FAILED
            if answer is not True:
                break
    return failed


def _try(duty):
    """Do one piece of work: what it answers, or FAILED, which the log tells without a person's words."""
    try:
        return duty(timezone.now())
    except DatabaseError as error:
        log.warning("%s: the database says %s", duty.__name__, type(error).__name__)
    except Exception:
        log.exception("%s failed", duty.__name__)
    return FAILED
