"""Inviting by mail and by code, and whom the program is open to, by every door."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common.models import RateLimitWindow
from common.practice import override_practice
from postpartum.desk.roles import EDITOR, OWNER, THERAPIST
from postpartum.invitations import forget_old_invitations, invite
from postpartum.models import Erasure, Invitation, Mail
from postpartum.privacy.erasure import erase_person
from programs.models import EnrollCode, Enrollment, EnrollmentMode, Participant
from programs.services.admission import CodeRefusedError, create_code, end_code, redeem, set_enrollment_mode
from programs.services.enrollment import NotAdmittedError, enroll
from tests.cast import make_screening, make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:desk_inviting")


@pytest.fixture(autouse=True)
def nothing_said():
    """The mode that pages show belongs to the process."""
    yield
    override_practice({})


@pytest.fixture
def ask(client, team, mail_queue):
    """A function with which the owner (or another role) invites; returns the links that were mailed."""

    def ask(emails, role="", by=OWNER):
        client.force_login(team[by])
        response = client.post(PAGE, {"emails": emails, "role": role})
        client.logout()
        return response, links()

    return ask


def links():
    """The link in each mail, by its recipient."""
    return {
        mail.recipients[0]: next(
            line for line in mail.text.splitlines() if "/accounts/invitation/" in line
        ).partition("8000")[2]
        for mail in Mail.objects.order_by("pk")
    }


def test_an_invited_mother_is_in_with_one_tap_and_may_join(ask, client, program):
    set_enrollment_mode(EnrollmentMode.INVITATION)
    _response, sent = ask("Ina Berg <Ina@example.org>")
    link = sent["ina@example.org"]

    assert "Welcome to" in client.get(link).text
    assert not get_user_model().objects.filter(email="ina@example.org").exists()  # to look accepts nothing
    assert client.post(link, {"time_zone": "Europe/Madrid"}).url == reverse("start")
    ina = get_user_model().objects.get(email="ina@example.org")
    assert (ina.time_zone, ina.is_staff) == ("Europe/Madrid", False)
    make_screening(ina, timezone.now())
    client.post(reverse("enroll"), {"agreed": "on"})
    assert Enrollment.objects.filter(participant__user=ina).exists()
    client.logout()
    assert client.get(link).status_code == client.post(link).status_code == 410


def test_a_colleague_gets_the_role_and_is_led_to_the_desk(ask, client):
    _response, sent = ask("nurse@example.org", EDITOR)
    nameless = client.post(sent["nurse@example.org"], {"name": " "})
    assert (nameless.status_code, get_user_model().objects.filter(email="nurse@example.org").exists()) == (
        422,
        False,
    )
    response = client.post(sent["nurse@example.org"], {"name": "Ana Ruiz"})
    nurse = get_user_model().objects.get(email="nurse@example.org")

    assert response.url == reverse("admin:index")
    assert (nurse.is_staff, nurse.groups.get().name, nurse.name) == (True, EDITOR, "Ana Ruiz")
    assert client.get(response.url).url == reverse("mfa_index")  # a second step comes first


def test_only_who_may_give_roles_gives_them(ask):
    response, sent = ask("nurse@example.org", OWNER, by=THERAPIST)

    assert response.status_code == 422
    assert sent == {}


def test_the_link_is_stored_only_as_a_hash_and_dies(ask, client):
    _response, sent = ask("ina@example.org")
    token = sent["ina@example.org"].split("/")[-2]
    assert token not in str(list(Invitation.objects.values()))

    Invitation.objects.update(sent_at=timezone.now() - Invitation.VALID_FOR)
    assert client.get(sent["ina@example.org"]).status_code == 410
    assert forget_old_invitations(timezone.now() + timedelta(days=31)) == 1


def test_a_list_with_slips_invites_nobody_and_is_told_by_line(ask):
    typed = "ina@example.org\nfoo@\n\nNora <nora@example.org>\nnobody"
    response, sent = ask(typed)

    assert response.status_code == 422
    assert "Line 2: “foo@”" in response.text
    assert "Line 5: “nobody”" in response.text
    assert "Nora &lt;nora@example.org&gt;" in response.text
    assert sent == {}

    response, sent = ask("\r\n\r\nnot an address\r\nfoo@bar.org, x; y\r\n")
    assert "Line 3: “not an address”" in response.text
    assert "Line 4: “x”" in response.text
    assert "Line 4: “y”" in response.text
    assert sent == {}

    _response, sent = ask("ina@example.org, Nora <nora@example.org>; INA@example.org\n")
    assert set(sent) == {"ina@example.org", "nora@example.org"}


def test_an_open_invitation_is_sent_again_or_withdrawn(ask, client, team):
    _response, first = ask("ina@example.org")
    Invitation.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    row = Invitation.objects.get()
    client.force_login(team[THERAPIST])
    client.post(reverse("admin:desk_invitation", args=[row.pk]), {"do": "resend"})
    client.logout()
    again = links()
    assert client.get(first["ina@example.org"]).status_code == 410
    assert client.get(again["ina@example.org"]).status_code == 200

    client.force_login(team[THERAPIST])
    client.post(reverse("admin:desk_invitation", args=[row.pk]), {"do": "withdraw"})
    client.logout()
    assert client.get(again["ina@example.org"]).status_code == 410


def test_who_has_an_account_keeps_it(ask, client, mother):
    _response, sent = ask(mother.email)
    client.post(sent[mother.email])

    assert get_user_model().objects.filter(email=mother.email).count() == 1
    assert Participant.objects.get(user=mother).admitted_at
    assert client.session["_auth_user_id"] == str(mother.pk)


@pytest.mark.parametrize("mode", [EnrollmentMode.INVITATION, EnrollmentMode.CODE])
def test_without_admission_every_door_is_closed_with_kind_words(as_mother, mother, program, mode):
    set_enrollment_mode(mode)
    make_screening(mother, timezone.now())

    page = as_mother.post(reverse("enroll"), {"agreed": "on"}, follow=True).text
    assert "Your answers are kept" in page
    assert "I agree. Begin week 1" not in page
    assert ("Do you have a code?" in page) == (mode == EnrollmentMode.CODE)
    with pytest.raises(NotAdmittedError):
        enroll(mother, "I agree.", timezone.now())
    assert not Enrollment.objects.exists()


def test_a_code_opens_the_program_however_it_is_typed(as_mother, mother, program):
    set_enrollment_mode(EnrollmentMode.CODE)
    make_screening(mother, timezone.now())
    code = create_code("Tuesday", 1, timezone.localdate(), timezone.now()).code

    wrong = as_mother.post(reverse("enroll_code"), {"code": "nonsense"})
    assert wrong.status_code == 422
    assert 'value="nonsense"' in wrong.text
    typed = f" {code[:4].lower()}-{code[4:].lower()} "
    assert as_mother.post(reverse("enroll_code"), {"code": typed}).url == reverse("start_result")
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert Enrollment.objects.get().participant.enroll_code == code
    assert EnrollCode.objects.get().used == 1


def test_guessing_codes_is_slowed_down(as_mother, mother, program):
    set_enrollment_mode(EnrollmentMode.CODE)
    make_screening(mother, timezone.now())
    statuses = [as_mother.post(reverse("enroll_code"), {"code": "x"}).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]
    RateLimitWindow.objects.all().delete()


def test_a_code_ends(mother, program):
    set_enrollment_mode(EnrollmentMode.CODE)
    now = timezone.now()
    code = create_code("Tuesday", 5, timezone.localdate(), now)
    with pytest.raises(CodeRefusedError):
        redeem(mother, code.code, now + timedelta(days=2))
    end_code(code, timezone.localdate())
    with pytest.raises(CodeRefusedError):
        redeem(mother, code.code, now)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_take_no_more_places_than_there_are(program):
    set_enrollment_mode(EnrollmentMode.CODE)
    code = create_code("Tuesday", 12, timezone.localdate(), timezone.now()).code
    members = [make_user(f"m{number}@example.org") for number in range(100)]

    def join(member):
        try:
            redeem(member, code, timezone.now())
            return True
        except CodeRefusedError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        admitted = list(pool.map(join, members))
    assert sum(admitted) == EnrollCode.objects.get().used == 12
    assert Participant.objects.filter(enroll_code=code).count() == 12


def test_whoever_has_joined_stays(enrollment, mother):
    set_enrollment_mode(EnrollmentMode.INVITATION)

    assert enroll(mother, "I agree.", timezone.now()) == enrollment


def test_the_desk_opens_and_closes_the_program(client, team, program):
    client.force_login(team[THERAPIST])
    client.post(reverse("admin:desk_join"), {"mode": "code"})
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    client.post(reverse("admin:desk_code"), {"name": "Tuesday", "places": 12, "ends_on": day})
    page = client.get(PAGE).text
    assert EnrollCode.objects.get().code in page
    assert client.post(reverse("admin:desk_code"), {"name": "X", "ends_on": "2020-01-01"}).status_code == 422
    client.logout()
    assert "People in a class, by its code" in client.get("/").text


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_for_any_number(client, team, number, django_assert_num_queries):
    invite([f"m{one}@example.org" for one in range(number)], "", team[OWNER], timezone.now())
    client.force_login(team[OWNER])
    client.get(PAGE)
    with django_assert_num_queries(8):
        client.get(PAGE)


def test_an_invitation_goes_with_the_account_of_its_address(mother):
    other = make_user("other@example.org")
    for email in (mother.email.title(), other.email):
        Invitation.objects.create(email=email, token_hash=email, role=EDITOR)

    erase_person(mother, Erasure.Comments.REMOVED, timezone.now())

    assert [one.email for one in Invitation.objects.all()] == [other.email]
