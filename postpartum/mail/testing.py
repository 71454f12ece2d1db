"""A test mail that goes the way of all mail, so that whoever sets up the site sees whether mail leaves."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.limits import Limit
from common.prepared import Parameter
from postpartum.mail.writing import write
from postpartum.models import Mail

SUBJECT = _("A test from your site")
TESTS = Limit("test mail", 1, 30)


@transaction.atomic
def queue_test_mail(user: User, now: datetime) -> int:
    """Queue a test mail to the user. Return 0, or the seconds to wait where one was sent a moment ago."""
    wait = TESTS.of(user.pk).hit(now)
    if not wait:
        write(user.email, str(SUBJECT), "test", {})
    return wait


def sent_tests(subject: str | Parameter | None = None) -> QuerySet[Mail]:
    """Select the test mails, to anybody, that left; their subject is SUBJECT in the current words."""
    return Mail.objects.filter(state=Mail.State.SENT, subject=subject or str(SUBJECT))


def last_test_of(user: User) -> Mail | None:
    """Return the last test mail to the user (one query)."""
    return Mail.objects.to([user.email]).filter(subject=str(SUBJECT)).order_by("-pk").first()
