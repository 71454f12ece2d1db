"""What is missing before real people use the site: told one by one, and gone when complete."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Page
from blog.services import publish_page
from common.practice import override_practice
from postpartum.desk.readiness import WORDS
from postpartum.mail.sending import KEEP_SENT, remove_old
from postpartum.mail.testing import SUBJECT
from postpartum.models import BackupRun, Mail
from postpartum.practice import save_practice
from programs.models import Concern, Country, SupportLine
from programs.rules.vocabulary import Urgency

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


@pytest.fixture(autouse=True)
def nothing_said():
    """The details belong to the process."""
    yield
    override_practice({})


@pytest.fixture
def still(as_therapist):
    """A function that returns the keys of what the first page says is missing."""

    def still():
        page = as_therapist.get(DESK).text
        return [key for key, words in WORDS.items() if str(words) in page]

    return still


def test_each_is_told_until_it_is_done(
    still, as_therapist, therapist, program, settings, django_capture_on_commit_callbacks
):
    now = timezone.now()
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert still() == list(WORDS)

    with django_capture_on_commit_callbacks(execute=True):
        save_practice({"name": "Soft Ground", "country_id": "CA"}, therapist, now)
    assert "named" not in still()
    Mail.objects.create(
        message_id="<1@x>", recipients=["a@example.org"], subject="Hello", state=Mail.State.SENT
    )
    assert "mail" in still()
    test = Mail.objects.create(
        message_id="<2@x>", recipients=["a@example.org"], subject=str(SUBJECT), state=Mail.State.SENT
    )
    Mail.objects.filter(pk=test.pk).update(changed_at=now - 2 * KEEP_SENT)
    remove_old(now)
    assert "mail" not in still()
    as_therapist.post(reverse("admin:desk_sign_off", args=[program.pk]))
    assert "signed_off" not in still()
    Country.objects.filter(pk="CA").update(checked_on=now.date())
    SupportLine.objects.update(checked_on=now.date())
    assert "numbers" not in still()
    publish_page(Page.objects.create(title="Privacy", slug="privacy"), "<p>We store little.</p>", now)
    assert still() == ["backup"]
    BackupRun.objects.create(made_at=now - timedelta(days=8))
    assert still() == ["backup"]
    BackupRun.objects.create(made_at=now)
    assert "Before real people use it" not in as_therapist.get(DESK).text


def test_mail_that_only_becomes_files_is_no_mail(still, settings):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    Mail.objects.create(
        message_id="<1@x>", recipients=["a@example.org"], subject=str(SUBJECT), state=Mail.State.SENT
    )

    assert "mail" in still()


def test_whoever_cannot_change_it_is_not_told(client, team):
    client.force_login(team["moderator"])
    assert "Before real people use it" not in client.get(DESK).text


def test_who_needs_her_now_stands_before_what_is_to_be_set_up(as_therapist):
    Concern.objects.create(
        code="self_harm", urgency=Urgency.EMERGENCY, opened_at=timezone.now(), comment_number=1
    )
    page = as_therapist.get(DESK).text

    assert 0 < page.index("Now or today") < page.index("Before real people use it")
