"""A comment that speaks of an emergency: held, its writer led to help, and before the therapist's eyes once."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Comment
from blog.services import publish_article
from postpartum.background import periodic_duties, work_once
from postpartum.red_flag_comments import open_missed
from programs.models import Concern, Participant
from programs.rules.concerns import comment_concern
from programs.rules.vocabulary import Urgency
from tests.cast import make_enrollment, make_user

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")
IN_NEED = "Some days I want to die."


@pytest.fixture
def desk(therapist):
    """The therapist's browser, apart from the reader's."""
    desk = Client()
    desk.force_login(therapist)
    return desk


@pytest.fixture
def article(therapist):
    """An article, open for comments."""
    return publish_article(
        slug="back-pain",
        title="Back pain",
        summary="",
        body="<p>x</p>",
        topic=("back", "Back"),
        author=therapist,
        now=timezone.now(),
    )


@pytest.fixture
def send(client, article):
    """A function that sends a comment through the real form."""

    def send(body, **words):
        sent = {"name": "Nora", "email": "nora@example.net", "website": "", "body": body}
        return client.post(reverse("article_comment", args=[article.slug]), sent | words)

    return send


def test_the_same_words_of_another_person_are_another_cry_for_help(desk, send, program):
    for name in ("Nora", "Lea", "Lea"):
        response = send(IN_NEED, name=name)
        assert reverse("safety") in response.url
    comments = Comment.objects.order_by("pk")
    assert [comment.name for comment in comments] == ["Nora", "Lea"]
    concerns = Concern.objects.filter(resolved_at=None).order_by("comment_number")
    assert [one.comment_number for one in concerns] == [comment.pk for comment in comments]
    assert desk.get(DESK).text.count("A comment speaks of self-harm") == 4  # in the list and in its summary


def test_it_is_held_she_sees_help_at_once_and_the_desk_gets_one_concern(client, send, program):
    for _ in range(2):
        response = send(IN_NEED)

    comment = Comment.objects.get()
    assert comment.status == "pending"
    page = client.get(response["Location"]).text
    assert page.index("Your comment is safe and waits for the therapist.") < page.index("<h1>")
    concern = Concern.objects.get()
    assert (concern.participant, concern.comment_number) == (None, comment.pk)
    assert (concern.code, concern.urgency) == ("comment_self_harm", Urgency.EMERGENCY)


def test_the_page_of_help_stays_without_cookie_and_says_it_only_to_her(
    client, program, django_assert_num_queries
):
    with django_assert_num_queries(2):
        hers = client.get(reverse("safety"), {"said": "1"})

    assert not hers.cookies
    assert "Your comment is safe" in hers.text
    assert "Your comment is safe" not in client.get(reverse("safety")).text


def test_harmless_words_open_nothing(send):
    send("Thank you, my back is better.")

    assert not Concern.objects.exists()


def test_words_changed_into_an_emergency_open_one_too(client, send):
    own = send("Thank you")["Location"]
    client.post(f"{own}change/", {"body": "I have chest pain right now"})

    concern = Concern.objects.get()
    assert (concern.code, concern.facts["because"]) == ("comment_emergency", ["chest_pain"])


@contextmanager
def concerns_cannot_be_kept():
    """The database refuses every concern meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE programs_concern RENAME TO away")
        yield
        cursor.execute("ALTER TABLE away RENAME TO programs_concern")


def test_if_no_concern_can_be_opened_she_sees_help_and_it_is_opened_soon_after(
    send, program, django_assert_num_queries, caplog
):
    with concerns_cannot_be_kept():
        response = send(IN_NEED)
        send("Thank you", email="other@example.net")
    comment = Comment.objects.get(body=IN_NEED)
    assert response["Location"].startswith(reverse("safety"))
    assert f"comment {comment.pk}" in caplog.text
    assert "want to die" not in caplog.text
    assert not Concern.objects.exists()

    for _ in range(2):
        work_once(periodic_duties())
    concern = Concern.objects.get()
    assert (concern.comment_number, concern.urgency) == (comment.pk, Urgency.EMERGENCY)
    with django_assert_num_queries(3):
        open_missed(timezone.now())


def test_one_that_was_settled_is_not_opened_again(desk, send):
    send(IN_NEED)
    desk.post(reverse("admin:desk_concern", args=[Concern.objects.get().pk]), {"note": "Wrote to her."})

    open_missed(timezone.now())

    assert Concern.objects.get().resolved_at


def test_a_member_in_need_stands_on_her_record_with_the_way_to_her_comment(client, send, desk, mother):
    make_enrollment(mother)
    client.force_login(mother)
    send(IN_NEED, name="Night owl")

    concern = Concern.objects.exclude(comment_number=None).get()
    assert concern.participant.user == mother
    page = desk.get(reverse("admin:desk_member", args=[concern.participant_id])).text
    assert "A comment speaks of self-harm" in page
    assert reverse("admin:blog_comment_change", args=[concern.comment_number]) in page


def test_a_member_without_a_record_is_a_reader_like_any_other(client, send, mother):
    client.force_login(mother)
    send(IN_NEED)

    assert Concern.objects.get().participant is None
    assert not Participant.objects.exists()


def test_the_desk_says_why_and_leads_to_the_comment(desk, send):
    send(IN_NEED + " I have chest pain right now too.")
    concern = Concern.objects.get()

    page = desk.get(DESK).text

    assert "A comment speaks of self-harm" in page
    assert "Chest pain, or a tight or crushing feeling in your chest" in page
    assert reverse("admin:blog_comment_change", args=[concern.comment_number]) in page
    assert reverse("admin:desk_concern", args=[concern.pk]) in page
    assert "A comment speaks of self-harm" in desk.get(reverse("admin:programs_concern_changelist")).text
    opened = desk.get(reverse("admin:programs_concern_change", args=[concern.pk]))
    assert opened["Location"] == reverse("admin:desk_concern", args=[concern.pk])


def test_a_note_settles_it_and_a_second_changes_nothing(desk, therapist, send):
    send(IN_NEED)
    concern = Concern.objects.get()
    address = reverse("admin:desk_concern", args=[concern.pk])
    page = desk.get(address).text
    assert "Some days I want to die." in page
    assert "mailto:nora@example.net" in page

    without_note = desk.post(address, {"note": ""})
    assert without_note.status_code == 422
    assert "Please write a line" in without_note.text
    for note in ("Wrote to her at once.", "Again"):
        desk.post(address, {"note": note})

    concern.refresh_from_db()
    assert (concern.resolved_by, concern.note) == (therapist, "Wrote to her at once.")
    assert "A comment speaks" not in desk.get(DESK).text
    assert "Wrote to her at once." in desk.get(address).text


def test_a_comment_its_writer_deleted_leaves_the_concern_open(desk, send):
    send(IN_NEED)
    Comment.objects.all().delete()

    page = desk.get(reverse("admin:desk_concern", args=[Concern.objects.get().pk]))

    assert "no longer there" in page.text


def test_it_is_for_those_who_care_for_members(client, send):
    send(IN_NEED)
    helper = make_user("helper@example.org", is_staff=True)
    client.force_login(helper)

    assert client.get(reverse("admin:desk_concern", args=[Concern.objects.get().pk])).status_code == 403


def test_the_database_refuses_a_concern_of_nobody():
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(code="low_mood", urgency="routine", opened_at=timezone.now())


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("self_harm",), "comment_self_harm"),
        (("chest_pain", "self_harm"), "comment_self_harm"),
        (("heavy_bleeding",), "comment_emergency"),
    ],
)
def test_the_rule_names_the_gravest(flags, code):
    mark = comment_concern(flags)
    assert (mark.code, mark.urgency, mark.because) == (code, Urgency.EMERGENCY, flags)
