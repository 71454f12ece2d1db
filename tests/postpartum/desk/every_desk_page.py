"""Every page of the desk, read off its URL map, with the demo's rows in the addresses."""

import re

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import URLResolver, reverse
from django.utils import timezone

from blog.models import (
    BlockedSender,
    Comment,
    CommentPolicy,
    Document,
    ImportRun,
    Page,
    Picture,
    ReadyPhrase,
    Report,
    TrustedWriter,
    UnsubscribedAddress,
)
from postpartum.demo.people import THERAPIST
from postpartum.models import AccountTerms
from programs.models import Concern, Participant, Release, Session, Week
from tests.cast import APP_SECRET

# No pages for the people of the desk: what scripts ask for, files, mails, and the doors of Django's admin.
NOT_SEEN = {
    "autocomplete",
    "blog_picture_pasted",
    "blog_importrun_lines",
    "desk_mail_sample",
    "desk_numbers_file",
    "desk_take_out",
    "jsi18n",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "programs_exercise_figure_moving",
    "view_on_site",
}
# What stands in the addresses of the desk's own pages; those of a model's admin get its first row.
OWN = {
    "desk_answer": lambda: {"pk": Comment.objects.pending().first().pk},
    "desk_comment": lambda: {"pk": Comment.objects.pending().first().pk},
    "desk_back": lambda: {"pk": Release.objects.first().pk},
    "desk_care": lambda: {"pk": _member()},
    "desk_code_end": lambda: {"pk": 1},
    "desk_concern": lambda: {"pk": Concern.objects.filter(participant=None).first().pk},
    "desk_copy_session": lambda: {"pk": Session.objects.get(key="w03-a").pk},
    "desk_copy_week": lambda: {"pk": Week.objects.get(number=3).pk},
    "desk_invitation": lambda: {"pk": 1},
    "desk_mail_done": lambda: {"pk": 1},
    "desk_member": lambda: {"pk": _member()},
    "desk_member_check_ins": lambda: {"pk": _member()},
    "desk_member_sessions": lambda: {"pk": _member()},
    "desk_practice_step": lambda: {"key": "names"},
    "desk_trust": lambda: {"pk": Comment.objects.pending().first().pk},
    "desk_sign_off": lambda: {"pk": Release.objects.first().pk},
    "desk_words_change": lambda: {"key": "search", "place": "search:synonyms"},
    "desk_words_group": lambda: {"key": "advice"},
}


def seed_desk():
    """Seed the demo, and one row of each kind that it lacks; return the therapist, who has a second step."""
    call_command("seed_demo", verbosity=0)
    now = timezone.now()
    therapist = get_user_model().objects.get(email=THERAPIST)
    Authenticator.objects.create(user=therapist, type=Authenticator.Type.TOTP, data={"secret": APP_SECRET})
    comment = Comment.objects.approved().first()
    Report.objects.create(comment=comment, reason="unkind", note="She was not nice.", created_at=now)
    BlockedSender.objects.create(email="loud@example.org", note="advertises")
    UnsubscribedAddress.objects.create(email="quiet@example.org")
    TrustedWriter.objects.create(email="kind@example.org", name="Kind")
    ReadyPhrase.objects.get_or_create(name="Have it looked at", text="That is worth a visit.")
    Document.objects.create(key="a" * 32, name="handout.pdf", size=4000)
    Picture.objects.create(key="b" * 32, alt="A mat by a window", width=800, height=600, widths=[320, 800])
    ImportRun.objects.create(file_name="blog.xml", status=ImportRun.Status.DONE, finished_at=now)
    Concern.objects.create(
        comment_number=comment.pk, code="heavy_bleeding", urgency="emergency", opened_at=now
    )
    Page.objects.create(title="Our rooms", slug="our-rooms", body="<p>Second floor.</p>")
    for model in (CommentPolicy, AccountTerms):
        model.objects.get_or_create(pk=1)
    return therapist


def desk_pages():
    """Yield (name, address) of every page. Raise LookupError where nothing here says what stands in its address."""
    for name, route in _routes(admin.site.urls[0]):
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if name in NOT_SEEN or name.endswith("_autocomplete"):
            continue
        given = _given(name, wanted) if wanted else {}
        yield name, reverse(f"admin:{name}", kwargs=given)


def _routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif pattern.name and pattern.name != "app_list":
            yield pattern.name, route


def _given(name, wanted):
    if name in OWN:
        return OWN[name]()
    for model, model_admin in admin.site._registry.items():
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_") and len(wanted) == 1:
            if row := model_admin.get_queryset(None).first():
                return {wanted[0]: row.pk}
            raise LookupError(f"{name}: seed a row of it in seed_desk")
    raise LookupError(f"{name}: say in OWN what stands in its address")


def _member():
    return Participant.objects.filter(concerns__isnull=False).first().pk
