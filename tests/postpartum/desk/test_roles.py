"""Every role at every address of the desk: who may open it, who is refused, and who moderates sees no health."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from blog.models import Article, Comment
from postpartum.desk.roles import EDITOR, MODERATOR, OWNER, ROLE_WORDS, ROLES, THERAPIST
from postpartum.desk.site import APPS
from postpartum.desk.urls import PAGES
from programs.models import Exercise, Session, Week
from tests.cast import make_user
from tests.programs.admin.page import form_of

pytestmark = pytest.mark.django_db

EVERYBODY = set(ROLES)
CARE = {OWNER, THERAPIST}
CONTENT = {OWNER, THERAPIST, EDITOR}
COMMENTS = {OWNER, THERAPIST, MODERATOR}
OPEN, REFUSED = {200, 302, 405, 422}, {403}

# Who may open each page of the desk's own. A page that is missing here fails the test.
OWN = {
    "desk_members": CARE,
    "desk_member": CARE,
    "desk_member_check_ins": CARE,
    "desk_member_sessions": CARE,
    "desk_care": CARE,
    "desk_comment": COMMENTS,
    "desk_comment_mails": COMMENTS,
    "desk_trust": COMMENTS,
    "desk_mail_done": CARE,
    "desk_program": CONTENT,
    "desk_preview": CONTENT,
    "desk_preview_session": CONTENT,
    "desk_copy_session": CONTENT,
    "desk_copy_week": CONTENT,
    "desk_publish": CARE,
    "desk_sign_off": CARE,
    "desk_back": CARE,
    "desk_take_out": CONTENT,
    "desk_bring_in": CONTENT,
    "desk_answer": COMMENTS,
    "desk_concern": CARE,
    "desk_mail_samples": CARE,
    "desk_mail_sample": CARE,
    "desk_rules": CONTENT,
    "desk_numbers": CARE,
    "desk_numbers_file": CARE,
    "desk_words": CARE,
    "desk_words_group": CARE,
    "desk_words_change": CARE,
    "desk_menus": CARE,
    "desk_inviting": CARE,
    "desk_invitation": CARE,
    "desk_join": CARE,
    "desk_code": CARE,
    "desk_code_end": CARE,
    "desk_practice": CARE,
    "desk_practice_step": CARE,
    "desk_test_mail": CARE,
    "desk_more": EVERYBODY,
}
# Who may open each list of Django's admin.
LISTS = {
    "programs.concern": CARE,
    "programs.exercise": CONTENT,
    "programs.session": CONTENT,
    "programs.week": CONTENT,
    "programs.phase": CONTENT,
    "programs.program": CONTENT,
    "programs.release": CARE,
    "programs.country": CARE,
    "accounts.user": {OWNER},
    "postpartum.accountterms": {OWNER},
    "blog.article": CONTENT,
    "blog.page": CONTENT,
    "blog.topic": CONTENT,
    "blog.picture": CONTENT,
    "blog.document": CONTENT,
    "blog.comment": COMMENTS,
    "blog.report": COMMENTS,
    "blog.blockedsender": COMMENTS,
    "blog.unsubscribedaddress": COMMENTS,
    "blog.trustedwriter": COMMENTS,
    "blog.readyphrase": COMMENTS,
    "blog.commentpolicy": CARE,
    "blog.importrun": CARE,
}
HEALTH = ("Bulge", "bulge", "heaviness", "Maya")


def test_the_tables_of_this_test_know_every_address():
    assert {name for _route, _view, name in PAGES} == set(OWN)
    lists = {model._meta.label_lower for model in admin.site._registry}
    assert lists == set(LISTS)
    assert {label.split(".")[0] for label in lists} <= set(APPS)


@pytest.fixture
def things(bulge, therapist):
    article = Article.objects.create(title="Rest", slug="rest", author=therapist)
    comment = Comment.objects.create(article=article, name="Ana", body="Thank you", html="<p>Thank you</p>")
    return {
        "desk_member": bulge.participant_id,
        "desk_member_check_ins": bulge.participant_id,
        "desk_member_sessions": bulge.participant_id,
        "desk_care": bulge.participant_id,
        "desk_comment": comment.pk,
        "desk_answer": comment.pk,
        "desk_trust": comment.pk,
        "desk_practice_step": "names",
    }


@pytest.mark.parametrize("role", ROLES)
def test_own_pages(client, team, things, role):
    client.force_login(team[role])

    def is_right(name, status, also=()):
        return status in (OPEN | {404} if role in OWN[name] else REFUSED) | set(also)

    shown = {name: client.get(_address(name, things)).status_code for name in OWN}
    sent = {name: client.post(_address(name, things), {}).status_code for name in OWN}
    assert {name: status for name, status in shown.items() if not is_right(name, status)} == {}
    assert {name: status for name, status in sent.items() if not is_right(name, status, also={400})} == {}


@pytest.mark.parametrize("role", ROLES)
def test_lists(client, team, role):
    client.force_login(team[role])
    found = {label: client.get(reverse(_list(label)), follow=True).status_code for label in LISTS}

    assert found == {label: 200 if role in roles else 403 for label, roles in LISTS.items()}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/", "What needs you"),
        ("/admin/comments/mails/", "Comments"),
        ("/admin/blog/trustedwriter/", "Comments"),
        ("/admin/blog/article/", "Articles"),
        ("/admin/programs/week/", "The program"),
        ("/admin/programs/country/", "More"),
        ("/admin/accounts/user/", "More"),
    ],
)
def test_the_way_to_a_page_is_marked(client, team, address, words):
    client.force_login(team[OWNER])
    page = client.get(address).text
    assert re.findall(r'aria-current="page">([^<]+)</a>', page) == [words]


def test_the_owner_gives_a_role_by_what_it_may_do(client, team, mother):
    client.force_login(team[OWNER])
    address = reverse("admin:accounts_user_change", args=[mother.pk])
    page = client.get(address).content.decode()
    assert all(str(words) in page for words in ROLE_WORDS.values())

    kept = {name: getattr(mother, name) for name in ("email", "name", "pen_name", "time_zone")}
    role = Group.objects.get(name=EDITOR).pk
    assert (
        client.post(address, {**kept, "is_active": "on", "is_staff": "on", "groups": [role]}).status_code
        == 302
    )
    assert mother.groups.get().name == EDITOR
    assert get_user_model().objects.get(pk=mother.pk).is_staff


def test_mothers_and_guests_never_come_in(client, as_mother, things):
    addresses = [_address(name, things) for name in ("index", *OWN)]
    for who in (as_mother, client):
        assert [address for address in addresses if who.post(address).status_code != 302] == []
        for address in addresses:
            assert who.get(address)["Location"].startswith("/admin/login/"), address
        client.logout()


def test_a_moderator_sees_no_health_data(client, team, things):
    client.force_login(team[MODERATOR])
    page = client.get(reverse("admin:index")).content.decode()

    assert "Thank you" in page
    assert not any(word in page for word in HEALTH)


def test_an_editor_sees_neither_members_nor_comments(client, team, things):
    client.force_login(team[EDITOR])
    page = client.get(reverse("admin:index")).content.decode()

    assert "Thank you" not in page
    assert not any(word in page for word in HEALTH)


def test_nobody_is_told_that_nothing_waits_of_what_they_may_not_see(client, team, things):
    told = {}
    for role in (EDITOR, MODERATOR):
        client.force_login(team[role])
        Comment.objects.exclude(status="approved").update(
            status="approved" if role == MODERATOR else "pending"
        )
        told[role] = BeautifulSoup(client.get(reverse("admin:index")).text, "html.parser").select_one(
            ".d-empty"
        )
    for role, words in told.items():
        assert "Nobody waits" not in words.text, role
        assert "No open concern" not in words.text, role
        assert "may still wait for others" in words.text, role
    assert "No comment." in told[MODERATOR].text
    assert "No comment." not in told[EDITOR].text


@pytest.mark.parametrize("role", sorted(CONTENT))
@pytest.mark.parametrize("model", [Session, Exercise, Week])
def test_publishing_is_offered_to_who_may_publish(client, team, program, role, model):
    client.force_login(team[role])
    address = reverse(f"admin:programs_{model._meta.model_name}_change", args=[model.objects.first().pk])
    assert (reverse("admin:desk_publish") in client.get(address).text) == (role in OWN["desk_publish"])


def test_authors_to_choose_from_are_of_the_desk_and_no_members(client, team, mother):
    client.force_login(team[EDITOR])
    article = Article.objects.create(title="Stairs", slug="stairs", author=mother)

    new = client.get(reverse("admin:blog_article_add")).context["adminform"].form
    assert set(new.fields["author"].queryset) == set(team.values())
    hers = client.get(reverse("admin:blog_article_change", args=[article.pk])).context["adminform"].form
    assert mother in hers.fields["author"].queryset


@pytest.mark.parametrize("role", ROLES)
def test_the_ways_shown_are_those_that_open(client, team, role):
    """Which addresses open is tried above."""
    client.force_login(team[role])
    opens = [f"admin:{name}" for name, roles in OWN.items() if role in roles and not _takes(name)]
    opens += [_list(label) for label, roles in LISTS.items() if role in roles]
    ways = [way["address"] for way in client.get(reverse("admin:index")).context["ways"]]

    assert ways
    assert set(ways) <= {reverse(name) for name in ["admin:index", *opens]}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_without_a_second_step(client, team, things, role):
    team[role].authenticator_set.all().delete()
    client.force_login(team[role])
    for name in ["index", *OWN]:
        assert client.get(_address(name, things))["Location"] == reverse("mfa_index")


def _list(label):
    return f"admin:{label.replace('.', '_')}_changelist"


def _takes(name):
    """How many things its address names."""
    return next((route for route, _view, known in PAGES if known == name), "").count("<")


def _address(name, things):
    return reverse(f"admin:{name}", args=[things.get(name, 987654)] * _takes(name))


@pytest.mark.parametrize("by", ["role", "superuser"])
def test_no_owner_locks_herself_out(client, team, by):
    owner, other = team[OWNER], team[EDITOR]
    if by == "superuser":
        owner.groups.clear()
        get_user_model().objects.filter(pk=owner.pk).update(is_superuser=True)
    client.force_login(owner)
    mine, hers = (reverse("admin:accounts_user_change", args=[one.pk]) for one in (owner, other))

    page = client.get(mine)
    client.post(mine, form_of(page, "user_form") | {"name": "Elena", "is_staff": "", "is_active": ""})
    data = form_of(client.get(hers), "user_form")
    client.post(hers, {name: value for name, value in data.items() if name != "is_staff"})

    assert "Only another owner can change what you may do here." in page.text
    assert "Name to call you" not in page.text
    assert (
        client.post(reverse("admin:accounts_user_delete", args=[owner.pk]), {"post": "yes"}).status_code
        == 403
    )
    rows = get_user_model().objects.in_bulk([owner.pk, other.pk])
    assert (rows[owner.pk].name, rows[owner.pk].is_staff, rows[owner.pk].is_active) == ("Elena", True, True)
    assert not rows[other.pk].is_staff


def test_the_list_of_people_says_what_each_is(client, team, mother, django_assert_max_num_queries):
    client.force_login(team[OWNER])
    make_user("new@example.org", is_staff=True)
    with django_assert_max_num_queries(12):
        rows = BeautifulSoup(client.get(reverse(_list("accounts.user"))).text, "html.parser").select(
            "#result_list tr"
        )
    said = {row.select_one(".field-email").text: row.select_one(".field-role").text for row in rows[1:]}

    assert said == {
        "owner@example.org": "Owner",
        "therapist@example.org": "Therapist",
        "moderator@example.org": "Moderator",
        "editor@example.org": "Editor",
        mother.email: "Member",
        "new@example.org": "May open the desk, without a role",
    }
