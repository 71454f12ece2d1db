"""What is missing before real people use the site, for the first page of the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.models import Page
from common.addresses import address_of
from common.practice import practice_details
from common.prepared import Parameter, PreparedQuery
from postpartum.desk.guide import MAIL
from postpartum.mail.delivery import delivery
from postpartum.mail.testing import SUBJECT, sent_tests
from postpartum.models import BackupRun, Practice
from programs.models import Country, Release, SupportLine

BACKUP_EVERY = timedelta(days=7)
WORDS = {
    "named": _("Say whose practice this is"),
    "mail": _("Send a test email to yourself, and see that it left"),
    "signed_off": _("Read the program, and sign off the release that mothers begin with"),
    "numbers": _("Call the emergency numbers of your country, and note the day"),
    "privacy": _("Complete the privacy page, have it read by a lawyer, and publish it"),
    "backup": _("Ask whoever runs the server for a backup: none was made in the last week"),
}


@dataclass(frozen=True)
class Missing:
    """What is missing, in words, and where it is done; "" where only the operator can do it."""

    words: str | Promise
    address: str


def missing_for_real_people(user: User, now: datetime) -> list[Missing]:
    """Return what is missing, in the order to do it (one query)."""
    country = practice_details()["country"]
    [found] = DONE(user=user.pk, country=country, subject=str(SUBJECT), now=now, since=now - BACKUP_EVERY)
    done = {key: getattr(found, key) for key in WORDS}
    done["named"] |= settings.PRACTICE_IS_NAMED
    done["mail"] &= delivery().leaves
    return [Missing(words, _address(key, country)) for key, words in WORDS.items() if not done[key]]


def _account_with_what_is_done() -> QuerySet[User]:
    """Select an account, annotated with whether each of WORDS is done."""
    newest = Release.objects.order_by("-published_at").values("pk")[:1]
    signed = Q(published_by__isnull=False) | Q(signed_off_at__isnull=False)
    unchecked = SupportLine.objects.filter(country=OuterRef("pk"), checked_on=None)
    checked = Country.objects.filter(pk=Parameter("country"), checked_on__isnull=False).filter(
        ~Exists(unchecked)
    )
    privacy = Page.objects.published_pages(Parameter("now")).filter(slug="privacy")
    return (
        get_user_model()
        .objects.filter(pk=Parameter("user"))
        .only("pk")
        .annotate(
            named=Exists(Practice.objects.exclude(name="")),
            mail=Exists(sent_tests(Parameter("subject"))),
            signed_off=Exists(Release.objects.filter(signed, pk__in=newest)),
            numbers=Exists(checked),
            privacy=Exists(privacy),
            backup=Exists(BackupRun.objects.filter(made_at__gt=Parameter("since"))),
        )
    )


DONE = PreparedQuery(_account_with_what_is_done)


def _address(key: str, country: str) -> str:
    """Return the page on which it is done."""
    step = "admin:desk_practice_step"
    match key:
        case "named":
            return address_of("admin:desk_practice")
        case "mail":
            return address_of(step, MAIL)
        case "signed_off":
            return address_of("admin:desk_program")
        case "numbers" if country:
            return address_of("admin:programs_country_change", country)
        case "numbers":
            return address_of(step, "contact")
        case "privacy":
            return f"{address_of('admin:blog_page_changelist')}?slug=privacy"
    return ""
