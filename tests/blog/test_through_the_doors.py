"""What docs/comments-compared.md promises, through the doors alone: forms, pages, the desk and mails.

Nothing here is written to the database by a test but the past: a comment or an article that is older than the test.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Comment
from blog.moderation import EDIT_MINUTES, SECONDS_TOO_FAST
from blog.tokens import opened_stamp

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:blog_comment_changelist")
POLICY = {"mode": "hold_all", "max_links": 1, "max_depth": 3, "hold_words": "", "spam_words": ""}


class Reader:
    """Somebody with a browser of her own and no account."""

    def __init__(self, name, article):
        self.browser, self.name, self.email = Client(), name, f"{name.lower()}@example.net"
        self.page = article.get_absolute_url()

    def says(self, body, under=None, **fields):
        """Write a comment in no hurry, as an answer to the comment `under` which she reads; her comment's page."""
        parent = {"parent": id_of(under, self.read())} if under else {}
        opened = opened_stamp(timezone.now() - timedelta(seconds=SECONDS_TOO_FAST))
        words = {"name": self.name, "email": self.email, "website": "", "body": body, "opened": opened}
        response = self.browser.post(f"{self.page}comment/", words | parent | fields)
        assert response.status_code == 302
        return response["Location"]

    def read(self):
        """The article with all that is said under it."""
        return self.browser.get(self.page).text

    def gets(self, mails):
        """The mails of these that are hers."""
        return [mail for mail in mails if mail.to == [self.email]]


class Desk:
    """The therapist, signed in at the desk."""

    def __init__(self, therapist):
        self.browser = Client()
        self.browser.force_login(therapist)

    def acts(self, action, *bodies):
        """Choose comments in the queue by their words, and an action."""
        numbers = [Comment.objects.get(body=body).pk for body in bodies]
        return self.browser.post(QUEUE, {"action": action, "_selected_action": numbers}, follow=True).text

    def sets(self, **policy):
        """Moderate like this from now on."""
        address = reverse("admin:blog_commentpolicy_add")
        if self.browser.get(address).status_code == 403:  # there is one already
            address = reverse("admin:blog_commentpolicy_change", args=[1])
        assert self.browser.post(address, POLICY | policy).status_code == 302

    def finds_in_spam(self, body):
        """Whether it lies there."""
        return body in self.browser.get(QUEUE, {"status__exact": "spam"}).text


def id_of(body, page):
    """The number of a comment that can be read on a page."""
    return re.findall(r'id="comment-(\d+)"', page[: page.index(body)])[-1]


def decision_in(mails, body):
    """The address in the mail about a comment at which it is decided."""
    [mail] = [mail for mail in mails if body in mail.body]
    address = re.search(r"\S+/articles/moderate/\S+", mail.body).group()
    return urlsplit(address).path


@pytest.fixture
def desk(therapist, article):
    """The therapist at her desk."""
    return Desk(therapist)


@pytest.fixture
def nora(article):
    """A reader."""
    return Reader("Nora", article)


@pytest.fixture
def ana(article):
    """Another reader."""
    return Reader("Ana", article)


def test_nothing_is_read_before_it_is_approved(desk, nora, ana):
    nora.says("Thank you")
    assert "Thank you" not in ana.read()

    desk.acts("approve", "Thank you")

    assert "Thank you" in ana.read()


def test_only_the_first_comment_of_a_person_is_held(desk, nora, ana):
    desk.sets(mode="hold_first")
    nora.says("My first")
    assert "My first" not in ana.read()
    desk.acts("approve", "My first")

    nora.says("My second")
    ana.says("I am new")

    assert "My second" in ana.read()
    assert "I am new" not in nora.read()


def test_links_and_her_own_words_hold_a_comment(desk, nora):
    desk.sets(mode="approve_all", max_links=1, hold_words="wonder cure", spam_words="casino")

    for body in ("One https://a.example", "Two https://a.example www.b.example", "A Wonder Cure!", "Casino"):
        nora.says(body)

    page = nora.read()
    assert "One " in page
    assert [body in page for body in ("Two ", "Wonder", "Casino")] == [False] * 3
    assert desk.finds_in_spam("Casino")
    assert not desk.finds_in_spam("Wonder")


def test_many_are_decided_at_once_and_a_decision_is_undone(desk, nora, ana):
    for body in ("One", "Two", "Three"):
        nora.says(f"{body} said")

    assert "2 comments changed" in desk.acts("approve", "One said", "Two said")
    assert [f"{body} said" in ana.read() for body in ("One", "Two", "Three")] == [True, True, False]
    desk.acts("mark_as_spam", "One said")
    assert "One said" not in ana.read()
    desk.acts("undo", "One said")
    assert "One said" in ana.read()


def test_a_guest_changes_her_words_for_15_minutes(nora):
    own = nora.says("Teh words")
    assert nora.browser.post(f"{own}change/", {"body": "The words"}).status_code == 302
    assert "The words" in nora.browser.get(own).text
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=EDIT_MINUTES))

    late = nora.browser.post(f"{own}change/", {"body": "Other words"})

    assert late.status_code == 422
    assert "Other words" in late.text
    assert "The words" in nora.browser.get(own).text


def test_changed_words_are_judged_anew(desk, nora, ana):
    desk.sets(mode="approve_all")
    own = nora.says("Harmless")
    assert "Harmless" in ana.read()

    nora.browser.post(f"{own}change/", {"body": "https://a.example https://b.example"})

    assert "Harmless" not in ana.read()
    assert "b.example" not in ana.read()


def test_a_guest_deletes_her_words_at_any_time_and_answers_stay(desk, nora, ana):
    own = nora.says("Please forget me")
    desk.acts("approve", "Please forget me")
    ana.says("An answer", under="Please forget me")
    desk.acts("approve", "An answer")
    Comment.objects.update(created_at=timezone.now() - timedelta(days=300))

    assert "Please forget me" in nora.browser.get(f"{own}delete/").text
    assert "Please forget me" in ana.read()
    nora.browser.post(f"{own}delete/")

    page = ana.read()
    assert "Please forget me" not in page
    assert "This comment was removed." in page
    assert "An answer" in page


def test_a_writer_is_told_when_it_is_approved_and_when_it_is_answered(desk, nora, ana, delivered):
    nora.says("A question?", wants_answers="on")
    assert nora.gets(delivered()) == []
    desk.acts("approve", "A question?")
    [approved] = nora.gets(delivered())
    assert approved.subject == "Your comment is public now"

    ana.says("An answer", under="A question?")
    assert nora.gets(delivered()) == []
    desk.acts("approve", "An answer")

    mails = delivered()
    assert [mail.subject for mail in nora.gets(mails)] == ["Someone answered your comment"]
    assert [mail.subject for mail in ana.gets(mails)] == ["Your comment is public now"]


def test_who_did_not_ask_is_told_of_no_answer(desk, nora, ana, delivered):
    nora.says("A question?")
    desk.acts("approve", "A question?")
    delivered()
    ana.says("An answer", under="A question?")
    desk.acts("approve", "An answer")

    assert nora.gets(delivered()) == []


def test_one_click_in_the_mail_program_ends_all_mails(desk, nora, delivered):
    nora.says("A question?", wants_answers="on")
    desk.acts("approve", "A question?")
    [approved] = nora.gets(delivered())
    address = urlsplit(approved.extra_headers["List-Unsubscribe"].strip("<>")).path
    assert approved.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    nora.says("One more")
    desk.acts("approve", "One more")
    assert nora.gets(delivered()) == []


def test_the_therapist_decides_from_the_mail_without_signing_in(desk, nora, ana, delivered):
    nora.says("May I run?")
    address, phone = decision_in(delivered(), "May I run?"), Client()

    for query in ("", "?do=approve", "?do=trash"):
        assert "May I run?" in phone.get(address + query).text
    assert "May I run?" not in ana.read()
    phone.post(address, {"do": "approve"})

    assert "May I run?" in ana.read()
    assert phone.post(address, {"do": "trash"}).status_code == 410


def test_an_answer_from_the_mail_approves(desk, nora, ana, delivered):
    nora.says("May I run?", wants_answers="on")

    Client().post(decision_in(delivered(), "May I run?"), {"do": "reply", "body": "Not before week 12."})

    page = ana.read()
    assert page.index("May I run?") < page.index("Not before week 12.")
    assert {mail.subject for mail in nora.gets(delivered())} == {
        "Your comment is public now",
        "Someone answered your comment",
    }


def test_anyone_reports_a_comment(desk, nora, ana, therapist, delivered):
    nora.says("Strong words")
    desk.acts("approve", "Strong words")
    delivered()
    number = id_of("Strong words", ana.read())

    ana.browser.post(f"{ana.page}comments/{number}/report/", {"reason": "unsafe", "note": "Bad advice"})

    [mail] = delivered()
    assert mail.to == [therapist.email]
    assert "Bad advice" in mail.body
    assert "Bad advice" in desk.browser.get(reverse("admin:blog_report_changelist")).text
    assert "Strong words" in ana.read()


def test_whom_the_therapist_bars_is_not_heard_any_more(desk, nora, ana):
    desk.sets(mode="approve_all")
    nora.says("Rude")
    desk.acts("bar", "Rude")

    nora.says("Rude again", name="N.", email="NORA@example.net")
    ana.says("Kind")

    assert ["Rude" in ana.read(), "Kind" in ana.read()] == [False, True]
    assert desk.finds_in_spam("Rude again")


def test_comments_close_by_age(desk, nora):
    desk.sets(close_after_days=30)
    Article.objects.update(published_at=timezone.now() - timedelta(days=29))
    assert nora.says("Still open")

    Article.objects.update(published_at=timezone.now() - timedelta(days=30))

    late = nora.browser.post(f"{nora.page}comment/", {"name": "Nora", "body": "Too late"})
    assert (late.status_code, "Too late" in late.text) == (403, True)


def test_threads_have_the_depth_she_sets_and_say_whom_they_answer_beyond_it(desk, article):
    desk.sets(mode="approve_all", max_depth=1)
    before = None
    for name in ("Ana", "Bea", "Cleo", "Dora"):
        Reader(name, article).says(f"{name} speaks", under=before)
        before = f"{name} speaks"

    reader = Reader("Eva", article)
    assert re.findall(r'answers <a href="comments/\d+/"[^>]*>(\w+)</a>', reader.read()) == ["Bea", "Cleo"]
    desk.sets(mode="approve_all", max_depth=3)
    assert "answers <a" not in reader.read()


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("hold_all", ["The therapist reads comments before they appear."]),
        ("hold_first", ["The therapist reads your first comment before it appears."]),
        ("approve_all", []),
    ],
)
def test_the_form_says_what_is_read_first(desk, nora, mode, told):
    desk.sets(mode=mode)

    assert re.findall(r"The therapist reads[^.]*\.", nora.browser.get(f"{nora.page}comment/").text) == told
