"""She acts from the rows of the first page: with the record's own form, seen by the mother, and nothing typed is lost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Comment
from programs.models import CareAction, Concern, RecordOpening
from programs.rules.vocabulary import Urgency
from programs.services.care import Care, care_for, newest_action_of
from programs.services.concern import mark_corrected, reports_of
from tests.cast import make_enrollment, make_user
from tests.programs.journey.conftest import before

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")
Kind = CareAction.Kind


def row_of(page, words):
    """The row of the first page that says `words`."""
    return next(row for row in page.split('<li class="d-row')[1:] if words in row)


def offered(row):
    return re.findall(r'name="follows" value="(\w+)"', row)


def act(client, enrollment, **words):
    sent = {"client_id": uuid4(), "from_list": "1", "note": "Let us talk.", "follows": "nothing"}
    sent["seen"] = reports_of(enrollment.participant_id)
    sent["newest"] = newest_action_of(enrollment.participant_id)
    return client.post(reverse("admin:desk_care", args=[enrollment.participant_id]), sent | words)


def open_concern(enrollment, **words):
    about = {"code": "low_mood", "urgency": Urgency.ROUTINE, "opened_at": timezone.now()}
    return Concern.objects.create(participant=enrollment.participant, **about | words)


@pytest.fixture
def reader(therapist):
    """A concern about a reader's comment."""
    article = Article.objects.create(slug="rest", title="Rest", author=therapist)
    return in_need(article)


def in_need(article):
    comment = Comment.objects.create(
        article=article, name="Ann", email="ann@example.net", body="Dark nights", red_flags=["self_harm"]
    )
    return Concern.objects.create(
        comment_number=comment.pk,
        code="comment_self_harm",
        urgency=Urgency.EMERGENCY,
        opened_at=timezone.now(),
    )


def test_a_row_offers_what_fits_how_she_stands(as_therapist, maya, bulge, other_mother):
    open_concern(make_enrollment(other_mother))
    over = make_enrollment(make_user("over@example.org", name="Olga"))
    over.state, over.completed_at = "completed", timezone.now()
    over.save()
    open_concern(over)

    page = as_therapist.get(DESK).content.decode()

    assert offered(row_of(page, "Maya")) == ["nothing", "unlock"]
    assert offered(row_of(page, "Nora")) == ["nothing", "clear", "step_back", "hold"]
    assert offered(row_of(page, "Olga")) == ["nothing"]
    record = as_therapist.get(reverse("admin:desk_member", args=[over.participant_id])).content.decode()
    assert set(offered(record)) == {"nothing"}


def test_what_is_done_from_a_row_is_kept_and_hers_to_read(as_therapist, therapist, maya, mother, client):
    concern = open_concern(maya)
    done = act(as_therapist, maya, concern=concern.pk, follows="hold", resolve="on")

    assert done.url == DESK
    page = as_therapist.get(DESK).content.decode()
    assert "Done: her program waits, the concern is settled. An email tells her" in page
    assert "Low mood" not in page
    kept = {(deed.kind, deed.by, deed.note) for deed in CareAction.objects.all()}
    assert kept == {(kind, therapist, "Let us talk.") for kind in (Kind.HOLD, Kind.RESOLVE)}
    assert RecordOpening.objects.get().opened_by == therapist
    client.force_login(mother)
    assert "Let us talk." in client.get(reverse("decisions")).content.decode()
    assert "Dr. Elena Marsh" in client.get(reverse("my_data")).content.decode()


def test_nobody_is_named_in_what_travels_in_a_cookie(as_therapist, maya, mother):
    done = act(as_therapist, maya, follows="hold")

    (message,) = get_messages(done.wsgi_request)
    assert "her program waits" in str(message)
    assert mother.name not in str(message)


def test_what_cannot_be_done_comes_back_with_all_she_wrote_and_leads_to_the_list_again(as_therapist, maya):
    concern = open_concern(maya)
    refused = act(as_therapist, maya, concern=concern.pk, note="", follows="step_back")

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Nothing is done yet." in page
    form = re.search(r'<form[^>]*#sent" id="sent".*?</form>', page, re.S).group()
    assert "she will read why" in form
    assert 'value="step_back" required checked' in form
    assert 'name="resolve">' in form
    assert 'name="from_list" value="1"' in form
    assert f'name="concern" value="{concern.pk}"' in form
    assert page.count("#sent") > page.count('id="sent"') == 1
    assert re.findall(r' id="([^"]+)"', page) == list(dict.fromkeys(re.findall(r' id="([^"]+)"', page)))


def test_a_row_that_a_colleague_has_dealt_with_meanwhile_keeps_her_words(
    as_therapist, therapist, maya, bulge
):
    kinds = (Kind.UNLOCK, Kind.RESOLVE)
    care_for(maya.participant, Care(uuid4(), kinds, "Seen.", therapist, bulge), timezone.now())

    refused = act(as_therapist, maya, concern=bulge.pk, follows="unlock", resolve="on", note="All is well.")

    assert refused.status_code == 422
    assert "Her program has changed since you opened that page." in refused.content.decode()
    assert "All is well.</textarea>" in refused.content.decode()


def loaded(client, words):
    """What the form on the row that says `words` sends, as the page was loaded."""
    row = BeautifulSoup(row_of(client.get(DESK).text, words), "html.parser")
    hidden = {one["name"]: one["value"] for one in row.select("form input[type=hidden]")}
    return hidden | {"client_id": uuid4(), "note": "All is well.", "follows": "nothing", "resolve": "on"}


def report(enrollment, signs):
    before(enrollment, timezone.now(), "w03-a", redFlags=signs)


@pytest.mark.parametrize(
    ("signs", "words"),
    [(["fever"], "advice the same day"), (["burning_pee"], "Bulge reported")],
    ids=["another concern", "the same concern"],
)
@pytest.mark.parametrize("follows", ["nothing", "unlock"])
def test_what_she_reported_since_the_page_was_loaded_is_told_before_anything_is_settled(
    as_therapist, maya, bulge, signs, words, follows
):
    sent = loaded(as_therapist, "Maya") | {"follows": follows}
    report(maya, signs)

    refused = as_therapist.post(reverse("admin:desk_care", args=[maya.participant_id]), sent)

    assert refused.status_code == 422
    bulge.refresh_from_db()
    assert bulge.resolved_at is None
    assert maya.participant.holds.get().ended_at is None
    assert not CareAction.objects.exists()
    form = BeautifulSoup(refused.text, "html.parser").select_one("form#sent")
    assert "New since you opened that page" in form.text
    assert words in form.text
    assert form.select_one("textarea").text.strip() == "All is well."
    assert form.select_one(f"[name=follows][value={follows}]").has_attr("checked")

    again = sent | {"seen": form.select_one("[name=seen]")["value"]}
    assert as_therapist.post(reverse("admin:desk_care", args=[maya.participant_id]), again).url == DESK
    bulge.refresh_from_db()
    assert bulge.resolved_at


def test_a_form_that_does_not_say_what_was_seen_settles_nothing(as_therapist, maya, bulge):
    sent = loaded(as_therapist, "Maya")
    del sent["seen"]
    assert as_therapist.post(reverse("admin:desk_care", args=[maya.participant_id]), sent).status_code == 422
    bulge.refresh_from_db()
    assert bulge.resolved_at is None


@pytest.mark.parametrize("follows", ["nothing", "hold"])
def test_a_note_and_a_hold_need_no_second_look(as_therapist, maya, follows):
    open_concern(maya)
    sent = loaded(as_therapist, "Maya") | {"follows": follows}
    del sent["resolve"]
    open_concern(maya, code="dizzy")
    assert as_therapist.post(reverse("admin:desk_care", args=[maya.participant_id]), sent).url == DESK


def test_a_correction_is_news_too(as_therapist, maya, bulge):
    sent = loaded(as_therapist, "Maya")
    mark_corrected(maya.participant_id, [bulge.code], timezone.now())
    refused = as_therapist.post(reverse("admin:desk_care", args=[maya.participant_id]), sent)
    assert "She corrected this" in BeautifulSoup(refused.text, "html.parser").select_one("form#sent").text


@pytest.mark.parametrize("urgency", [Urgency.EMERGENCY, Urgency.SAME_DAY])
def test_what_is_for_now_or_today_stays_until_she_ticks_that_it_is_settled(as_therapist, maya, urgency):
    open_concern(maya)
    open_concern(maya, code="self_harm", urgency=urgency)

    page = as_therapist.get(DESK).content.decode()

    assert 'name="resolve">' in row_of(page, "Thoughts of hurting")
    assert 'name="resolve" checked>' in row_of(page, "Low mood")


def test_a_quiet_member_is_written_to_where_she_stands(as_therapist, maya):
    maya.week_started_at = timezone.now() - timedelta(days=11)
    maya.save(update_fields=["week_started_at"])
    row = row_of(as_therapist.get(DESK).content.decode(), "nothing heard")
    assert reverse("admin:desk_care", args=[maya.participant_id]) in row
    assert 'name="resolve"' not in row

    assert act(as_therapist, maya).url == DESK
    page = as_therapist.get(DESK).content.decode()
    assert "Done: your note is on her page." in page
    assert "nothing heard" not in page


def test_a_reader_in_need_is_read_and_settled_where_she_stands(as_therapist, therapist, reader):
    row = row_of(as_therapist.get(DESK).content.decode(), "A reader")
    assert "Dark nights" in row
    assert "mailto:ann@example.net" in row
    address = reverse("admin:desk_concern", args=[reader.pk])
    assert f'action="{address}"' in row

    assert as_therapist.post(address, {"note": "Wrote to her."}).url == DESK
    reader.refresh_from_db()
    assert (reader.resolved_by, reader.note) == (therapist, "Wrote to her.")


def test_who_may_only_look_finds_no_form(client, maya, reader):
    open_concern(maya)
    maya.week_started_at = timezone.now() - timedelta(days=11)
    maya.save(update_fields=["week_started_at"])
    onlooker = make_user("onlooker@example.org", is_staff=True)
    onlooker.user_permissions.add(Permission.objects.get(codename="view_participant"))
    client.force_login(onlooker)

    page = client.get(DESK).content.decode()

    assert "Low mood" in page
    assert "nothing heard" in page
    assert "A reader" in page
    assert "Dark nights" not in page
    assert "<textarea" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_that_act_ask_nothing_more(as_therapist, program, reader, rows, django_assert_num_queries):
    article = Article.objects.get()
    for number in range(rows):
        open_concern(make_enrollment(make_user(f"m{number}@example.org")))
        quiet = make_enrollment(make_user(f"q{number}@example.org"), timezone.now() - timedelta(days=20))
        quiet.week_started_at = timezone.now() - timedelta(days=15)
        quiet.save(update_fields=["week_started_at"])
        in_need(article)

    with django_assert_num_queries(12):
        page = as_therapist.get(DESK).content.decode()
    assert page.count('class="d-answer d-act"') == 3 * rows + 1


def test_beside_settled_nothing_is_chosen_for_her(as_therapist, maya, bulge):
    """A member whose program is closed would vanish from the list and stay shut out."""
    form = BeautifulSoup(row_of(as_therapist.get(DESK).text, "Maya"), "html.parser")
    assert [one for one in form.select("[name=follows]") if one.has_attr("checked")] == []
    assert "stays closed until" in form.text

    refused = act(as_therapist, maya, concern=bulge.pk, follows="", resolve="on", note="All is well.")
    assert refused.status_code == 422
    assert "Please choose what follows for her program." in refused.text
    assert "All is well." in refused.text
    assert Concern.objects.get(pk=bulge.pk).resolved_at is None


def test_before_the_program_there_is_nothing_to_choose(as_therapist, maya):
    maya.delete()
    concern = open_concern(maya)
    row = BeautifulSoup(row_of(as_therapist.get(DESK).text, "Maya"), "html.parser")

    assert [one["value"] for one in row.select("[name=follows]") if one.has_attr("checked")] == ["nothing"]
    assert act(as_therapist, maya, concern=concern.pk, resolve="on").status_code == 302


def sent_from(client, enrollment, **words):
    """What the form on the member's record sends, as the page was loaded."""
    page = client.get(reverse("admin:desk_member", args=[enrollment.participant_id])).text
    form = BeautifulSoup(page, "html.parser").select_one("#write form")
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return hidden | {"note": "Gently.", "client_id": uuid4()} | words


def send(client, enrollment, sent):
    return client.post(reverse("admin:desk_care", args=[enrollment.participant_id]), sent)


@pytest.mark.parametrize("second", ["step_back", "hold", "nothing"])
def test_in_a_second_tab_she_is_told_what_was_done_in_the_first_and_decides_again(as_therapist, maya, second):
    week = maya.week
    first = sent_from(as_therapist, maya, follows="step_back")
    stale = sent_from(as_therapist, maya, follows=second, note="From the other tab.")
    assert send(as_therapist, maya, first).status_code == 302

    refused = send(as_therapist, maya, stale)

    assert refused.status_code == 422
    maya.refresh_from_db()
    assert maya.week == week - 1
    assert [deed.kind for deed in CareAction.objects.all()] == ["step_back"]
    form = BeautifulSoup(refused.text, "html.parser").select_one("form#sent")
    assert "Done since you opened that page" in form.text
    assert "Dr. Elena Marsh gave her a gentler week. Please look at it, then choose again." in form.text
    assert form.select_one("textarea").text.strip() == "From the other tab."
    assert form.select_one(f"[name=follows][value={second}]").has_attr("checked")

    again = stale | {name: form.select_one(f"[name={name}]")["value"] for name in ("client_id", "newest")}
    assert send(as_therapist, maya, again).status_code == 302
    assert CareAction.objects.count() == 2


def test_a_concern_settled_in_another_tab_is_not_settled_again(as_therapist, maya):
    concern = open_concern(maya)
    stale = loaded(as_therapist, "Maya") | {"follows": "hold"}
    act(as_therapist, maya, concern=concern.pk, follows="step_back", resolve="on")

    refused = send(as_therapist, maya, stale)

    assert "gave her a gentler week and looked at what she reported" in refused.text
    assert "All is well.</textarea>" in refused.text
    assert not maya.participant.holds.exists()


@pytest.mark.parametrize("follows", ["nothing", "clear", "step_back", "hold"])
def test_pressed_twice_every_choice_is_answered_as_done_and_done_once(
    as_therapist, maya, follows, mailoutbox
):
    sent = sent_from(as_therapist, maya, follows=follows)
    assert [send(as_therapist, maya, sent).status_code for _ in range(2)] == [302, 302]
    assert CareAction.objects.count() == len(mailoutbox) == 1


def test_what_she_writes_on_a_page_she_went_back_to_is_not_taken_for_the_first(as_therapist, maya):
    sent = sent_from(as_therapist, maya, follows="nothing")
    send(as_therapist, maya, sent)

    refused = send(as_therapist, maya, sent | {"note": "One thing more."})

    form = BeautifulSoup(refused.text, "html.parser").select_one("form#sent")
    assert "wrote to her" in form.text
    again = {name: form.select_one(f"[name={name}]")["value"] for name in ("client_id", "newest")}
    send(as_therapist, maya, sent | {"note": "One thing more."} | again)
    assert {deed.note for deed in CareAction.objects.all()} == {"Gently.", "One thing more."}


@pytest.mark.parametrize("words", [{"follows": "\0"}, {"newest": "9" * 30}, {"newest": "-1"}])
def test_what_no_page_sends_is_refused_and_never_an_error(as_therapist, maya, words):
    act(as_therapist, maya)
    assert act(as_therapist, maya, **words).status_code == 422
