"""Saying something through the real form."""

import unicodedata
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.forms import CommentForm
from blog.models import Article, Comment, CommentPolicy
from blog.moderation import (
    BODY_MAX_LENGTH,
    MAX_PER_ADDRESS,
    PER_SECONDS,
    SECONDS_TOO_FAST,
    Mode,
    Reason,
    Status,
)
from blog.sanitizing import MAX_MARKS
from blog.services import InvalidParentError
from blog.tokens import opened_stamp

pytestmark = pytest.mark.django_db
WORDS = {"name": "Nora", "email": "nora@example.net", "website": "", "body": "Thank you for this."}


@pytest.fixture
def address(article):
    """Where the form is."""
    return reverse("article_comment", args=[article.slug])


def test_a_comment_waits_and_its_writer_is_told(client, article, address):
    response = client.post(address, WORDS, follow=True)

    comment = Comment.objects.get()
    assert (comment.article, comment.status, comment.body) == (article, Status.PENDING, WORDS["body"])
    assert "waiting for approval" in response.text
    assert WORDS["body"] in response.text
    assert WORDS["email"] not in response.text
    assert WORDS["body"] not in client.get(article.get_absolute_url()).text


def test_the_form_asks_for_a_token_and_works_with_it(article, address):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(address, WORDS).status_code == 403

    form = browser.get(address)

    token = str(form.context["csrf_token"])
    assert browser.post(address, WORDS | {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_reply_keeps_what_it_answers(client, article, address, said):
    parent = said(article, "What about stairs?", name="Ana")

    form = client.get(address, {"parent": parent.pk}).text
    client.post(address, WORDS | {"parent": parent.pk})

    assert "Reply to Ana" in form
    assert "What about stairs?" in form
    assert f'name="parent" value="{parent.pk}"' in form
    assert Comment.objects.get(name="Nora").parent == parent


@pytest.mark.parametrize("parent", ["999999", "x", "-1", "9" * 40, "²"])
def test_a_parent_that_is_none_is_not_found(client, address, parent):
    assert client.get(address, {"parent": parent}).status_code == 404
    assert client.post(address, WORDS | {"parent": parent}).status_code == 404
    assert not Comment.objects.exists()


def test_only_what_can_be_read_here_can_be_answered(client, article, address, say, said, make_article):
    waiting, elsewhere = say(article, "Waiting"), said(make_article(), "Elsewhere")

    for parent in (waiting, elsewhere):
        assert client.get(address, {"parent": parent.pk}).status_code == 404
        assert client.post(address, WORDS | {"parent": parent.pk}).status_code == 404


def test_the_service_too_refuses_to_answer_what_cannot_be_read_here(
    article, say, said, make_article, therapist
):
    waiting, elsewhere = say(article, "Waiting"), said(make_article(), "Elsewhere")

    for parent in (waiting, elsewhere):
        with pytest.raises(InvalidParentError):
            say(article, "An answer", parent=parent)
    with pytest.raises(InvalidParentError):
        say(article, "Her answer", parent=elsewhere, author=therapist)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("body", "", "write something"),
        ("body", " \n\t ", "write something"),
        ("body", "\u200b\u202e", "write something"),
        ("body", "x" * 100_000, "100,000 characters, and there is room for 8,000"),
        ("name", "", "what to call you"),
        ("name", "\u200d", "what to call you"),
        ("name", "x" * 61, "at most 60 characters"),
        ("email", "", "required"),
        ("email", "nora@", "valid e"),
        ("email", "x" * 250 + "@example.net", "at most 254"),
        ("website", "not a site", "web address"),
        ("website", "javascript:alert(1)", "web address"),
        ("website", "ftp://files.example", "web address"),
        ("website", "mailto:nora@example.net", "web address"),
        ("website", "nora@example.net", "web address"),
        ("website", "https://bank.example@evil.example/", "web address"),
        ("website", "tel:12345", "web address"),
        ("name", "\u3164\u2800", "what to call you"),
        ("website", "https://example.org/" + "x" * 200, "too long"),
        ("name", "No\x00ra", "ull characters"),
    ],
)
def test_an_error_is_clear_and_nothing_she_typed_is_lost(client, address, field, value, message):
    sent = WORDS | {field: value}

    response = client.post(address, sent)

    assert response.status_code == 422
    assert message in response.text
    assert {name: response.context["form"][name].value() for name in WORDS} == sent
    assert not Comment.objects.exists()


def test_the_longest_comment_goes_through(client, address):
    client.post(address, WORDS | {"body": "x" * BODY_MAX_LENGTH})

    assert len(Comment.objects.get().body) == BODY_MAX_LENGTH


def test_the_field_never_cuts_what_she_pastes(client, address):
    textarea = dict(elements(client.get(address).text))["textarea"]

    assert "maxlength" not in textarea


def test_sent_ten_times_it_is_one_comment(client, address):
    answers = {client.post(address, WORDS)["Location"] for _ in range(10)}

    assert Comment.objects.count() == 1
    assert len(answers) == 1


def test_other_words_another_person_or_another_parent_is_another_comment(client, article, address, said):
    parent = said(article, "First")
    variants = [{}, {"body": "Other"}, {"email": "other@example.net"}, {"parent": parent.pk}]
    for variant in variants:
        client.post(address, WORDS | variant)

    assert Comment.objects.pending().count() == len(variants)


def test_a_website_without_https_gets_it(client, address):
    client.post(address, WORDS | {"website": "nora.example"})

    assert Comment.objects.get().website == "https://nora.example"


def test_a_website_may_name_a_port(client, address):
    client.post(address, WORDS | {"website": "nora.example:8080/a"})

    assert Comment.objects.get().website == "https://nora.example:8080/a"


def test_marks_do_not_pile_up_over_other_lines(client, address):
    tower = "e" + "\u0301\u0322\u0489" * 20

    client.post(address, WORDS | {"name": f"N{tower}", "body": f"{tower} שָׁלוֹם ก็ไม่"})

    comment = Comment.objects.get()
    assert len(comment.name) <= 2 + MAX_MARKS
    assert comment.body.endswith(unicodedata.normalize("NFC", "שָׁלוֹם ก็ไม่"))
    assert len(comment.body) < 30


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_name_turns_the_line_around_it(page, live_server, article, said):
    said(article, "Words", name="\u202eabc \u2067נורה!")
    said(article, "Words again", name="Nora!")

    page.goto(live_server.url + article.get_absolute_url())

    for card in page.locator(".comment").all():
        name, day = card.locator("b").bounding_box(), card.locator("time").bounding_box()
        assert name["x"] + name["width"] <= day["x"]
    assert "\u202e" not in page.content()


def test_names_cannot_turn_the_page_around(client, address):
    client.post(address, WORDS | {"name": " \u202eNo\u200bra\n  X "})

    assert Comment.objects.get().name == "Nora X"


def elements(html):
    """Every element of some HTML as (tag, attributes), as a browser would find them."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    return found


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    '"><svg onload=alert(1)>',
    "<style>*{display:none}</style>",
    "</article></ol><h1>x",
    'https://example.org/"onmouseover="alert(1)',
    "[x](javascript:alert(1))",
    "<!-- x",
    "{{ 7|add:1 }}{% debug %}",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_words_are_shown_as_words(client, article, said, body):
    comment = said(article, body, name=body[:60], website="")

    page = elements(client.get(article.get_absolute_url()).text)

    assert {tag for tag, _ in elements(comment.html)} <= {"p", "br", "a"}
    assert not [attribute for _, attributes in page for attribute in attributes if attribute.startswith("on")]
    assert not [attributes for _, attributes in page if attributes.get("href", "").startswith("javascript")]
    runs = [(tag, attributes) for tag, attributes in page if tag in ("script", "style", "h1", "img")]
    kept = ("/static/", "data:image/svg+xml,")  # drawings of the site, one of them in the page itself
    ours = [(tag, attributes) for tag, attributes in runs if not attributes.get("src", "").startswith(kept)]
    assert ours == [("script", {"type": "application/ld+json"}), ("h1", {})]
    assert comment.body == body


def test_paragraphs_line_breaks_and_links_come_out(said, article):
    comment = said(article, "One\ntwo\n\n\n\nSee https://example.org/a?b=1&c=2, and mail me@example.net")

    assert comment.html == (
        "<p>One<br>two</p>\n\n"
        '<p>See <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
        "https://example.org/a?b=1&amp;c=2</a>, and mail me@example.net</p>"
    )


def test_a_filled_trap_is_kept_as_spam_and_looks_the_same(client, address):
    response = client.post(address, WORDS | {"subject": "x"}, follow=True)

    assert Comment.objects.get().status == Status.SPAM
    assert "waiting for approval" in response.text


def test_the_form_tells_how_long_it_was_open(client, address):
    CommentPolicy.objects.create(pk=1, mode=Mode.APPROVE_ALL)
    just_opened = client.get(address).context["opened"]
    opened = opened_stamp(timezone.now() - timedelta(seconds=SECONDS_TOO_FAST))

    client.post(address, WORDS | {"opened": opened})
    client.post(address, WORDS | {"opened": just_opened, "body": "At once"})
    client.post(address, WORDS | {"opened": opened + "x", "body": "Forged"})
    client.post(address, WORDS | {"body": "No stamp"})

    reasons = {comment.body: comment.reasons for comment in Comment.objects.all()}
    assert reasons == {
        WORDS["body"]: [],
        "At once": [Reason.TOO_FAST],
        "Forged": [Reason.TOO_FAST],
        "No stamp": [Reason.TOO_FAST],
    }


def test_too_many_from_one_address_are_asked_to_wait_and_lose_nothing(client, address):
    for number in range(MAX_PER_ADDRESS):
        client.post(address, WORDS | {"body": f"Number {number}"})

    response = client.post(address, WORDS | {"body": "One too many"})

    assert response.status_code == 429
    assert "One too many" in response.text
    assert "Please wait 10 minutes, then send it again." in response.text
    assert 0 < int(response.headers["Retry-After"]) <= PER_SECONDS
    assert Comment.objects.count() == MAX_PER_ADDRESS


def test_closed_comments_say_so_and_give_her_words_back(client, make_article):
    article = make_article(comments_open=False)
    address = reverse("article_comment", args=[article.slug])

    response = client.post(address, WORDS)

    assert response.status_code == 403
    assert "closed" in response.text
    assert WORDS["body"] in response.text
    assert "get help now" in response.text
    assert "closed" in client.get(article.get_absolute_url()).text
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("age", "status"), [(29, 302), (30, 403), (31, 403)])
def test_comments_close_by_age(client, make_article, age, status):
    CommentPolicy.objects.create(pk=1, close_after_days=30)
    article = make_article(published_at=timezone.now() - timedelta(days=age))

    assert client.post(reverse("article_comment", args=[article.slug]), WORDS).status_code == status


def test_a_draft_takes_no_comments(client, make_article):
    draft = make_article(status=Article.Status.DRAFT)

    assert client.post(reverse("article_comment", args=[draft.slug]), WORDS).status_code == 404


def test_a_member_writes_under_her_pen_name_and_is_not_asked_for_her_address(client, member, address):
    client.force_login(member)
    form = client.get(address)
    client.post(address, {"name": "Night owl", "body": "Hello"})

    comment = Comment.objects.get()
    assert form.context["form"]["name"].value() == "Night owl"
    assert member.name not in form.text
    assert "email" not in form.context["form"].fields
    assert (comment.author, comment.name, comment.email) == (member, "Night owl", member.email)


def test_nobody_can_write_as_somebody_else(client, member, address):
    client.post(address, WORDS | {"author": member.pk, "status": "approved", "is_staff": 1})

    comment = Comment.objects.get()
    assert (comment.author, comment.status) == (None, Status.PENDING)


def test_the_therapists_answer_is_there_at_once_and_approves_what_it_answers(
    client, therapist, article, address, say
):
    question = say(article, "May I run?")
    client.force_login(therapist)

    client.post(address, {"name": "Dr. Elena Marsh", "body": "Soon.", "parent": question.pk})

    page = client.get(article.get_absolute_url()).text
    assert page.index("May I run?") < page.index("Soon.")


def test_who_decides_about_comments_is_a_matter_of_permission(article, say, helper, moderator):
    waiting = say(article, "May I run?")

    assert say(article, "Hello", author=helper).status == Status.PENDING
    with pytest.raises(InvalidParentError):
        say(article, "Sure", author=helper, parent=waiting)
    assert say(article, "Soon", author=moderator, parent=waiting).status == Status.APPROVED


def test_the_page_of_a_sent_comment_is_for_its_writer_only(client, article, say, make_article):
    say(article, "Mine")
    for token in ("1", "x", "1:2:3", "'"):
        assert client.get(reverse("comment_own", args=[article.slug, token])).status_code == 404


def test_the_form_costs_the_same_with_any_number_of_comments(
    client, article, address, said, django_assert_num_queries
):
    for number in range(3):
        said(article, f"Number {number}")

    with django_assert_num_queries(2):
        client.get(address)


def test_the_trap_is_no_field_of_the_form_a_person_meets():
    assert CommentForm.base_fields["subject"].required is False
