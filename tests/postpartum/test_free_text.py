"""Every field in which a member or a reader writes freely is looked at for words of danger.

A new such field fails the first test until it stands in the table, and then the others until it offers help.
"""

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from blog.models import Comment, Report
from blog.services import post_comment, publish_article
from blog.services.moderating import approve_comment
from blog.services.posting import Sender
from programs.models import Concern
from programs.rules.vocabulary import Urgency

HOPELESS, IN_NEED = "I feel hopeless", "I want to die"
# Field → how its words are sent: the name of a function below; or why nobody looks at it.
FIELDS = {
    "blog.forms:CommentTextForm.body": "change_comment",
    "blog.forms:CommentForm.body": "write_comment",
    "blog.forms:CommentForm.name": "name_oneself_in_a_comment",
    "blog.forms:ReportForm.note": "report",
    "postpartum.views.search:SearchForm.q": "search",
    "postpartum.forms.profile:ProfileForm.name": "change_name",
    "postpartum.forms.profile:ProfileForm.pen_name": "change_pen_name",
}
NOT_LOOKED_AT = {
    "blog.forms:CommentForm.website": "a web address, or refused",
    "blog.forms:CommentForm.subject": "hidden from people: what bots fill in",
    "accounts.forms:SignupDetailsForm.time_zone": "one of a list, or UTC",
    "accounts.forms:ColleagueForm.name": "hers, whom the owner invited to the desk",
    "accounts.forms:ColleagueForm.time_zone": "one of a list, or UTC",
    "accounts.forms:FirstOwnerForm.name": "the owner's, who opens the desk with it",
    "accounts.forms:FirstOwnerForm.time_zone": "one of a list, or UTC",
    "accounts.forms:AuthenticateForm.code": "a code of six digits, or refused",
    "accounts.forms:CountedCodeMixin.code": "the same",
    "accounts.forms:ReauthenticateForm.code": "the same",
    "accounts.code_forms:SignupForm.time_zone": "one of a list, or UTC",
    "accounts.code_forms:SignupForm.username": "taken out by django-allauth: there are no user names",
    "programs.forms.check_in:CheckInForm.shown": "hidden from people: which answers the page listed",
    "accounts.code_forms:SixDigitsMixin.code": "the same",
    "accounts.code_forms:ConfirmLoginCodeForm.code": "the same",
    "accounts.code_forms:ConfirmEmailVerificationCodeForm.code": "the same",
    "accounts.reauthentication:MailedCodeForm.code": "the same",
    "programs.forms.figure:FigureForm.draft": "at the desk, signed by the site",
    "programs.forms.figure:DragForm.joint": "at the desk, one of a list, or refused",
    "programs.forms.screening:ConsentForm.seen": "the versions of the pages it links to, written by the page",
}
APPS = ("accounts", "blog", "common", "postpartum", "programs")
DESK = ("admin", "desk", "management", "migrations")  # what the therapist and operators write


def free_text_fields():
    """The fields of our forms that take any text, by module and class, without those of the desk."""
    found = set()
    for module in _modules():
        for _name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, forms.BaseForm) and form.__module__ == module.__name__:
                found |= {
                    f"{module.__name__}:{form.__name__}.{name}"
                    for name, field in form.base_fields.items()
                    if type(field) in (forms.CharField, forms.RegexField, forms.JSONField)
                }
    return found


def _modules():
    for app in APPS:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if not set(found.name.split(".")) & {*DESK, "wsgi", "settings"}:
                yield importlib.import_module(found.name)


def test_every_field_for_free_text_is_in_the_table():
    assert free_text_fields() == {*FIELDS, *NOT_LOOKED_AT}


def test_no_form_makes_a_field_for_free_text_on_the_way():
    """Fields made in a method would escape the test above."""
    for module in _modules():
        source = Path(module.__file__).read_text(encoding="utf-8")
        made = sum(source.count(f"forms.{kind}(") for kind in ("CharField", "RegexField", "JSONField"))
        classes = [one for _name, one in inspect.getmembers(module, inspect.isclass)]
        declared = sum(
            type(field) in (forms.CharField, forms.RegexField, forms.JSONField)
            for one in classes
            if issubclass(one, forms.BaseForm) and one.__module__ == module.__name__
            for name, field in vars(one).get("declared_fields", {}).items()
            if not any(name in vars(base).get("declared_fields", {}) for base in one.__mro__[1:])
        )
        assert made <= declared, f"{module.__name__} makes a field for free text in a method"


@pytest.fixture
def article(therapist):
    """An article with one public comment."""
    article = publish_article(
        slug="back-pain", title="Back pain", summary="", body="<p>x</p>", topic=("back", "Back"),
        author=therapist, now=timezone.now(),
    )  # fmt: skip
    sender = Sender(name="Ida", email="ida@example.org", seconds=60)
    comment, _ = post_comment(article, sender=sender, body="Thank you", now=timezone.now())
    approve_comment(comment, timezone.now())
    return article


@pytest.fixture
def send(client, article, mother, program, request):
    """A function that sends words by a field, and returns the page that follows."""

    def send(way, words):
        return SENDERS[way](client, article, mother, words)

    return send


def _comment(client, article, **changed):
    sent = {"name": "Nora", "email": "nora@example.net", "website": "", "body": "Thank you so much"}
    return client.post(reverse("article_comment", args=[article.slug]), sent | changed, follow=True)


def write_comment(client, article, _mother, words):
    return _comment(client, article, body=words)


def name_oneself_in_a_comment(client, article, _mother, words):
    return _comment(client, article, name=words, body=f"Thank you, {len(words)} times")


def change_comment(client, article, _mother, words):
    own = _comment(client, article).redirect_chain[-1][0]
    return client.post(f"{own}change/", {"body": words}, follow=True)


def report(client, article, _mother, words):
    comment = Comment.objects.earliest("pk")
    address = reverse("comment_report", args=[article.slug, comment.pk])
    return client.post(address, {"reason": "other", "note": words}, follow=True)


def search(client, _article, _mother, words):
    return client.get(reverse("search"), {"q": words})


def _profile(client, mother, **changed):
    client.force_login(mother)
    sent = {"name": "Maya", "pen_name": "", "time_zone": "UTC", "country": ""}
    return client.post(reverse("profile"), sent | changed, follow=True)


def change_name(client, _article, mother, words):
    return _profile(client, mother, name=words)


def change_pen_name(client, _article, mother, words):
    return _profile(client, mother, pen_name=words)


SENDERS = {name: globals()[name] for name in FIELDS.values()}
OFFERED = ("You are not alone", "made us want to be sure you are safe")


@pytest.mark.django_db
@pytest.mark.parametrize("way", sorted(SENDERS))
def test_words_that_sound_hopeless_get_a_note_and_are_kept_from_nobody(send, way):
    assert not any(words in send(way, "Thank you for this").text for words in OFFERED)
    page = send(way, HOPELESS)
    assert page.status_code == 200
    assert "You are not alone" in page.text
    assert reverse("safety") in page.text
    assert not Concern.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("way", sorted(SENDERS))
def test_a_cry_for_help_gets_help_at_once_and_reaches_the_desk(send, way):
    page = send(way, IN_NEED)
    assert page.status_code == 200
    assert any(words in page.text for words in OFFERED)
    if way != "search":  # what is looked for is not kept
        concern = Concern.objects.get()
        assert concern.urgency == Urgency.EMERGENCY
        assert concern.facts["because"] == ["self_harm"]


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"name": ""}, {"email": "nobody"}])
def test_a_form_that_asks_for_more_offers_help_first(client, article, changed):
    page = _comment(client, article, body=IN_NEED, **changed)
    assert page.status_code == 422
    assert page.text.index("You are not alone") < page.text.index(IN_NEED)


@pytest.mark.django_db
def test_where_comments_are_closed_help_is_offered_all_the_same(client, article):
    article.comments_open = False
    article.save(update_fields=["comments_open"])
    page = _comment(client, article, body=IN_NEED)
    assert page.status_code == 403
    assert "You are not alone" in page.text


@pytest.mark.django_db
def test_each_report_that_cries_for_help_is_told_of_and_none_is_swallowed(send, as_therapist, mailoutbox):
    for words in (HOPELESS, IN_NEED, IN_NEED, f"{IN_NEED} soon", "Rude"):
        send("report", words)
    assert sorted(Report.objects.values_list("note", flat=True)) == [
        f"{HOPELESS}\n\nRude",
        IN_NEED,
        f"{IN_NEED} soon",
    ]
    assert Concern.objects.count() == 2
    assert not any(IN_NEED in mail.body for mail in mailoutbox)
    concern = Concern.objects.earliest("pk")
    page = as_therapist.get(reverse("admin:desk_concern", args=[concern.pk])).text
    assert IN_NEED in page
    assert "A reader wrote this in a report" in page


@pytest.mark.django_db
def test_the_same_words_again_open_a_settled_concern_anew(send, mother):
    send("change_name", IN_NEED)
    Concern.objects.update(resolved_at=timezone.now(), note="Called her.")
    send("change_pen_name", IN_NEED)
    concern = Concern.objects.get()
    assert concern.resolved_at is None
    assert concern.participant.user == mother
