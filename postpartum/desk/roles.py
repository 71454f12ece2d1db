"""Who may do what at the desk: four roles, each a group of Django's permissions.

Kept in step with this table after every migration. Owner: everything. Therapist: everything but people.
Moderator: comments, and no health data. Editor: articles and the words of the program, but never its release.
"""

from itertools import chain

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

VIEW, WRITE = ("view",), ("view", "add", "change", "delete")
COMMENTS = {
    "blog": {
        "comment": WRITE,
        "report": ("view", "change"),
        "blockedsender": WRITE,
        "unsubscribedaddress": VIEW,
    }
}
ARTICLES = {"blog": dict.fromkeys(("article", "topic", "source", "picture", "version", "autosave"), WRITE)}
PROGRAM = {
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
RELEASES = {"programs": {"release": ("view", "add")}}
WORDS = {
    "programs": {"country": WRITE, "supportline": WRITE},
    "blog": {"commentpolicy": WRITE, "importrun": WRITE},
    "postpartum": {"textoverride": ("view", "add")},
}
CARE = {
    "programs": {
        "participant": VIEW,
        "enrollment": ("view", "change"),
        "concern": ("view", "change"),
        "decision": VIEW,
        "sessionlog": VIEW,
        "checkin": VIEW,
        "careaction": ("view", "add"),
    },
    "postpartum": {"mail": ("view", "change")},
}
PEOPLE = {
    "accounts": {"user": ("view", "add", "change")},
    "postpartum": {"accountterms": ("view", "add", "change")},
}

OWNER, THERAPIST, MODERATOR, EDITOR = "owner", "therapist", "moderator", "editor"
ROLES = {
    OWNER: (COMMENTS, ARTICLES, PROGRAM, RELEASES, WORDS, CARE, PEOPLE),
    THERAPIST: (COMMENTS, ARTICLES, PROGRAM, RELEASES, WORDS, CARE),
    MODERATOR: (COMMENTS,),
    EDITOR: (ARTICLES, PROGRAM),
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
SEE_NUMBERS = "programs.view_sessionlog"


def make_roles(**_kwargs):
    """Make the groups and give each exactly its permissions; for Django's post_migrate signal, and safe again."""
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


def _codes(table):
    for app, models in table.items():
        for model, verbs in models.items():
            yield from ((app, f"{verb}_{model}") for verb in verbs)
