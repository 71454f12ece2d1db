"""A sample of every mail the site sends, with fictional people, for the desk."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from blog.services.digests import Line, Listed, digest_subject
from common.practice import practice_details
from postpartum.mail.html import html_of
from postpartum.mail.testing import SUBJECT as SUBJECT_OF_TEST

Text = str | Promise

LINK = f"{settings.SITE_URL}/example/"
ARTICLE = SimpleNamespace(
    title=_("Breathing after birth"),
    summary=_("Two sentences about it. And another."),
    get_absolute_url="/example/",
)


def _comment(name: str, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(
        name=name, body=_("This helped me a lot. Thank you!"), get_absolute_url="/example/", **more
    )


@dataclass(frozen=True)
class Sample:
    """A mail: the template of its text, its subject or the subject's template, and its context."""

    key: str
    text: str
    subject: Text
    context: dict = field(default_factory=dict)

    def rendered(self) -> dict[str, str]:
        """Return {"key", "subject", "text", "html"} of the mail as it would be sent."""
        context = {
            "practice": practice_details(),
            "site_url": settings.SITE_URL,
            **_account_context(),
            **self.context,
        }
        subject = str(self.subject)
        if subject.endswith(".txt"):
            subject = " ".join(render_to_string(subject, context).split())
        text = render_to_string(self.text, context).strip() + "\n"
        return {"key": self.key, "subject": subject, "text": text, "html": html_of(subject, text)}


def _account_context() -> dict[str, Any]:
    """Return the context of the mails about an account."""
    now = timezone.now()
    return {
        "email": "maya@example.org",
        "name": "Maya",
        "code": "482913",
        "timestamp": now,
        "ip": "203.0.113.5",
        "user_agent": "Firefox",
        "from_email": "maya@example.org",
        "to_email": "maya@example.net",
        "deleted_email": "maya@example.net",
        "until": now + timedelta(days=7),
        "due_at": now + timedelta(days=7),
        **{
            name: f"{LINK}{name}/" for name in ADDRESSES
        },  # as different as in earnest: the first is the button
    }


ADDRESSES = (
    "address", "activate_url", "undo_url", "password_reset_url", "signup_url", "today", "later", "settings", "stop", "quiet", "own",
)  # fmt: skip


def _ours(name: str, subject: Text, **context: Any) -> Sample:
    return Sample(name, f"mail/{name}.txt", subject, context)


def _account(name: str, folder: str = "account") -> Sample:
    stem = f"{folder}/email/{name}"
    return Sample(name, f"{stem}_message.txt", f"{stem}_subject.txt")


def _comment_mail(name: str, subject: Text, **context: Any) -> Sample:
    return Sample(f"comment_{name}", f"blog/mail/{name}.txt", subject, {"article": ARTICLE, **context})


def _listed(count: int, *names: str) -> Listed:
    """Return the first lines of `count` comments, as a digest has them."""
    comments = [_comment(name, article=ARTICLE, created_at=timezone.now()) for name in names]
    return Listed(count, [Line(cast("Any", one), f"{LINK}{one.name}/", first=False) for one in comments])


SAMPLES = [
    _ours("reminder", _("A few quiet minutes")),
    _ours("from_the_desk", _("Your therapist has written to you"), by="Dr. Elena Marsh", link=LINK, stop=""),
    _ours("letter_confirm", _("Please confirm your address"), stop=""),
    _ours("letter", _("A new article"), articles=[ARTICLE], intro=_("here is something new to read:")),
    _ours("copy_ready", _("Your copy is ready"), stop=""),
    _ours("erasure_asked", _("Your account will be deleted"), stop=""),
    _ours(
        "invitation",
        "mail/invitation_subject.txt",
        by="Dr. Elena Marsh",
        link=LINK,
        until=timezone.now() + timedelta(days=14),
        stop="",
    ),
    _ours("test", SUBJECT_OF_TEST, stop=""),
    _ours("inactive", _("Do you still want your account?"), stop=""),
    *(
        _account(name)
        for name in (
            "email_confirmation",
            "login_code",
            "password_reset_key",
            "password_reset_code",
            "password_changed",
            "password_reset",
            "password_set",
            "email_changed",
            "email_confirm",
            "email_deleted",
            "account_already_exists",
            "unknown_account",
        )
    ),
    Sample("reauthentication_code", "account/email/reauthentication_code_message.txt", _("Is it you?")),
    *(
        _account(name, "mfa")
        for name in (
            "totp_activated",
            "totp_deactivated",
            "recovery_codes_generated",
            "webauthn_added",
            "webauthn_removed",
        )
    ),
    _comment_mail("approved", _("Your comment is public now"), comment=_comment("Maya")),
    _comment_mail(
        "answered", _("Someone answered your comment"), comment=_comment("Maya"), reply=_comment("Nora")
    ),
    _comment_mail("waiting", _("A comment is waiting for you"), comment=_comment("Nora", red_flags=[])),
    _comment_mail(
        "digest",
        lazy(digest_subject, str)(3),
        waiting=_listed(3, "Nora", "Maya"),
        public=_listed(1, "Maya"),
        inbox=f"{LINK}inbox/",
    ),
    _comment_mail(
        "reported",
        _("A reader reported a comment"),
        comment=_comment("Nora"),
        report=SimpleNamespace(get_reason_display=_("It is advertising"), note=""),
    ),
]
