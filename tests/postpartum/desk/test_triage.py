"""The desk opens on what needs her, and what she decides takes effect, is kept and is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Comment, Report
from postpartum.desk.waiting import SHOWN
from postpartum.models import Mail
from programs.models import (
    CareAction,
    CheckIn,
    Concern,
    Country,
    Decision,
    Participant,
    RecordOpening,
    SafetyHold,
    SessionLog,
)
from programs.pages.record_lists import PER_PAGE
from programs.pages.triage import MAX_ROWS
from programs.rules.placing import placed_again
from programs.rules.vocabulary import Urgency
from programs.services.concern import reports_of
from tests.cast import make_enrollment, make_user
from tests.programs.journey.conftest import do_session

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


def care(client, concern, **words):
    address = reverse("admin:desk_care", args=[concern.participant_id])
    data = {
        "client_id": "7a1c9f4e-0000-4000-8000-000000000001",
        "note": "Please book a check.",
        "follows": "nothing",
        "seen": reports_of(concern.participant_id),
    }
    return client.post(address, data | {"concern": concern.pk} | words)


def test_a_reported_bulge_stands_there_with_its_reason(as_therapist, bulge):
    page = as_therapist.get(DESK).content.decode()

    assert "Bulge reported" in page
    assert "Bulge seen or felt at the opening" in page
    assert "Maya" in page


def test_the_most_urgent_comes_first(as_therapist, bulge, other_mother, program):
    later = make_enrollment(other_mother)
    Concern.objects.create(
        participant=later.participant, code="self_harm", urgency=Urgency.EMERGENCY, opened_at=timezone.now()
    )

    page = as_therapist.get(DESK).content.decode()

    assert page.index("Nora") < page.index("Maya")


@pytest.mark.parametrize(("many", "are_more"), [(MAX_ROWS, False), (MAX_ROWS + 1, True)])
def test_she_is_told_when_more_are_open_than_fit_however_urgent(as_therapist, many, are_more):
    Concern.objects.bulk_create(
        Concern(code="self_harm", urgency=Urgency.EMERGENCY, opened_at=timezone.now(), comment_number=number)
        for number in range(many)
    )

    assert ("There are more" in as_therapist.get(DESK).content.decode()) == are_more


def test_nothing_to_do_says_so(as_therapist):
    assert "Nobody waits for you" in as_therapist.get(DESK).content.decode()


def test_resolving_keeps_who_when_why(as_therapist, therapist, bulge):
    care(as_therapist, bulge, resolve="on")

    bulge.refresh_from_db()
    assert (bulge.resolved_by, bulge.note) == (therapist, "Please book a check.")
    deed = CareAction.objects.get()
    assert (deed.kind, deed.by_name, deed.note) == ("resolve", "Dr. Elena Marsh", "Please book a check.")
    assert "Bulge reported" not in as_therapist.get(DESK).content.decode()


def test_sent_twice_it_happens_once(as_therapist, bulge):
    for _ in range(2):
        care(as_therapist, bulge, resolve="on", follows="unlock")

    assert CareAction.objects.count() == 2
    assert Decision.objects.filter(rule="UNLOCKED").count() == 1
    assert len(mail.outbox) == 1


def test_without_a_note_nothing_happens_and_her_choice_stays(as_therapist, bulge):
    page = care(as_therapist, bulge, note="", follows="unlock", resolve="on")

    assert page.status_code == 422
    assert "she will read why" in page.content.decode()
    assert 'value="unlock" required id="care_' in page.content.decode() or "checked" in page.content.decode()
    assert not CareAction.objects.exists()


def test_a_step_back_with_a_note_moves_her_and_can_be_told_again(as_therapist, maya):
    words = {"client_id": "7a1c9f4e-0000-4000-8000-000000000002", "note": "Gently.", "follows": "step_back"}
    as_therapist.post(reverse("admin:desk_care", args=[maya.participant_id]), words)

    maya.refresh_from_db()
    decision = Decision.objects.get()
    again = placed_again(decision.rule, decision.facts, decision.rules_version)
    assert (decision.rule, again.week) == ("THERAPIST", decision.to_week)
    assert maya.week == decision.to_week == decision.from_week - 1


def test_a_hold_stays_until_she_opens_it(as_therapist, maya, mother, client):
    address = reverse("admin:desk_care", args=[maya.participant_id])
    as_therapist.post(
        address,
        {"client_id": "7a1c9f4e-0000-4000-8000-000000000003", "note": "Let us talk.", "follows": "hold"},
    )

    client.force_login(mother)
    assert "My therapist has opened the program again." in client.get(reverse("hold")).content.decode()


def test_the_mail_says_nothing_of_health(as_therapist, bulge, mother):
    care(as_therapist, bulge, resolve="on", note="About your bulge: book a check.")

    (sent,) = mail.outbox
    assert sent.to == [mother.email]
    assert "bulge" not in (sent.subject + sent.body).lower()


def test_what_does_not_fit_is_refused_and_nothing_is_kept(as_therapist, maya):
    address = reverse("admin:desk_care", args=[maya.participant_id])
    page = as_therapist.post(
        address, {"client_id": "7a1c9f4e-0000-4000-8000-000000000004", "note": "x", "follows": "unlock"}
    )

    assert page.status_code == 422
    assert not CareAction.objects.exists()


def test_a_concern_of_somebody_else_is_refused(as_therapist, bulge, other_mother, program):
    nora = make_enrollment(other_mother)
    address = reverse("admin:desk_care", args=[nora.participant_id])
    page = as_therapist.post(
        address,
        {
            "client_id": "7a1c9f4e-0000-4000-8000-000000000005",
            "note": "x",
            "follows": "nothing",
            "resolve": "on",
            "concern": bulge.pk,
        },
    )

    bulge.refresh_from_db()
    assert page.status_code == 422
    assert bulge.resolved_at is None


def test_the_mother_reads_what_was_done(as_therapist, bulge, mother, client):
    care(as_therapist, bulge, resolve="on", follows="unlock")

    client.force_login(mother)
    page = client.get(reverse("decisions")).content.decode()
    assert "Please book a check." in page
    assert "Dr. Elena Marsh" in page


def test_who_is_quiet_for_ten_days_is_listed_until_written_to(as_therapist, maya):
    maya.week_started_at = timezone.now() - timedelta(days=11)
    maya.save(update_fields=["week_started_at"])
    assert "Quiet for ten days" in as_therapist.get(DESK).content.decode()

    address = reverse("admin:desk_care", args=[maya.participant_id])
    as_therapist.post(
        address,
        {"client_id": "7a1c9f4e-0000-4000-8000-000000000006", "note": "How are you?", "follows": "nothing"},
    )
    assert "Quiet for ten days" not in as_therapist.get(DESK).content.decode()


def test_mail_that_did_not_arrive_is_shown_until_dealt_with(as_therapist):
    lost = Mail.objects.create(
        message_id="<1@x>",
        recipients=["a@example.org"],
        sender="b@example.org",
        subject="Hello",
        state="bounced",
        problem="no such box",
    )
    assert "no such box" in as_therapist.get(DESK).content.decode()

    as_therapist.post(reverse("admin:desk_mail_done", args=[lost.pk]))
    assert "no such box" not in as_therapist.get(DESK).content.decode()


@pytest.mark.parametrize("members", [1, 9])
def test_the_first_page_asks_the_same_number_of_questions(
    as_therapist, program, members, django_assert_num_queries
):
    for number in range(members):
        enrollment = make_enrollment(make_user(f"m{number}@example.org"), timezone.now() - timedelta(days=20))
        Concern.objects.create(
            participant=enrollment.participant, code="low_mood", urgency="routine", opened_at=timezone.now()
        )
        Mail.objects.create(
            message_id=f"<{number}@x>",
            recipients=["a@example.org"],
            sender="b@example.org",
            subject="Hello",
            state="failed",
        )

    with django_assert_num_queries(11):
        as_therapist.get(DESK)


def test_a_comment_in_need_stands_before_more_than_fit_that_wait_longer(as_therapist, therapist):
    article = Article.objects.create(slug="a", title="A", author=therapist)
    now = timezone.now()
    Comment.objects.bulk_create(
        Comment(article=article, name="Nora", body="Thanks", created_at=now - timedelta(days=1))
        for _ in range(SHOWN["comments"])
    )
    in_need = Comment.objects.create(article=article, name="Ann", body="x", red_flags=["self_harm"])

    shown = as_therapist.get(DESK).context["comments"]

    assert (shown[0], len(shown)) == (in_need, SHOWN["comments"])


def waiting_comments(many, article, _program):
    Comment.objects.bulk_create(Comment(article=article, name="Nora", body="Thanks") for _ in range(many))
    return "All comments that wait"


def reports(many, article, _program):
    for _ in range(many):
        comment = Comment.objects.create(article=article, name="Nora", body="Thanks", status="approved")
        Report.objects.create(comment=comment, reason="unkind")
    return "All reports that wait"


def held(many, _article, _program):
    for number in range(many):
        participant = make_enrollment(make_user(f"held{number}@example.org")).participant
        because = {"outcome": "emergency", "rules_matched": ["PRE-E2"], "red_flags": ["RF01"]}
        SafetyHold.objects.create(participant=participant, began_at=timezone.now(), **because)
    return "They come up here as you decide"


def quiet(many, _article, _program):
    for number in range(many):
        make_enrollment(make_user(f"quiet{number}@example.org"), timezone.now() - timedelta(days=20))
    return "They come up here as you write"


def mails(many, _article, _program):
    Mail.objects.bulk_create(
        Mail(message_id=f"<{number}@x>", recipients=["a@example.org"], sender="b@example.org", state="failed")
        for number in range(many)
    )
    return "They come up here as you deal"


@pytest.mark.parametrize("make", [waiting_comments, reports, held, quiet, mails])
@pytest.mark.parametrize("more", [0, 1])
def test_she_is_told_of_each_kind_that_there_are_more(as_therapist, therapist, program, make, more):
    article = Article.objects.create(slug="a", title="A", author=therapist)
    kind = make.__name__.removeprefix("waiting_")
    told = make(SHOWN[kind] + more, article, program)

    page = as_therapist.get(DESK)

    assert len(page.context[kind]) == SHOWN[kind]
    assert (told in page.content.decode()) == bool(more)


def test_opening_a_record_is_written_down(as_therapist, therapist, maya):
    as_therapist.get(reverse("admin:desk_member", args=[maya.participant_id]))

    assert RecordOpening.objects.get().opened_by == therapist


def test_a_record_says_which_emergency_number_counts_where_she_is(as_therapist, maya):
    maya.participant.country = Country.objects.get(code="AU")
    maya.participant.save()
    record = as_therapist.get(reverse("admin:desk_member", args=[maya.participant_id])).content.decode()
    assert "Australia: the emergency number there is 000." in record


@pytest.fixture
def long_ago(maya):
    """Sessions and check-ins of sixty days, begun once before: more than the record shows, and than a page."""
    do_session(maya, "w03-a", timezone.now() - timedelta(days=1))
    check_in, log = CheckIn.objects.first(), SessionLog.objects.get()
    for number in range(2, 62):
        for row, at in ((check_in, "made_at"), (log, "finished_at")):
            row.pk, row.client_id = None, uuid4()
            setattr(row, at, timezone.now() - timedelta(days=number))
            row.save()
    return maya


@pytest.mark.parametrize("kind", ["check_ins", "sessions"])
def test_all_she_reported_and_did_can_be_read_page_by_page(
    as_therapist, therapist, long_ago, kind, django_assert_max_num_queries
):
    record = reverse("admin:desk_member", args=[long_ago.participant_id])
    address = reverse(f"admin:desk_member_{kind}", args=[long_ago.participant_id])
    assert f'href="{address}"' in as_therapist.get(record).text
    RecordOpening.objects.all().delete()

    with django_assert_max_num_queries(12):
        first = as_therapist.get(address)
    second = as_therapist.get(address, {"page": 2})

    assert 'rel="next"' in first.text
    assert 'rel="prev"' in second.text
    pages = [len(page.context["page"].object_list) for page in (first, second)]
    assert pages == [PER_PAGE, {"check_ins": 62, "sessions": 61}[kind] - PER_PAGE]
    assert RecordOpening.objects.get().opened_by == therapist


@pytest.mark.parametrize("kind", ["check_ins", "sessions"])
def test_of_a_member_who_did_nothing_yet_the_lists_say_so(as_therapist, mother, kind):
    member = Participant.objects.get_or_create(user=mother)[0]
    page = as_therapist.get(reverse(f"admin:desk_member_{kind}", args=[member.pk]))
    assert "None yet." in page.text
