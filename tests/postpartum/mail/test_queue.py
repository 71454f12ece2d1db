"""Mail is a row in the transaction of its cause; the worker sends each once, whatever happens to it."""

import os
import signal
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused

import pytest
from django.conf import settings as django_settings
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from common.encryption import decrypt
from postpartum.mail import sending
from postpartum.models import Mail
from tests.forked import exit_code, fork
from tests.worker import FILES

pytestmark = pytest.mark.usefixtures("mail_queue")

HERE = __name__
NO_ROOM = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$;
    CREATE TRIGGER no_room BEFORE UPDATE ON postpartum_mail FOR EACH ROW EXECUTE FUNCTION no_room();
"""


def write(to="maya@example.org", text="Hello,\n\nthis is your code:\n\n    ABCD-EFGH"):
    """Queue one mail."""
    send_mail("Your code", text, None, [to])


def send_all(now=None):
    """Send until nothing more is due at `now`."""
    while sending.send_next(now or timezone.now()):
        pass


def outbox(folder):
    """The mails delivered as files."""
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in Path(folder).glob("*.eml")
    ]


class AwayBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError(111, "Connection refused")


class RefusingBackend(BaseEmailBackend):
    """A mail server that knows no such mailbox."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"No such user here")})


class BusyBackend(BaseEmailBackend):
    """A mail server that wants us to come back later."""

    def send_messages(self, messages):
        raise SMTPSenderRefused(451, b"Try again later", messages[0].from_email)


@pytest.mark.django_db(transaction=True)
def test_a_mail_exists_only_if_its_cause_does():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()

    write()
    assert Mail.objects.get().state == Mail.State.WAITING


@pytest.mark.django_db
def test_it_is_sent_once_as_text_and_html_and_then_emptied(tmp_path, settings):
    write()
    send_all()
    send_all()

    [mail] = outbox(tmp_path)
    row = Mail.objects.get()
    assert mail["Message-ID"] == row.message_id
    assert mail["Reply-To"] == settings.PRACTICE["email"]
    assert "    ABCD-EFGH" in mail.get_body(("plain",)).get_content()
    assert '<p class="code">ABCD-EFGH</p>' in mail.get_body(("html",)).get_content()
    assert (row.state, row.text, row.html) == (Mail.State.SENT, "", "")


@pytest.mark.django_db
def test_what_the_database_cannot_note_is_not_sent(tmp_path):
    """On a full disk a mail would leave again with each try."""
    write()
    with connection.cursor() as cursor:
        cursor.execute(NO_ROOM)
    with pytest.raises(DatabaseError), transaction.atomic():
        send_all()

    assert outbox(tmp_path) == []
    assert Mail.objects.get().state == Mail.State.WAITING


@pytest.mark.django_db
def test_what_it_says_cannot_be_read_from_the_table():
    write()

    with connection.cursor() as cursor:
        cursor.execute("SELECT text, html, headers FROM postpartum_mail")
        columns = cursor.fetchone()

    assert "ABCD-EFGH" not in "".join(columns)
    assert "ABCD-EFGH" in decrypt(columns[0])


@pytest.mark.django_db
def test_a_server_down_for_an_hour_loses_nothing_and_doubles_nothing(settings, tmp_path):
    began = timezone.now()
    for number in range(5):
        write(f"reader{number}@example.org")
    settings.MAIL_DELIVERY_BACKEND = f"{HERE}.AwayBackend"
    for minute in range(60):
        send_all(began + timedelta(minutes=minute))
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.WAITING}
    assert "Connection refused" in Mail.objects.first().problem

    settings.MAIL_DELIVERY_BACKEND = FILES
    send_all(began + timedelta(minutes=75))

    assert sorted(mail["To"] for mail in outbox(tmp_path)) == [f"reader{n}@example.org" for n in range(5)]
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.SENT}


@pytest.mark.django_db
def test_after_days_it_is_given_up_and_the_desk_sees_it(settings):
    write()
    settings.MAIL_DELIVERY_BACKEND = f"{HERE}.BusyBackend"

    sending.send_next(timezone.now() + timedelta(days=2))
    assert not Mail.objects.not_delivered()
    sending.send_next(timezone.now() + timedelta(days=4))

    [mail] = Mail.objects.not_delivered()
    assert (mail.state, mail.problem) == (Mail.State.FAILED, "451 Try again later")


@pytest.mark.django_db
def test_the_log_names_the_error_and_no_word_of_the_server(settings, caplog):
    write()
    mail = Mail.objects.get()
    settings.MAIL_DELIVERY_BACKEND = f"{HERE}.BusyBackend"
    with caplog.at_level("INFO", logger=sending.__name__):
        sending.send_next(timezone.now())
    assert caplog.messages == [f"mail {mail.pk}: SMTPSenderRefused 451", f"mail {mail.pk} waiting"]


@pytest.mark.django_db
def test_an_unknown_mailbox_is_tried_once_and_shown(settings):
    write()
    settings.MAIL_DELIVERY_BACKEND = f"{HERE}.RefusingBackend"

    send_all(timezone.now())

    [mail] = Mail.objects.not_delivered()
    assert (mail.state, mail.tries, mail.problem) == (Mail.State.BOUNCED, 1, "550 No such user here")


@pytest.mark.django_db
def test_attachments_are_refused_with_a_reason():
    message = EmailMessage("Hello", "there", to=["maya@example.org"])
    message.attach("a.txt", "private", "text/plain")

    with pytest.raises(ValueError, match="no attachments"):
        message.send()


@pytest.mark.django_db
def test_old_mails_are_forgotten(tmp_path):
    write()
    send_all()

    sending.remove_old(timezone.now() + timedelta(days=80))
    assert Mail.objects.count() == 1
    sending.remove_old(timezone.now() + timedelta(days=100))
    assert Mail.objects.count() == 0


class DyingBeforeBackend(BaseEmailBackend):
    """The worker is killed with the mail in its hand."""

    def send_messages(self, messages):
        os.kill(os.getpid(), signal.SIGKILL)


class DyingAfterBackend(BaseEmailBackend):
    """The worker is killed after the mail server said yes, before anything of it is written down."""

    def send_messages(self, messages):
        from django.core.mail import get_connection  # noqa: PLC0415 only in the process that dies

        get_connection(FILES).send_messages(messages)
        os.kill(os.getpid(), signal.SIGKILL)


def run_worker(backend):
    """Run the worker until nothing is due, in a process with its own way to the database; its exit code.

    test_worker starts the real one.
    """

    def work():
        django_settings.MAIL_DELIVERY_BACKEND = backend
        call_command("worker", once=True)

    return exit_code(fork(work))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("death", ["DyingBeforeBackend", "DyingAfterBackend"])
def test_a_worker_killed_at_any_step_leaves_each_mail_exactly_once(tmp_path, death):
    write("maya@example.org")
    write("nora@example.org")

    for _ in range(2):
        assert run_worker(f"{HERE}.{death}") == -signal.SIGKILL
    assert run_worker(FILES) == 0
    assert run_worker(FILES) == 0

    assert sorted(mail["To"] for mail in outbox(tmp_path)) == ["maya@example.org", "nora@example.org"]
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.SENT}


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_mail(tmp_path):
    for number in range(3):
        write(f"reader{number}@example.org")
    with transaction.atomic():
        held = Mail.objects.due(timezone.now()).select_for_update(skip_locked=True).first()
        assert run_worker(FILES) == 0

    assert len(outbox(tmp_path)) == 2
    assert held.recipients[0] not in {mail["To"] for mail in outbox(tmp_path)}
