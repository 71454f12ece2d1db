"""What is posted to each address: by whom, in which state, and which rows it makes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from accounts.address_changes import undo_token
from accounts.first_owner import owner_token
from blog.models import Article
from blog.services import Sender, approve_comment, post_comment
from blog.tokens import desk_token, opened_stamp, own_token, unsubscribe_token
from postpartum.invitations import invite
from postpartum.models import Invitation, Mail, NewsletterSubscriber, Practice, Reminder
from postpartum.newsletter.subscriptions import confirm_token, stop_token
from postpartum.practice import save_practice
from postpartum.privacy.erasure import ask_erasure
from postpartum.reminders.scheduling import save_reminder, token_of
from postpartum.text_overrides.entries import groups
from programs.authoring.parts import parts_written
from programs.forms.screening import STEPS
from programs.models import (
    Concern,
    EnrollCode,
    Enrollment,
    EnrollmentMode,
    Program,
    Release,
    Screening,
    Session,
    Week,
)
from programs.services.admission import create_code, set_enrollment_mode
from programs.services.pause import pause
from programs.services.sharing import as_file
from tests.cast import CLEAR_ANSWERS, PASSWORD, make_enrollment, make_screening, make_user
from tests.programs.journey.conftest import before, do_session, do_week
from tests.programs.journey.test_corrections import WELL, WELL_AFTER
from tests.programs.journey.test_life_pages import FELT

DAY = timedelta(days=1)
Sent = dict | Callable[[], dict]


@dataclass(frozen=True)
class Case:
    """One form. `ready(user)` makes the state it is sent in and returns what stands in its address, if anything.

    `makes` are the rows that one sending makes, and that many make no more of. `mails` is for forms that send a mail
    each time, up to their limit; `late` is the status of those that come after the first where it differs.
    """

    name: str
    sent: Sent = field(default_factory=dict)
    makes: dict[str, int] = field(default_factory=dict)
    ready: Callable | None = None
    args: tuple = ()
    who: str = "mother"
    say: str = ""
    mails: int = 0
    late: int = 0

    def __str__(self):
        return " ".join(filter(None, (self.name, self.say)))

    def address(self, known) -> str:
        """Where it is sent."""
        name = f"admin:{self.name}" if self.name.startswith("desk_") else self.name
        return reverse(name, args=known or self.args)


def enrolled(user):
    make_enrollment(user)


def a_week_ago(user):
    return make_enrollment(user, timezone.now() - 8 * DAY)


def a_week_done(user):
    enrollment = a_week_ago(user)
    do_week(enrollment, 1, enrollment.started_at + DAY)


def in_week_2(user):
    enrollment = a_week_ago(user)
    type(enrollment).objects.update(week=2, week_started_at=timezone.now() - DAY)


def screened(user):
    make_screening(user, timezone.now())


def all_but_the_last_step(user):
    make_screening(user, timezone.now())
    left = dict.fromkeys(STEPS[-1])
    answers = {name: answer for name, answer in CLEAR_ANSWERS.items() if name not in left}
    Screening.objects.update(completed_at=None, answers=answers)


def paused(user):
    pause(make_enrollment(user), timezone.now())


def a_session_done(user):
    do_session(a_week_ago(user), "w01-a", timezone.now() - timedelta(hours=20))


def a_slip(user):
    check_in = before(make_enrollment(user), timezone.now(), redFlags=["fever"])
    return (check_in.client_id,)


def held(user):
    do_session(make_enrollment(user), "w01-a", timezone.now() - DAY, heaviness=3)


def a_cesarean(user):
    make_enrollment(user, birth_mode="cesarean", clearance="not_yet_late")


def reminder(user):
    row = Reminder(user=user, days=[0, 1, 2, 3, 4, 5, 6], at=time(10), by_mail=True)
    save_reminder(row, timezone.now())
    return (token_of(row),)


def with_reminder(user):
    reminder(user)


def leaving(user):
    ask_erasure(user, "removed", timezone.now())


def reader():
    now = timezone.now()
    return NewsletterSubscriber.objects.create(email="reader@example.org", asked_at=now, sent_until=now)


def article():
    now = timezone.now()
    return Article.objects.create(
        title="Rest", slug="rest", body="Rest.", status="published", published_at=now
    )


def comment(approved=True):
    """A guest's comment of half an hour ago."""
    now = timezone.now() - timedelta(minutes=5)
    sender = Sender(name="Ann", email="ann@example.org", seconds=60)
    found, _ = post_comment(article(), sender=sender, body="Thank you for this.", parent=None, now=now)
    if approved:
        approve_comment(found, now)
    return found


def moderated(user):
    return (desk_token(comment(approved=False), user.pk),)


def own_comment(user):
    found = comment()
    return (found.article.slug, own_token(found.pk))


def public_comment(user):
    found = comment()
    return (found.article.slug, found.pk)


def waiting_comment(user):
    return (comment(approved=False).pk,)


def an_invitation(user):
    """The token in the link."""
    invite(["ina@example.org"], "", make_user("nurse@example.org"), timezone.now())
    return (Mail.objects.get().text.partition("/accounts/invitation/")[2].partition("/")[0],)


def an_old_invitation(user):
    invite(["ina@example.org"], "", user, timezone.now() - DAY)
    return (Invitation.objects.get().pk,)


def a_code(user):
    return (create_code("Tuesday", 12, timezone.localdate(), timezone.now()).pk,)


def by_code(user):
    """A screening done, and a class to join."""
    screened(user)
    set_enrollment_mode(EnrollmentMode.CODE)
    a_code(user)


def the_code():
    return {"code": EnrollCode.objects.get().code}


def a_practice(user):
    """Two versions; the first is to come back."""
    for price in ("Free", "$90"):
        save_practice({"price": price}, user, timezone.now())


def back_to_a_version():
    return {"back_to": Practice.objects.earliest("saved_at").pk}


def second_address(user):
    EmailAddress.objects.create(user=user, email="second@example.org", verified=True)


def a_concern(user):
    """About a mother who reported a bulge."""
    enrollment = make_enrollment(make_user("ina@example.org", name="Ina"))
    before(enrollment, timezone.now(), redFlags=["fever"])
    return (enrollment.participant_id,)


def a_readers_concern(user):
    row = Concern.objects.create(
        code="comment_red_flag", comment_number=1, urgency="emergency", opened_at=timezone.now()
    )
    return (row.pk,)


def undelivered(user):
    return (
        Mail.objects.create(message_id="<1@x>", recipients=["a@example.org"], state=Mail.State.FAILED).pk,
    )


def answers_of(step):
    return lambda: (
        {"go": "on"} | {name: CLEAR_ANSWERS[name] for name in STEPS[step - 1] if name in CLEAR_ANSWERS}
    )


def once(**answers):
    """A form that carries an id made with its page."""
    return lambda: {"client_id": str(uuid4())} | answers


def day(ago=0):
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def week_began():
    """What the page of a decision carries along."""
    return {"week_began": Enrollment.objects.get().week_started_at.isoformat()}


def sign_up():
    return {"email": "ines@example.org", "time_zone": "Europe/Madrid"}


def own():
    return {"name": "Elena", "email": "owner@example.org", "password1": PASSWORD, "time_zone": "UTC"}


def no_owner_yet(user):
    get_user_model().objects.filter(is_superuser=True).delete()
    return (owner_token(timezone.now()),)


def write_comment():
    opened = opened_stamp(timezone.now() - timedelta(minutes=1))
    return {"name": "Ann", "email": "ann@example.org", "body": "Thank you.", "opened": opened}


def to_release(user):
    return (Release.objects.get().pk,)


def a_session(user):
    return (Session.objects.get(key="w01-a").pk,)


def a_week(user):
    return (Week.objects.get(number=1).pk,)


def words(user):
    group = groups()["screening"]
    return (group.key, next(iter(group.places)))


def a_file():
    """What taking the program out writes, to bring in as it is."""
    return {"text": as_file(parts_written(Program.objects.get()))}


MENUS = {
    "form-TOTAL_FORMS": 1,
    "form-INITIAL_FORMS": 0,
    "form-0-menu": "footer",
    "form-0-leads_to": "/safety/",
    "form-0-ORDER": 1,
}
CHECK_IN = {"programs.checkin": 1}
NEW_HERE = {"programs.participant": 1, "programs.screening": 1}

SHOWN = {"blog.threadpage": 1, "postpartum.mail": 1}  # and its author is told

OF_A_MOTHER = [
    Case("start_step", {"go": "back", "now": "none"}, NEW_HERE, args=(1,)),
    Case("start_step", answers_of(len(STEPS)), {}, all_but_the_last_step, (len(STEPS),), say="to its end"),
    Case(
        "start_step",
        {"now": "heavy_bleeding", "go": "on"},
        NEW_HERE | {"programs.safetyhold": 1, "programs.concern": 1},
        args=(1,),
        say="an emergency",
    ),
    Case("start_again", {"scope": "whole"}, {"programs.screening": 1}, screened),
    Case("enroll_code", the_code, {}, by_code),
    Case("enroll", {"agreed": "on"}, {"programs.enrollment": 1}, screened),
    Case(
        "session",
        lambda: {"id": str(uuid4()), "done": ["1"]},
        {"programs.sessionlog": 1},
        enrolled,
        ("rest",),
    ),
    Case("pause", {}, {"programs.pause": 1}, enrolled),
    Case("come_back", {}, {}, paused),
    Case("step_back", week_began, {"programs.decision": 1}, in_week_2),
    Case("situation", {"situation": "surgery"}, {"programs.safetyhold": 1, "programs.concern": 1}, enrolled),
    Case("baby_words", {"baby": "not_with_me"}, {}, enrolled),
    Case(
        "clearance",
        lambda: {"code": "postpartum_check", "given_on": day()},
        {"programs.clearance": 1},
        a_cesarean,
    ),
    Case("check_in", once(**WELL), CHECK_IN, enrolled),
    Case(
        "check_in",
        once(**WELL | {"pain": "9"}),
        CHECK_IN | {"programs.safetyhold": 1, "programs.concern": 1},
        enrolled,
        say="with a sign",
    ),
    Case("check_in_before", once(**WELL), CHECK_IN, enrolled, ("w01-a",)),
    Case("check_in_after", once(**WELL_AFTER), CHECK_IN, enrolled, ("w01-a",)),
    Case("check_in_morning", once(lastResponse="worse_settled"), CHECK_IN, a_session_done),
    Case("check_in_correct", once(**WELL), CHECK_IN, a_slip),
    Case(
        "hold",
        lambda: {"check_done_on": day(), "agreed_symptoms": "bulge"},
        {"programs.clearance": 1, "programs.decision": 1},
        held,
    ),
    Case("decisions", week_began, {"programs.decision": 1}, a_week_done),
    Case("milestones", {"milestone": "x"}, {}, enrolled),
    Case("self_check", once(**FELT), {"programs.selfcheck": 1}, enrolled),
    Case(
        "profile", {"name": "Maya", "time_zone": "Europe/Paris", "country": "US"}, {"programs.participant": 1}
    ),
    Case("ask_export", {}, {"postpartum.export": 1}),
    Case("erase", {"sure": "on"}, {"postpartum.erasure": 1, "postpartum.mail": 1}),
    Case("keep_account", {}, {}, leaving),
    Case("reminders", {"days": ["1"], "at": "09:00", "by_mail": "on"}, {"postpartum.reminder": 1}),
    Case("share_calendar", {}, {}, with_reminder),
    Case("favorite", {"keep": "1"}, {"programs.participant": 1, "programs.favorite": 1}, args=("bridge",)),
]
OF_A_READER = [
    Case("reminder_stop", {}, {}, lambda _: reminder(make_user("ina@example.org")), who="reader"),
    Case("reminder_later", {}, {}, lambda _: reminder(make_user("ina@example.org")), who="reader"),
    Case(
        "letter",
        {"email": "reader@example.org"},
        {"postpartum.newslettersubscriber": 1, "postpartum.mail": 1},
        who="reader",
    ),
    Case("letter_confirm", {}, {}, lambda _: (confirm_token(reader()),), who="reader"),
    Case("letter_stop", {}, {}, lambda _: (stop_token(reader()),), who="reader"),
    Case(
        "undo_address_change",
        {},
        {},
        lambda _: (undo_token(make_user("ina@example.org"), "old@example.org", timezone.now()),),
        who="reader",
    ),
    Case(
        "article_comment",
        write_comment,
        {"blog.comment": 1, "postpartum.mail": 1},
        lambda _: (article().slug,),
        who="reader",
    ),
    Case("comment_change", {"body": "Thank you so much."}, {"postpartum.mail": 1}, own_comment, who="reader"),
    Case("comment_delete", {}, {}, own_comment, who="reader"),
    Case(
        "comment_report",
        {"reason": "other", "note": "Look at this."},
        {"blog.report": 1, "postpartum.mail": 1},
        public_comment,
        who="reader",
    ),
    Case(
        "comment_quiet",
        {},
        {"blog.unsubscribedaddress": 1},
        lambda _: (unsubscribe_token("ann@example.org"),),
        who="reader",
    ),
]
OF_ACCOUNTS = [
    Case(
        "first_owner",
        own,
        {"accounts.user": 1, "account.emailaddress": 1},
        no_owner_yet,
        who="reader",
        late=410,
    ),
    Case(
        "invitation",
        {"time_zone": "Europe/Madrid"},
        {"accounts.user": 1, "account.emailaddress": 1, "programs.participant": 1},
        an_invitation,
        who="reader",
        late=410,
    ),
    Case("account_signup", sign_up, {"accounts.user": 1, "account.emailaddress": 1}, who="reader", mails=5),
    Case("account_login", {"login": "maya@example.org", "password": PASSWORD}, {}, who="reader"),
    Case("account_logout"),
    Case("account_reset_password", {"email": "maya@example.org"}, who="reader", mails=5),
    Case("account_request_login_code", {"email": "maya@example.org"}, who="reader", mails=5),
    Case("account_reauthenticate", {"password": PASSWORD}),
    Case("account_email", {"action_add": "", "email": "new@example.org"}, mails=5),
    Case(
        "account_email",
        {"action_remove": "", "email": "second@example.org"},
        {"postpartum.mail": 1},
        second_address,
        say="remove",
    ),
    Case(
        "account_change_password",
        {"oldpassword": PASSWORD, "password1": "three calm words", "password2": "three calm words"},
        mails=10,
        late=200,
    ),
    Case("usersessions_list"),
]
OF_THE_DESK = [
    Case("comment_desk", {"do": "approve"}, SHOWN, moderated, who="therapist"),
    Case(
        "desk_care",
        once(note="Please rest.", follows="nothing"),
        {"programs.careaction": 1, "postpartum.mail": 1},
        a_concern,
        who="therapist",
    ),
    Case("desk_comment", {"status": "approved"}, SHOWN, waiting_comment, who="therapist"),
    Case(
        "desk_answer",
        {"body": "Rest well."},
        SHOWN | {"blog.comment": 1},
        waiting_comment,
        who="therapist",
    ),
    Case("desk_trust", {"do": "trust"}, {"blog.trustedwriter": 1}, waiting_comment, who="therapist"),
    Case(
        "desk_comment_mails",
        {"frequency": "daily", "hour": "7"},
        {"blog.commentmailchoice": 1},
        who="therapist",
    ),
    Case("desk_concern", {"note": "Called."}, {}, a_readers_concern, who="therapist"),
    Case("desk_mail_done", {}, {}, undelivered, who="therapist"),
    Case(
        "desk_copy_session", {"target": "w02-c"}, {"programs.contentversion": 2}, a_session, who="therapist"
    ),
    Case("desk_copy_week", {"target": "2"}, {"programs.contentversion": 10}, a_week, who="therapist"),
    Case("desk_publish", {"move": "next_week"}, {}, who="therapist"),
    Case("desk_sign_off", {}, {}, to_release, who="therapist"),
    Case("desk_back", {"move": "next_week"}, {}, to_release, who="therapist"),
    Case("desk_menus", MENUS, {"blog.menulink": 1}, who="therapist"),
    Case(
        "desk_inviting",
        {"emails": "ina@example.org", "role": ""},
        {"postpartum.invitation": 1, "postpartum.mail": 1},
        who="therapist",
    ),
    Case("desk_invitation", {"do": "resend"}, {}, an_old_invitation, who="therapist", mails=1),
    Case("desk_join", {"mode": "code"}, {"programs.enrollmentpolicy": 1}, who="therapist"),
    Case(
        "desk_code",
        lambda: {"name": "Tuesday", "places": 12, "ends_on": day()},
        {"programs.enrollcode": 1},
        who="therapist",
    ),
    Case("desk_code_end", {}, {}, a_code, who="therapist"),
    Case("desk_practice", back_to_a_version, {"postpartum.practice": 1}, a_practice, who="therapist"),
    Case(
        "desk_practice_step", {"price": "Free"}, {"postpartum.practice": 1}, args=("cost",), who="therapist"
    ),
    Case("desk_test_mail", {}, who="therapist", mails=1),
    Case("desk_bring_in", a_file, {}, who="therapist"),
    Case(
        "desk_words_change",
        {"text": "Take it slowly."},
        {"postpartum.textoverride": 1},
        words,
        who="therapist",
    ),
]
CASES = [*OF_A_MOTHER, *OF_A_READER, *OF_ACCOUNTS, *OF_THE_DESK]
