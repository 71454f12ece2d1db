"""The practice in her own hands: the first-run guide, what it changes everywhere, and the way back."""

from io import BytesIO
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html
from PIL import Image

from blog.models import Page, Picture
from blog.services import create_first_pages
from common.front_page import PARTS
from common.pictures import FACE_SIDE
from common.practice import practice_details
from postpartum.desk.guide import STEPS
from postpartum.mail.sending import send_next
from postpartum.models import AccountTerms, Mail, Practice
from postpartum.practice import practice_in_force, reload_practice, save_practice
from postpartum.text_overrides.entries import groups
from postpartum.text_overrides.lookup import apply_overrides
from programs.models import EnrollmentMode
from programs.services.admission import set_enrollment_mode
from tests.cast import make_screening

pytestmark = pytest.mark.django_db
GUIDE = reverse("admin:desk_practice")
NAMES = {"name": "Soft Ground", "therapist": "Ana Ruiz, PT", "registration": "License 12345, Oregon"}


def address(key):
    return reverse("admin:desk_practice_step", args=[key])


@pytest.fixture
def send(as_therapist, django_capture_on_commit_callbacks):
    """A function that sends a step."""

    def send(key, **sent):
        with django_capture_on_commit_callbacks(execute=True):
            return as_therapist.post(address(key), sent)

    return send


def a_picture(name="me.png", mode="RGB"):
    buffer = BytesIO()
    Image.new(mode, (900, 600), "#8a2c5b").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def test_the_guide_leads_from_step_to_step_and_goes_on_where_it_was_left(as_therapist, send):
    assert send("names", **NAMES).url == address("about")
    assert send("about", skip="on").url == address("look")
    assert address("look") in as_therapist.get(GUIDE).text
    for step in STEPS[2:-1]:
        send(step.key, skip="on")
    assert send(STEPS[-1].key, done="on").url == GUIDE

    page = as_therapist.get(GUIDE).text
    assert page.count("done</span>") == len(STEPS)
    assert "Look at your site" in page


def form_on(page):
    """The only form of a step's page, as a browser sends it untouched."""
    form = next(one for one in html.fromstring(page.text).forms if one.get("enctype"))
    return dict(form.form_values())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_a_step_in_which_nothing_was_typed_is_skipped_at_once(as_therapist, send, program, step):
    assert send(step.key, **form_on(as_therapist.get(address(step.key))), skip="on").status_code == 302
    assert step.key in practice_in_force().steps


def test_skipping_asks_before_it_loses_what_was_typed(as_therapist, send, program):
    page = as_therapist.get(address("contact"))
    assert "Your email address is needed." in page.text
    typed = form_on(page) | {"phone": "+1 555 010 0199"}

    asked = send("contact", **typed, skip="on")
    assert asked.status_code == 422
    assert "What you typed here is not saved yet." in asked.text
    assert form_on(asked)["phone"] == "+1 555 010 0199"
    assert not Practice.objects.exists()

    assert send("contact", **typed, skip="lose").url == address("cost")
    assert practice_in_force().phone == ""


def test_what_she_says_is_said_everywhere(send, client):
    send("names", **NAMES)
    send("contact", email="ana@example.org", phone="+1 555 010 0199", booking_url="book.example.org/ana")
    send("cost", price="Free", price_url="https://example.org/price")
    client.logout()
    home = client.get("/").text

    for said in (*NAMES.values(), "ana@example.org", "+1 555 010 0199", "Free", "https://example.org/price"):
        assert said in home, said
    assert 'href="https://book.example.org/ana"' in home
    assert practice_details()["email"] == "ana@example.org"


def front(**changed):
    """What the step of the front page sends, with all parts shown in the site's own order."""
    sent = {f"{key}-ORDER": place for place, key in enumerate(PARTS, start=1)}
    return sent | {f"{key}-shown": "on" for key in PARTS} | changed


def test_the_front_page_has_her_picture_and_her_order(as_therapist, send, client, program):
    sent = front(file=a_picture(), shows="A mat by a window", **{"listening-ORDER": 1, "facts-ORDER": 2})
    del sent["saying-shown"]
    assert send("front", **sent).status_code == 302
    step = as_therapist.get(address("front")).text
    client.logout()
    home = client.get("/").text

    assert home.index("It listens first") < home.index("Your time") < home.index("Four groups of muscles")
    assert "fall behind here" not in home
    assert 'alt="A mat by a window"' in home
    assert "img/breath" not in home
    assert step.index("listening-ORDER") < step.index("facts-ORDER") < step.index("saying-ORDER")


def test_a_front_page_without_a_part_is_asked_about_and_nothing_is_lost(send):
    sent = {key: value for key, value in front(**{"facts-ORDER": 7}).items() if "shown" not in key}
    response = send("front", **sent)

    assert response.status_code == 422
    assert "keep at least one part" in response.text
    assert 'value="7"' in response.text
    assert not Practice.objects.exists()


def test_the_words_of_the_front_page_are_hers(
    as_therapist, client, program, django_capture_on_commit_callbacks
):
    place = next(
        one
        for one in groups()["front"].places.values()
        if one.original.startswith("Your body did something huge")
    )
    change = reverse("admin:desk_words_change", args=["front", place.key])
    with django_capture_on_commit_callbacks(execute=True):
        as_therapist.post(change, {"text": "Welcome to Soft Ground."})
    client.logout()

    assert "Welcome to Soft Ground." in client.get("/").text
    apply_overrides([])


def test_a_mail_comes_from_the_practice_by_its_name(send, client, mother, mail_queue):
    send("names", **NAMES)
    client.logout()
    client.post(reverse("account_request_login_code"), {"email": mother.email})

    assert Mail.objects.get().sender == f"Soft Ground <{settings.PRACTICE['email']}>"


def test_photograph_and_logo_are_taken_in_anew(send, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    send("names", **NAMES)
    send("about", file=a_picture(), about="I help mothers.")
    send("look", file=a_picture("logo.png", "RGBA"), accent="#8A2C5B", own_accent="on")
    client.logout()
    home = client.get("/").text
    practice = practice_details()

    assert (practice["photo"].width, practice["photo"].height) == (800, 533)
    assert practice["photo"].alt == "Ana Ruiz, PT"
    assert f'src="{practice["photo"].url}"' in home
    with urlopen(practice["face_url"]) as data, Image.open(BytesIO(data.read())) as face:
        assert face.size == (FACE_SIDE, FACE_SIDE)
    assert f'src="{practice["logo"].url}"' in home
    assert f'href="{practice["accent_url"]}"' in home
    sheet = client.get(practice["accent_url"])
    assert "--accent:#8a2c5b" in sheet.text
    assert "immutable" in sheet["Cache-Control"]


def test_a_picture_once_sent_stays_while_another_field_is_mended(send, as_therapist, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    response = send("look", file=a_picture(), accent="red", own_accent="on")

    assert response.status_code == 422
    picture = Picture.objects.get()
    assert f'name="kept" value="{picture.pk}"' in response.text
    send("look", kept=picture.pk, accent="#8a2c5b", own_accent="on")
    assert Practice.objects.first().logo == picture
    send("look", kept=picture.pk, remove="on", accent="#8a2c5b")
    newest = Practice.objects.first()
    assert (newest.logo, newest.accent) == (None, "")


@pytest.mark.parametrize(
    ("key", "sent", "told"),
    [
        ("names", NAMES | {"name": ""}, "This field is required"),
        ("contact", {"email": "nobody", "phone": ""}, "valid email"),
        ("contact", {"email": "a@example.org", "phone": "call me"}, "no telephone number"),
        ("contact", {"email": "a@example.org", "phone": "112"}, "such as +1 555"),
        ("cost", {"price_url": "not an address"}, "valid URL"),
        ("about", {"file": SimpleUploadedFile("a.png", b"no picture")}, "not a picture"),
    ],
)
def test_a_slip_is_told_and_nothing_typed_is_lost(send, key, sent, told):
    response = send(key, **sent)

    assert response.status_code == 422
    assert told in response.text
    assert all(value in response.text for value in sent.values() if isinstance(value, str))
    assert not Practice.objects.exists()


def test_two_people_in_two_steps_keep_what_the_other_saved(send):
    send("cost", price="Free")
    send("names", **NAMES)

    newest = Practice.objects.first()
    assert (newest.price, newest.name) == ("Free", "Soft Ground")


def test_what_was_said_before_comes_back(send, as_therapist, django_capture_on_commit_callbacks):
    send("cost", price="Free")
    first = Practice.objects.first()
    send("cost", price="$90")
    page = as_therapist.get(GUIDE).text
    assert page.count("What the program costs") == 2

    with django_capture_on_commit_callbacks(execute=True):
        as_therapist.post(GUIDE, {"back_to": first.pk})
    assert practice_details()["price"] == "Free"


def test_drafts_that_nobody_has_written_in_say_the_same(send, therapist):
    context = {"practice": practice_details(), "terms": AccountTerms.current()}
    create_first_pages(context, timezone.now())
    Page.objects.filter(slug="terms").update(body="<p>My own words.</p>")
    send("names", **NAMES)
    send("about", about="I help mothers.")

    bodies = dict(Page.objects.values_list("slug", "body"))
    assert "Ana Ruiz, PT" in bodies["privacy"]
    assert "I help mothers." in bodies["about"]
    assert bodies["terms"] == "<p>My own words.</p>"
    assert {page.versions.count() for page in Page.objects.all()} == {1}


def test_the_consent_is_in_her_words(send, mother, program, client):
    send("consent", consent="I agree to train gently.\n\nI will stop when it hurts.")
    client.force_login(mother)
    make_screening(mother, timezone.now())
    assert "<p>I will stop when it hurts.</p>" in client.get(reverse("start_result")).text
    client.post(reverse("enroll"), {"agreed": "on"})
    assert mother.participant.enrollments.get().consent_text.startswith("I agree to train gently.")


def test_a_test_mail_tells_whether_it_left(as_therapist, therapist, mail_queue, settings):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where nothing listens
    as_therapist.post(reverse("admin:desk_test_mail"))
    waiting = as_therapist.get(address("mail"))
    assert "on its way" in waiting.text
    assert waiting["Refresh"]

    send_next(timezone.now())
    assert "did not leave" in as_therapist.get(address("mail")).text

    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Mail.objects.update(next_try_at=timezone.now())
    send_next(timezone.now())
    page = as_therapist.get(address("mail")).text
    assert f"to {therapist.email}" in page
    assert "The test left" in page


def test_a_second_test_waits_a_moment(as_therapist, mail_queue):
    for _ in range(2):
        as_therapist.post(reverse("admin:desk_test_mail"))

    assert Mail.objects.count() == 1
    assert "a moment ago" in as_therapist.get(address("mail")).text


def test_pages_ask_for_nothing_more(client, therapist, django_assert_num_queries):
    client.get("/safety/")
    save_practice(NAMES, therapist, timezone.now())
    with django_assert_num_queries(2):
        client.get("/")


def test_the_guide_says_who_can_join_and_leads_there(as_therapist, program):
    set_enrollment_mode(EnrollmentMode.INVITATION)
    reload_practice()

    page = as_therapist.get(address("join")).text
    assert "Now: whoever you have invited." in page
    assert f'href="{reverse("admin:desk_inviting")}#who"' in page
    assert as_therapist.post(address("join")).status_code == 302
    assert "join" in practice_in_force().steps
