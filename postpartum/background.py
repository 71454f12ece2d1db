"""Background work and how often it runs.

Every task is a row that says when it is due, claimed by a row lock: the rows are the queue. A worker that is killed
leaves nothing to clean up, several may run side by side, and every periodic duty may run late or twice.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseError
from django.utils import timezone

from accounts.ended_sessions import forget_ended_sessions
from blog.importers.background import forget_old_uploads, start_waiting_import
from blog.services.digests import send_digests
from common.kept_uploads import forget_kept_uploads
from common.limits import remove_expired
from postpartum.invitations import forget_old_invitations
from postpartum.kept_pages.changes import forget_seen_changes
from postpartum.mail.sending import remove_old, send_next
from postpartum.newsletter.sending import send_next_newsletter
from postpartum.newsletter.subscriptions import forget_unconfirmed
from postpartum.privacy.erasure import erase_inactive, erase_next, warn_inactive
from postpartum.privacy.exports import make_next_export, remove_old_exports
from postpartum.red_flag_comments import open_missed
from postpartum.reminders.sending import send_next_reminder
from postpartum.text_overrides.lookup import reload_overrides
from postpartum.wellness import note_worker

Task = Callable[[datetime], object]

log = logging.getLogger(__name__)

# Called repeatedly, one task each call, as long as they return True: there may be more.
QUEUES = (send_next, send_next_reminder, send_next_newsletter, make_next_export, erase_next)
FAILED = object()


@dataclass
class Periodic:
    """A duty that runs every so often and finds by itself what is due."""

    duty: Task
    every: timedelta
    last: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Return whether the interval is over; true at the start of a worker."""
        return self.last is None or now - self.last >= self.every


def periodic_duties() -> list[Periodic]:
    """Return the periodic duties of one worker, none of which has run yet."""
    return [
        Periodic(note_worker, timedelta(seconds=10)),
        Periodic(reload_overrides, timedelta(seconds=30)),
        Periodic(start_waiting_import, timedelta(seconds=2)),
        Periodic(open_missed, timedelta(minutes=1)),
        Periodic(send_digests, timedelta(minutes=1)),
        Periodic(remove_old, timedelta(days=1)),
        Periodic(forget_old_uploads, timedelta(days=1)),
        Periodic(forget_ended_sessions, timedelta(days=1)),
        Periodic(forget_unconfirmed, timedelta(days=1)),
        Periodic(forget_old_invitations, timedelta(days=1)),
        Periodic(forget_kept_uploads, timedelta(hours=1)),
        Periodic(remove_old_exports, timedelta(hours=1)),
        Periodic(remove_expired, timedelta(hours=1)),
        Periodic(forget_seen_changes, timedelta(hours=1)),
        Periodic(warn_inactive, timedelta(days=1)),
        Periodic(erase_inactive, timedelta(days=1)),
    ]


def work_once(
    duties: list[Periodic], should_stop: Callable[[], bool] = lambda: False, queues: Sequence[Task] = QUEUES
) -> bool:
    """Run the duties that are due, then empty the queues, whose tasks hold up no duty. Return whether anything failed."""
    failed = _run_due(duties, should_stop)
    for queue in queues:
        while not should_stop():
            answer = _try(queue)
            failed |= answer is FAILED
            if answer is not True:
                break
            failed |= _run_due(duties, should_stop)
    return failed


def _run_due(duties: list[Periodic], should_stop: Callable[[], bool]) -> bool:
    """Run the duties that are due. Return whether any failed."""
    failed = False
    for one in duties:
        now = timezone.now()
        if one.is_due(now) and not should_stop():
            one.last = now
            failed |= _try(one.duty) is FAILED
    return failed


def _try(duty: Task) -> object:
    """Run one task. Return its result, or FAILED after logging the failure without personal data."""
    try:
        return duty(timezone.now())
    except DatabaseError as error:
        log.warning("%s: the database says %s", duty.__name__, type(error).__name__)
    except Exception:
        log.exception("%s failed", duty.__name__)
    return FAILED
