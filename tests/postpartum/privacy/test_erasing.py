"""Erased means: no row, file, session or mail of hers is left, in any table."""

import re
import subprocess
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.ended_sessions import forget_ended_sessions
from blog.models import BlockedSender, Comment, UnsubscribedAddress
from postpartum.backup.database import dump
from postpartum.desk.roles import OWNER
from postpartum.embedded_postgres import programs_directory
from postpartum.mail.files import FileBackend
from postpartum.models import AccountTerms, Erasure, Mail
from postpartum.privacy.categories import data_categories_for
from postpartum.privacy.erasure import erase_inactive, erase_next, warn_inactive
from postpartum.privacy.exports import ask_export, make_next_export, remove_old_exports
from programs.models import Participant
from tests.cast import PASSWORD
from tests.faults import row_stays

pytestmark = pytest.mark.django_db

HERS = re.compile(r"maya@example\.org|maya2@example\.org|quillfeather|featherpen", re.IGNORECASE)


def tables_that_know_her():
    """Every table of the database in which her name or address can still be read."""
    with connection.cursor() as cursor:
        known = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            if any(HERS.search(row[0]) for row in cursor.fetchall()):
                known.append(table)
    return known


def files_that_know_her(*folders):
    """Files left in the folders."""
    return [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]


@pytest.fixture
def everywhere(full_life, therapist, settings, tmp_path, mail_queue):
    """Maya in every table there is: her other address, mails, a copy, sessions, the desk's log."""
    settings.EXPORT_ROOT, settings.MEDIA_ROOT = tmp_path / "exports", tmp_path / "media"
    EmailAddress.objects.create(user=full_life, email="Maya2@example.org", verified=True)
    UnsubscribedAddress.objects.create(email="maya2@example.org")
    BlockedSender.objects.create(email=full_life.email, note="Quillfeather")
    send_mail("Hello", "Maya Quillfeather", None, ["Maya2@Example.org"])
    ask_export(full_life, timezone.now())
    make_next_export(timezone.now())
    for model, pk in ((get_user_model(), full_life.pk), (Comment, Comment.objects.first().pk)):
        LogEntry.objects.create(
            user=therapist,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(pk),
            object_repr="Maya Quillfeather",
            action_flag=CHANGE,
        )
    Client().post(reverse("account_login"), {"login": full_life.email, "password": PASSWORD})
    return full_life


def erase(user, comments=Erasure.Comments.REMOVED):
    """Erase her as if the days had passed."""
    Erasure.objects.create(user=user, comments=comments, due_at=timezone.now())
    assert erase_next(timezone.now())


def test_nothing_of_hers_is_left(everywhere, settings):
    pk = everywhere.pk
    assert len(tables_that_know_her()) >= 8
    assert files_that_know_her(settings.EXPORT_ROOT)

    erase(everywhere)

    assert tables_that_know_her() == []
    assert files_that_know_her(settings.EXPORT_ROOT, settings.MEDIA_ROOT) == []
    assert [
        held.key
        for held in data_categories_for(get_user_model()(pk=pk, email="maya@example.org"))
        if held.rows.exists()
    ] == []
    assert str(pk) not in users_of_sessions()


def users_of_sessions():
    return {session.get_decoded().get("_auth_user_id") for session in Session.objects.all()}


def test_a_session_that_no_list_knows_ends_within_a_day(everywhere):
    pk = str(everywhere.pk)
    Client().force_login(everywhere)
    erase(everywhere)
    assert pk in users_of_sessions()

    forget_ended_sessions(timezone.now())
    assert pk not in users_of_sessions()


@pytest.mark.django_db(transaction=True)
def test_no_dump_and_no_file_knows_her(everywhere, settings, tmp_path):
    """Planted words, looked for in the text of a dump of everything and in every file there is."""
    killed = Path(settings.EXPORT_ROOT) / f"{everywhere.exports.get().key}.part"
    killed.write_text("Maya Quillfeather")
    assert HERS.search(plain_dump(tmp_path))

    erase(everywhere)

    assert not HERS.search(plain_dump(tmp_path))
    assert files_that_know_her(settings.EXPORT_ROOT, settings.MEDIA_ROOT) == []


def plain_dump(folder):
    """The whole database as text, by PostgreSQL's own programs."""
    with (folder / "dump").open("wb") as file:
        dump(file)
    restore = [programs_directory() / "pg_restore", "--file=-", folder / "dump"]
    return subprocess.run(restore, capture_output=True, check=True, text=True).stdout


def test_what_a_killed_worker_left_of_a_copy_goes_in_a_later_round(everywhere, settings):
    stray = Path(settings.EXPORT_ROOT) / f"{uuid4()}.part"
    stray.write_text("Maya Quillfeather")

    remove_old_exports(timezone.now())

    assert not stray.exists()
    assert len(files_that_know_her(settings.EXPORT_ROOT)) == 1


def test_others_keep_theirs(everywhere, other_mother, signed_in):
    hers = signed_in(other_mother)
    send_mail("Hello", "Nora", None, [other_mother.email])

    erase(everywhere)

    assert hers.get(reverse("my_data")).status_code == 200
    assert Mail.objects.to([other_mother.email]).exists()


def test_her_comments_may_stay_without_her_name(everywhere, article):
    erase(everywhere, Erasure.Comments.NAMELESS)

    comments = article.comments.order_by("body")
    assert list(comments.values_list("body", "name", "email", "author")) == [
        ("I felt calmer.", "Someone who has left", "", None),
        ("Me too.", "Someone who has left", "", None),
    ]
    assert "I felt calmer." in article.thread_pages.get().html
    assert tables_that_know_her() == []


def test_she_asks_gets_a_week_and_is_gone_after_it(signed_in, full_life):
    client = signed_in(full_life)
    page = client.post(reverse("erase"), {"sure": "on", "said": "removed"}, follow=True).content.decode()
    assert "Everything will be deleted on" in page
    assert mail.outbox[-1].subject == "Your account will be deleted"

    assert not erase_next(timezone.now() + timedelta(days=6, hours=23))
    assert erase_next(timezone.now() + timedelta(days=7, minutes=1))

    assert not get_user_model().objects.filter(email="maya@example.org").exists()
    assert client.get(reverse("my_data")).status_code == 302


def test_she_can_change_her_mind(signed_in, full_life):
    client = signed_in(full_life)
    client.post(reverse("erase"), {"sure": "on", "said": "removed"})

    page = client.post(reverse("keep_account"), follow=True).content.decode()

    assert "Your account stays" in page
    assert not erase_next(timezone.now() + timedelta(days=30))
    client.post(reverse("keep_account"))


def test_without_the_tick_nothing_happens_and_her_choice_is_kept(signed_in, full_life):
    response = signed_in(full_life).post(reverse("erase"), {"said": "nameless"})

    assert response.status_code == 422
    assert "Please tick this" in response.content.decode()
    assert response.context["form"]["said"].value() == "nameless"
    assert not Erasure.objects.exists()


def test_asked_twice_it_is_the_first_day(signed_in, full_life):
    client = signed_in(full_life)
    client.post(reverse("erase"), {"sure": "on", "said": "removed"})
    first = Erasure.objects.get().due_at
    client.post(reverse("erase"), {"sure": "on", "said": "nameless"})

    assert Erasure.objects.get().due_at == first
    assert Erasure.objects.get().comments == "nameless"
    assert len(mail.outbox) == 1


def test_a_stranger_at_an_open_phone_is_asked_for_the_password(as_mother):
    assert as_mother.get(reverse("erase")).url.startswith(reverse("account_reauthenticate"))
    assert as_mother.post(reverse("erase"), {"sure": "on"}).status_code == 302
    assert not Erasure.objects.exists()


def test_the_therapist_is_not_erased_by_a_tap(signed_in, therapist):
    assert signed_in(therapist).get(reverse("erase")).status_code == 403


def test_one_that_fails_holds_up_nobody(everywhere, other_mother):
    now = timezone.now()
    Erasure.objects.create(user=everywhere, due_at=now - timedelta(days=1))
    Erasure.objects.create(user=other_mother, due_at=now)

    with row_stays("programs_participant", everywhere.participant.pk):
        assert erase_next(now)
        with pytest.raises(DatabaseError, match="This row stays"):
            erase_next(now)

    assert list(Erasure.objects.values_list("user", flat=True)) == [everywhere.pk]
    assert everywhere.exports.get().file.storage.exists(everywhere.exports.get().file.name)


class TestInactive:
    """Accounts nobody uses, by the terms the owner has set."""

    @pytest.fixture(autouse=True)
    def _terms(self):
        AccountTerms.objects.create(pk=1, inactive_days=200, notice_days=20, unconfirmed_days=10)

    def unused(self, user, days=201):
        get_user_model().objects.filter(pk=user.pk).update(last_login=timezone.now() - timedelta(days=days))

    def exists(self, user):
        return get_user_model().objects.filter(pk=user.pk).exists()

    def test_warned_once_then_erased(self, full_life):
        now = timezone.now()
        self.unused(full_life, days=199)
        warn_inactive(now)
        assert mail.outbox == []
        self.unused(full_life)

        warn_inactive(now)
        warn_inactive(now)
        assert [message.subject for message in mail.outbox] == ["Do you still want your account?"]

        erase_inactive(now + timedelta(days=19))
        assert self.exists(full_life)
        erase_inactive(now + timedelta(days=21))
        assert not self.exists(full_life)

    def test_the_day_the_mail_named_holds_though_the_terms_change(self, full_life):
        now = timezone.now()
        self.unused(full_life)
        warn_inactive(now)
        AccountTerms.objects.update(notice_days=14)

        erase_inactive(now + timedelta(days=19))

        assert self.exists(full_life)
        assert date_format(now + timedelta(days=20)) in mail.outbox[0].body

    def test_who_comes_back_stays(self, full_life):
        now = timezone.now()
        self.unused(full_life)
        warn_inactive(now)
        get_user_model().objects.update(last_login=now + timedelta(days=1))

        warn_inactive(now + timedelta(days=60))
        erase_inactive(now + timedelta(days=60))

        full_life.refresh_from_db()
        assert full_life.ends_at is None

    def test_who_practises_or_works_here_is_left_alone(self, full_life, therapist):
        now = timezone.now()
        self.unused(therapist, days=5000)
        self.unused(full_life, days=30)

        warn_inactive(now)
        erase_inactive(now + timedelta(days=100))

        assert mail.outbox == []
        assert get_user_model().objects.count() == 2

    def test_a_sign_up_never_confirmed_goes(self, full_life):
        stranger = get_user_model().objects.create_user("ines@example.org")
        EmailAddress.objects.create(user=stranger, email=stranger.email)

        erase_inactive(timezone.now() + timedelta(days=9))
        assert self.exists(stranger)
        erase_inactive(timezone.now() + timedelta(days=11))

        assert list(get_user_model().objects.filter(is_staff=False)) == [full_life]

    def test_one_that_fails_holds_up_nobody(self, mother, other_mother):
        participant = Participant.objects.create(user=mother)
        for user in (mother, other_mother):
            self.unused(user)
        warn_inactive(timezone.now())

        with (
            row_stays("programs_participant", participant.pk),
            pytest.raises(DatabaseError, match="This row stays"),
        ):
            erase_inactive(timezone.now() + timedelta(days=21))

        assert list(get_user_model().objects.all()) == [mother]


class TestTerms:
    """How long that is: the owner's to say, within bounds, and told to everyone."""

    HALF_A_YEAR = {"inactive_days": 180, "notice_days": 14, "unconfirmed_days": 7}

    @pytest.fixture
    def as_owner(self, client, therapist):
        therapist.is_superuser = False
        therapist.save()
        therapist.groups.set(Group.objects.filter(name=OWNER))
        client.force_login(therapist)
        return client

    def test_she_sets_them_and_mothers_read_them(self, as_owner, mother, signed_in):
        page = signed_in(mother).get(reverse("my_data")).content.decode()
        assert "for about 24 months" in page
        assert "30 days before" in page

        as_owner.post(reverse("admin:postpartum_accountterms_add"), self.HALF_A_YEAR)

        page = signed_in(mother).get(reverse("my_data")).content.decode()
        assert "for about 6 months" in page
        assert "14 days before" in page
        assert as_owner.get(reverse("admin:postpartum_accountterms_add")).status_code == 403
        assert as_owner.get(reverse("admin:postpartum_accountterms_delete", args=[1])).status_code == 403

    @pytest.mark.parametrize(
        ("field", "days"), [("inactive_days", 179), ("notice_days", 13), ("unconfirmed_days", 91)]
    )
    def test_no_term_too_short_or_too_long(self, as_owner, field, days):
        address = reverse("admin:postpartum_accountterms_add")
        page = as_owner.post(address, self.HALF_A_YEAR | {field: days})

        assert list(page.context["adminform"].errors) == [field]
        with pytest.raises(IntegrityError, match="postpartum_terms_in_bounds"), transaction.atomic():
            AccountTerms.objects.create(pk=1, **self.HALF_A_YEAR | {field: days})

    def test_the_desk_leads_the_owner_to_them(self, as_owner):
        page = as_owner.get(reverse("admin:desk_more")).content.decode()
        assert "How long unused accounts are kept" in page


def test_the_operator_asks_for_someone_who_cannot_and_she_has_her_week(mother, capsys):
    call_command("erase_account", "Maya@Example.org")

    erasure = Erasure.objects.get(user=mother)
    assert erasure.due_at - erasure.asked_at == Erasure.GRACE
    assert mail.outbox[-1].to == [mother.email]
    assert f"erases it on {erasure.due_at:%Y-%m-%d}" in capsys.readouterr().out
    assert not erase_next(timezone.now())


def test_whose_week_is_over_is_erased_at_once_by_the_worker_as_she_chose(everywhere, article):
    Erasure.objects.create(
        user=everywhere, comments=Erasure.Comments.NAMELESS, due_at=timezone.now() + Erasure.GRACE
    )

    call_command("erase_account", everywhere.email, at_once=True, verbosity=0)

    assert erase_next(timezone.now())
    assert tables_that_know_her() == []
    assert article.comments.filter(name="Someone who has left").exists()


@pytest.mark.parametrize("email", ["nobody@example.org", "elena@example.org"])
def test_the_operator_asks_for_all_or_for_none(mother, therapist, email):
    with pytest.raises(CommandError, match="Nothing is erased"):
        call_command("erase_account", mother.email, email)

    assert not Erasure.objects.exists()


def test_mails_that_are_files_go_too(everywhere, other_mother, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    mails = [
        EmailMessage("Hello", "Hi", to=[f"Somebody <{to}>"])
        for to in ("MAYA@example.org", other_mother.email)
    ]
    FileBackend().send_messages(mails)
    (tmp_path / "mail" / "half.9.part").write_bytes(mails[0].message().as_bytes())

    erase(everywhere)

    [left] = (tmp_path / "mail").iterdir()
    assert other_mother.email in left.read_text()
