"""The desk is one tool: no page of it shows the admin it is built with, or names of code."""

import re

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib import admin
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from blog.models import CommentPolicy
from postpartum.models import AccountTerms, Erasure
from postpartum.privacy.erasure import ask_erasure
from programs.models import Release
from tests.cast import make_user
from tests.postpartum.desk.every_desk_page import desk_pages, seed_desk

pytestmark = pytest.mark.django_db

# What no page may say, whatever stands in the database.
WRONG = {
    "a title of Django's admin": r"Select .{1,60} to (?:change|view)",
    "a row's keys": r"\b\w+: \d+:\d+(?! ?[ap]\.?m)",
    "a clinical rule's number": r"\b(?:PR|PRE|POST|SCREEN)-\w?\d+\w?\b",
    "a row without a name": r"\b\w+ object \(\w+\)",
    "a name of code": r"(?<![\w@./{-])[a-z]+(?:_[a-z0-9]+)+(?![\w@./-])",
    "a constraint's name": r"Constraint “",
}
SPOKEN = ("alt", "aria-label", "placeholder", "title")


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo with one row of everything, once for the tests of this file; the therapist."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Release.objects.exists():
            call_command("loadprogram", verbosity=0)
        yield seed_desk()
        transaction.set_rollback(True)


@pytest.fixture
def shown(seeded, client):
    """The pages of the desk as the therapist gets them: (name, soup) of each that is one."""
    client.force_login(seeded)
    found = {}
    for name, address in desk_pages():
        response = client.get(address)
        assert response.status_code in {200, 302, 403, 405}, (name, response.status_code)
        if response.status_code == 200 and "html" in response["Content-Type"]:
            found[name] = BeautifulSoup(response.content, "html.parser")
    assert len(found) > 90
    return found


def words_of(soup):
    """All that a person sees or hears of a page, without what somebody typed into a field."""
    for one in soup(["script", "style", "template", "textarea"]):
        one.extract()
    for one in soup.select(".empty-form, .d-source"):  # a source cites the evidence base by its own numbers
        one.extract()
    spoken = [one[name] for name in SPOKEN for one in soup.select(f"[{name}]")]
    buttons = [one.get("value", "") for one in soup.select("input[type=submit]")]
    return "\n".join([*soup.stripped_strings, *spoken, *buttons])


def what_is_wrong(soup):
    """Yield what a page must not show: Django's icons, names of code, and sentences made of what a model is called."""
    for icon in soup.select("img[src*='admin/img/']"):
        yield icon["src"]
    words = words_of(soup)
    for what, pattern in WRONG.items():
        for hit in set(re.findall(pattern, words)):
            yield f"{what}: {hit}"
    for model in admin.site._registry:
        label = str(model._meta.verbose_name)
        for beginning in ("Add", "Change", "View", "Add another", "Delete selected"):
            if re.search(rf"^{beginning} {re.escape(label)}", words, re.IGNORECASE | re.MULTILINE):
                yield f"{beginning} {label}"


def test_no_page_shows_the_admin_or_names_of_code(shown):
    assert [f"{name}: {wrong}" for name, soup in shown.items() for wrong in what_is_wrong(soup)] == []


# Constraints on what no form of the desk has a field for, or whose form checks it with words of its own.
NEVER_BROKEN_BY_A_FORM = {
    "blog_comment_known_status",
    "blog_comment_not_its_own_parent",
    "blog_comment_sent_once",
    "blog_policy_one_row",
    "blog_report_once_while_open",
    "postpartum_terms_in_bounds",
    "postpartum_terms_one_row",
    "programs_concern_of_someone",
    "programs_concern_resolved_with_note",
}


def test_a_constraint_that_a_form_breaks_speaks_in_words():
    """One of plain fields and no condition is worded by Django, as "… already exists"."""
    models = set(admin.site._registry)
    models |= {
        inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines
    }
    nameless = {
        constraint.name
        for model in models
        for constraint in model._meta.constraints
        if (getattr(constraint, "condition", None) or not getattr(constraint, "fields", ()))
        and constraint.violation_error_message == constraint.default_violation_error_message
    }
    assert nameless - NEVER_BROKEN_BY_A_FORM == set()


@pytest.mark.parametrize("name", ["blog_commentpolicy", "postpartum_accountterms"])
def test_settings_of_which_there_is_one_row_begin_no_other(as_therapist, name):
    CommentPolicy.objects.all().delete()
    AccountTerms.objects.all().delete()

    page = as_therapist.get(reverse(f"admin:{name}_add")).content.decode()

    assert "Save" in page
    assert "Save and begin another" not in page
    assert "Save and begin another" in as_therapist.get(reverse("admin:blog_topic_add")).content.decode()


def test_what_goes_with_a_person_is_told_in_plain_words(as_therapist):
    helper = make_user("helper@example.org")
    Authenticator.objects.create(user=helper, type=Authenticator.Type.TOTP, data={})

    page = as_therapist.get(reverse("admin:accounts_user_delete", args=[helper.pk])).content.decode()

    assert "Ways to prove a second step: 1" in page
    assert "Authenticators" not in page


def test_how_a_member_is_erased_is_told_where_she_cannot_be_deleted(as_therapist, maya):
    mother = maya.participant.user
    page = as_therapist.get(reverse("admin:accounts_user_delete", args=[mother.pk])).text
    assert "can’t be deleted" in page
    assert "://testserver/my-data/" in page
    assert f'href="mailto:{mother.email}?body=http' in page
    assert f"enrollment {maya.pk}" not in page

    chosen = {"action": "delete_selected", "_selected_action": [mother.pk]}
    page = as_therapist.post(reverse("admin:accounts_user_changelist"), chosen).text
    assert "She presses “Delete my account.”" in page
    assert f"enrollment {maya.pk}" not in page

    ask_erasure(mother, Erasure.Comments.REMOVED, timezone.now())
    page = as_therapist.get(reverse("admin:accounts_user_delete", args=[mother.pk])).text
    assert "She has asked for it: on" in page
    assert "Write her where it is" not in page
