"""Two people, or two tabs, on one form of the desk: nobody's words are overwritten unseen."""

import io
import re
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from blog.models import Article, BlockedSender, Comment, CommentPolicy, Page, ReadyPhrase, Topic
from blog.services.pictures import add_picture
from common.edit_conflicts.admin import EditConflictMixin
from postpartum.desk.roles import OWNER
from postpartum.desk.urls import PAGES
from postpartum.models import AccountTerms, TextOverride
from postpartum.practice import practice_in_force
from postpartum.text_overrides.entries import groups
from postpartum.text_overrides.lookup import apply_overrides
from programs.models import Country, Exercise, Phase, Program, Session, Week
from tests.cast import make_user
from tests.programs.admin.page import form_of

pytestmark = pytest.mark.django_db

# The desk's own pages whose form changes what is stored already. All others add a row, or do one thing once.
EDITING = {"desk_words_change", "desk_menus", "desk_practice_step"}
# A page that is missing in both fails the test.
ADDING = {
    "desk_members", "desk_member", "desk_member_check_ins", "desk_member_sessions", "desk_care", "desk_comment", "desk_answer", "desk_concern", "desk_mail_done",
    "desk_program", "desk_preview", "desk_preview_session", "desk_copy_session", "desk_copy_week", "desk_publish",
    "desk_sign_off", "desk_back", "desk_take_out", "desk_bring_in", "desk_mail_samples", "desk_mail_sample", "desk_rules",
    "desk_numbers", "desk_numbers_file", "desk_words", "desk_words_group", "desk_more", "desk_practice",
    "desk_test_mail", "desk_inviting", "desk_invitation", "desk_code", "desk_code_end",
    "desk_trust",
    "desk_comment_mails",  # a choice of one's own
    "desk_join",  # one choice, in which nothing is typed
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_overrides():
    """Overrides belong to the process, not to the database."""
    yield
    apply_overrides([])


@pytest.fixture
def two(client, team, program):
    """Two clients: the owner's, and that of a colleague who is an owner, too."""
    colleague = make_user("bea@example.org", name="Bea", is_staff=True)
    colleague.groups.set(team[OWNER].groups.all())
    hers = type(client)()
    client.force_login(team[OWNER])
    hers.force_login(colleague)
    return client, hers


def send(client, address, opened, **words):
    return client.post(address, urlencode(opened | words, doseq=True), "application/x-www-form-urlencoded")


def editable(request):
    """Every model whose rows are changed at the desk."""
    return {
        model._meta.label_lower: room
        for model, room in admin.site._registry.items()
        if room.has_change_permission(request)
    }


def article():
    topic = Topic.objects.create(name="Body", slug="body")
    return Article.objects.create(title="Rest", slug="rest", body="<p>Rest.</p>", topic=topic)


def comment():
    said = {"name": "Ana", "email": "ana@example.org", "body": "Thank you", "html": "<p>Thank you</p>"}
    return Comment.objects.create(article=article(), **said)


def picture():
    image = io.BytesIO()
    Image.new("RGB", (500, 300)).save(image, "PNG")
    file = SimpleUploadedFile("mat.png", image.getvalue(), "image/png")
    return add_picture(file, alt="A mat", now=timezone.now())


# One row of each kind and the two values of one of its fields that the two people save.
FIELDS = {
    "programs.exercise": (lambda: Exercise.objects.get(slug="bridge"), "why", "Hers.", "Mine."),
    "programs.session": (lambda: Session.objects.get(key="w03-a"), "title", "Hers", "Mine"),
    "programs.week": (lambda: Week.objects.get(number=5), "theme", "Hers", "Mine"),
    "programs.phase": (lambda: Phase.objects.get(number=2), "goal", "Hers", "Mine"),
    "programs.program": (Program.objects.get, "subtitle", "Hers", "Mine"),
    "programs.country": (lambda: Country.objects.get(pk="GB"), "emergency", "112", "111"),
    "blog.article": (lambda: article(), "title", "Hers", "Mine"),
    "blog.page": (lambda: Page.objects.create(title="About", slug="about"), "title", "Hers", "Mine"),
    "blog.topic": (lambda: Topic.objects.create(name="Sleep", slug="sleep"), "name", "Hers", "Mine"),
    "blog.picture": (lambda: picture(), "alt", "Hers", "Mine"),
    "blog.comment": (lambda: comment(), "body", "Hers", "Mine"),
    "blog.report": (None, None, "", ""),  # nothing in it can be typed
    "blog.blockedsender": (
        lambda: BlockedSender.objects.create(email="spam@example.org"), "note", "Hers", "Mine"
    ),
    "blog.readyphrase": (
        lambda: ReadyPhrase.objects.create(name="Visit", text="Go and see her."), "text", "Hers", "Mine"
    ),
    "blog.commentpolicy": (lambda: CommentPolicy.objects.create(pk=1), "spam_words", "hers", "mine"),
    "accounts.user": (lambda: make_user("new@example.org", name="New"), "name", "Hers", "Mine"),
    "postpartum.accountterms": (lambda: AccountTerms.objects.get_or_create(pk=1)[0], "notice_days", "41", "42"),
}  # fmt: skip


def test_every_form_of_the_desk_asks(rf, team):
    request = rf.get("/")
    request.user = team[OWNER]
    rooms = editable(request)

    assert set(rooms) == set(FIELDS)
    assert [label for label, room in rooms.items() if not isinstance(room, EditConflictMixin)] == []
    assert [label for label, room in rooms.items() if getattr(room, "list_editable", ())] == []
    assert {name for _route, _view, name in PAGES} == EDITING | ADDING


@pytest.mark.parametrize("label", [label for label, (_row, field, *_two) in FIELDS.items() if field])
def test_the_second_save_is_asked(two, label):
    me, colleague = two
    make, field, hers, mine = FIELDS[label]
    row = make()
    address = reverse(f"admin:{label.replace('.', '_')}_change", args=[row.pk])
    form_id = f"{row._meta.model_name}_form"
    opened, opened_by_her = form_of(me.get(address), form_id), form_of(colleague.get(address), form_id)
    assert send(colleague, address, opened_by_her, **{field: hers}).status_code == 302

    asked = send(me, address, opened, **{field: mine})

    assert asked.status_code == 409
    assert "Bea saved this on" in asked.text
    shown = BeautifulSoup(asked.text, "html.parser").select(".d-conflict-line")
    assert {hers, mine} <= {line.text for line in shown}
    row.refresh_from_db()
    assert str(getattr(row, field)).replace("<p>", "").replace("</p>", "") == hers

    resent = form_of(asked, "edit-conflict")
    assert send(me, address, resent).status_code == 409  # nothing is chosen yet
    assert send(me, address, resent, **{f"conflict-{field}": "theirs"}).status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, field)) == hers
    assert send(me, address, resent, **{f"conflict-{field}": "mine"}).status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, field)) == mine


def test_two_fields_of_two_people_are_both_kept(two):
    me, colleague = two
    bridge = Exercise.objects.get(slug="bridge")
    address = reverse("admin:programs_exercise_change", args=[bridge.pk])
    opened = form_of(me.get(address), "exercise_form")
    send(colleague, address, opened, why="Her reason.", **{"doses-2-reps": "9"})

    asked = send(me, address, opened, common_mistake="My mistake.")

    resent = form_of(asked, "edit-conflict")  # what was not touched is suggested as it is saved
    assert send(me, address, resent).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.why, bridge.common_mistake) == ("Her reason.", "My mistake.")
    assert bridge.doses["2"]["reps"] == 9


def test_a_choice_holds_for_what_was_seen_only(two):
    me, colleague = two
    address = reverse("admin:programs_week_change", args=[Week.objects.get(number=5).pk])
    opened = form_of(me.get(address), "week_form")
    send(colleague, address, opened, theme="First")
    resent = form_of(send(me, address, opened, theme="Mine"), "edit-conflict")
    send(colleague, address, form_of(colleague.get(address), "week_form"), theme="Second")

    again = send(me, address, resent, **{"conflict-theme": "mine"})

    assert again.status_code == 409
    assert "Second" in again.text


ROWS = "prescriptions"


@pytest.fixture
def lines(two):
    """Two people with one session open, one of whom deleted its first line and added another one."""
    me, colleague = two
    session = Session.objects.get(key="w03-a")
    address = reverse("admin:programs_session_change", args=[session.pk])
    opened = form_of(me.get(address), "session_form")
    total = int(opened[f"{ROWS}-TOTAL_FORMS"][0])
    added = {"exercise": Exercise.objects.get(slug="bridge").pk, "position": 99, "sets": 7, "reps": 7}
    new = {f"{ROWS}-{total - 1}-{name}": value for name, value in added.items()}
    assert send(colleague, address, opened, **{f"{ROWS}-0-DELETE": "on"}, **new).status_code == 302
    asked = send(me, address, opened, **{f"{ROWS}-1-sets": "5"})
    assert asked.status_code == 409
    return me, session, address, form_of(asked, "edit-conflict"), int(opened[f"{ROWS}-INITIAL_FORMS"][0])


def test_the_lines_of_a_session_stay_as_they_are_saved(lines):
    me, session, address, resent, count = lines
    assert send(me, address, resent, **{f"conflict-{ROWS}": "theirs"}).status_code == 302

    assert session.prescriptions.count() == count
    assert session.prescriptions.filter(sets=7).exists()
    assert not session.prescriptions.filter(sets=5).exists()


def test_the_lines_of_a_session_become_as_i_sent_them(lines):
    me, session, address, resent, count = lines
    assert send(me, address, resent, **{f"conflict-{ROWS}": "mine"}).status_code == 302

    assert session.prescriptions.count() == count
    assert not session.prescriptions.filter(sets=7).exists()
    assert session.prescriptions.get(sets=5)


def test_kept_lines_survive_a_slip_elsewhere(lines):
    me, session, address, resent, _count = lines
    slip = send(me, address, resent, title="", **{f"conflict-{ROWS}": "theirs"})
    assert slip.status_code == 200
    assert "This field is required" in slip.text

    assert send(me, address, form_of(slip, "session_form"), title="New").status_code == 302
    session.refresh_from_db()
    assert session.title == "New"
    assert session.prescriptions.filter(sets=7).exists()


def test_what_was_deleted_meanwhile_gives_back_what_was_typed(two):
    me, colleague = two
    topic = Topic.objects.create(name="Sleep", slug="sleep")
    address = reverse("admin:blog_topic_change", args=[topic.pk])
    opened = form_of(me.get(address), "topic_form")
    colleague.post(reverse("admin:blog_topic_delete", args=[topic.pk]), {"post": "yes"})

    gone = send(me, address, opened, name="A good night")

    assert gone.status_code == 409
    assert "Bea deleted this on" in gone.text
    assert "A good night" in gone.text


def test_own_words_are_asked_about(two, django_capture_on_commit_callbacks):
    me, colleague = two
    key, group = "advice", groups()["advice"]
    place = next(one for one in group.places.values() if not re.search(r"[{%]", one.shown))
    address = reverse("admin:desk_words_change", args=[key, place.key])
    state = edit_state_in(me.get(address).text)
    with django_capture_on_commit_callbacks(execute=True):
        send(colleague, address, state, text="Hers")
        asked = send(me, address, state, text="Mine")
        assert asked.status_code == 409
        assert "Bea saved this on" in asked.text
        resent = form_of(asked, "edit-conflict")
        assert send(me, address, resent, **{"conflict-text": "theirs"}).status_code == 302
        assert TextOverride.objects.newest().get().text == "Hers"
        assert send(me, address, resent, **{"conflict-text": "mine"}).status_code == 302
    assert TextOverride.objects.newest().get().text == "Mine"


def test_the_practices_details_are_asked_about(two):
    me, colleague = two
    address = reverse("admin:desk_practice_step", args=["names"])
    fields = {"name": "Tend", "therapist": "Ada", "registration": ""}
    state = edit_state_in(me.get(address).text)
    assert send(colleague, address, state | fields, registration="PT 1").status_code == 302

    asked = send(me, address, state | fields, registration="PT 2")

    assert asked.status_code == 409
    assert "Bea saved this on" in asked.text
    resent = form_of(asked, "edit-conflict")
    assert send(me, address, resent, **{"conflict-registration": "theirs"}).status_code == 302
    assert practice_in_force().registration == "PT 1"
    assert send(me, address, resent, **{"conflict-registration": "mine"}).status_code == 302
    assert practice_in_force().registration == "PT 2"


def upload(name):
    image = io.BytesIO()
    color = "red" if name == "hers.png" else "blue"
    Image.new("RGB", (500, 300), color).save(image, "PNG")
    return SimpleUploadedFile(name, image.getvalue(), "image/png")


@pytest.mark.parametrize("mine", ["file", "remove"])
def test_the_photograph_of_the_practice_is_asked_about(two, settings, tmp_path, mine):
    settings.MEDIA_ROOT = tmp_path
    me, colleague = two
    address = reverse("admin:desk_practice_step", args=["about"])
    me.post(address, {"file": upload("first.png"), "about": "I help."})
    state = edit_state_in(me.get(address).text) | {"about": "I help."}
    assert colleague.post(address, state | {"file": upload("hers.png")}).status_code == 302
    hers = practice_in_force().photo

    sent = {"file": upload("mine.png")} if mine == "file" else {"remove": "on"}
    asked = me.post(address, state | sent)

    assert asked.status_code == 409
    assert "Your photograph" in asked.text
    assert practice_in_force().photo == hers
    resent = form_of(asked, "edit-conflict")
    assert send(me, address, resent, **{"conflict-file": "theirs"}).status_code == 302
    assert practice_in_force().photo == hers
    assert send(me, address, resent, **{"conflict-file": "mine"}).status_code == 302
    assert practice_in_force().photo != hers
    assert (practice_in_force().photo is None) == (mine == "remove")


def test_a_photograph_that_only_a_colleague_changed_stays_hers(two, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    me, colleague = two
    address = reverse("admin:desk_practice_step", args=["about"])
    state = edit_state_in(me.get(address).text)
    colleague.post(address, state | {"about": "", "file": upload("hers.png")})

    assert me.post(address, state | {"about": "I help."}).status_code == 302

    assert practice_in_force().photo
    assert practice_in_force().about == "I help."


def test_menus_are_asked_about(two):
    me, colleague = two
    address = reverse("admin:desk_menus")
    state = edit_state_in(me.get(address).text)
    rows = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-menu": "footer",
        "form-0-leads_to": "/safety/",
    }
    assert send(colleague, address, state | rows, **{"form-0-text": "Hers"}).status_code == 302

    asked = send(me, address, state | rows, **{"form-0-text": "Mine"})

    assert asked.status_code == 409
    assert "Hers" in asked.text
    assert "Mine" in asked.text


def edit_state_in(page):
    """The hidden state of the form on a page."""
    return {"edit_state": BeautifulSoup(page, "html.parser").select_one("input[name=edit_state]")["value"]}
