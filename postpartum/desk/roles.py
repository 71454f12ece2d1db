"""Who may do what at the desk: four roles, each a group of Django's permissions.

Groups are synced with this table after every migration. Owner: everything. Therapist: everything but people.
Moderator: comments, and no health data. Editor: articles and the words of the program, but never its release.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

Table = dict[str, dict[str, tuple[str, ...]]]  # {app: {model: verbs}}

VIEW, WRITE = ("view",), ("view", "add", "change", "delete")
COMMENTS: Table = {
    "blog": {
        "comment": WRITE,
        "report": ("view", "change"),
        "blockedsender": WRITE,
        "unsubscribedaddress": VIEW,
        "trustedwriter": ("view", "delete"),
        "readyphrase": WRITE,
    }
}
ARTICLES: Table = {
    "blog": dict.fromkeys(
        ("article", "page", "topic", "source", "picture", "document", "version", "autosave"), WRITE
    )
}
PROGRAM: Table = {
    "programs": {
        "exercise": WRITE,
        "session": WRITE,
        "prescription": WRITE,
        "week": WRITE,
        "phase": WRITE,
        "milestone": WRITE,
        "program": ("view", "change"),
        "contentversion": VIEW,
    }
}
RELEASES: Table = {"programs": {"release": ("view", "add")}}
WORDS: Table = {
    "programs": {"country": WRITE, "supportline": WRITE},
    "blog": {"menulink": WRITE, "commentpolicy": WRITE, "importrun": WRITE},
    "postpartum": {"textoverride": ("view", "add"), "practice": ("view", "add")},
}
CARE: Table = {
    "programs": {
        "participant": VIEW,
        "enrollment": ("view", "change"),
        "concern": ("view", "change"),
        "decision": VIEW,
        "sessionlog": VIEW,
        "checkin": VIEW,
        "careaction": ("view", "add"),
    },
    "postpartum": {"mail": ("view", "change"), "invitation": ("view", "add", "delete")},
}
PEOPLE: Table = {
    "accounts": {"user": ("view", "add", "change")},
    "postpartum": {"accountterms": ("view", "add", "change")},
}

OWNER, THERAPIST, MODERATOR, EDITOR = "owner", "therapist", "moderator", "editor"
ROLES: dict[str, tuple[Table, ...]] = {
    OWNER: (COMMENTS, ARTICLES, PROGRAM, RELEASES, WORDS, CARE, PEOPLE),
    THERAPIST: (COMMENTS, ARTICLES, PROGRAM, RELEASES, WORDS, CARE),
    MODERATOR: (COMMENTS,),
    EDITOR: (ARTICLES, PROGRAM),
}
ROLE_NAMES = {
    OWNER: _("Owner"),
    THERAPIST: _("Therapist"),
    MODERATOR: _("Moderator"),
    EDITOR: _("Editor"),
}
ROLE_WORDS = {
    OWNER: _("Owner: everything"),
    THERAPIST: _("Therapist: members, comments, content"),
    MODERATOR: _("Moderator: comments only, no health data"),
    EDITOR: _("Editor: content only"),
}

# What each kind of page of the desk asks for.
SEE_MEMBERS = "programs.view_participant"
CARE_FOR = "programs.change_enrollment"
SETTLE = "programs.change_concern"
SEE_COMMENTS = "blog.view_comment"
SEE_MAIL = "postpartum.view_mail"
SEE_PROGRAM = "programs.view_exercise"
CHANGE_PROGRAM = "programs.change_exercise"
PUBLISH = "programs.add_release"
SEE_WORDS = "postpartum.view_textoverride"
CHANGE_WORDS = "postpartum.add_textoverride"
INVITE = "postpartum.add_invitation"
CHANGE_PEOPLE = "accounts.change_user"
CHANGE_PRACTICE = "postpartum.add_practice"
CHANGE_MENUS = "blog.change_menulink"
SEE_NUMBERS = "programs.view_sessionlog"


def sync_roles(**_kwargs: Any) -> None:
    """Create the groups and give each exactly its permissions. Idempotent; receives Django's post_migrate signal."""
    for app in ("accounts", "postpartum", "programs", "blog"):
        create_permissions(apps.get_app_config(app), verbosity=0)
    known = {
        (one.content_type.app_label, one.codename): one
        for one in Permission.objects.select_related("content_type")
    }
    for role, tables in ROLES.items():
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set(
            [known[key] for key in chain.from_iterable(map(_codes, tables)) if key in known]
        )


def _codes(table: Table) -> Iterator[tuple[str, str]]:
    for app, models in table.items():
        for model, verbs in models.items():
            yield from ((app, f"{verb}_{model}") for verb in verbs)
