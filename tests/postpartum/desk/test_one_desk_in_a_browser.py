"""Every page of the desk on a phone, and what its scripts do: the inbox, the tabs, the view beside the form."""

import pytest
from django.urls import reverse

from blog.models import Comment
from blog.moderation import Status
from programs.models import Exercise
from tests.postpartum.desk.every_desk_page import desk_pages, seed_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
INBOX = reverse("admin:blog_comment_changelist")

# All pictures a page shows that come with Django's admin, as elements or behind them.
ADMIN_PICTURES = """() => [...document.querySelectorAll("body *")].flatMap(one => {
  if (!one.checkVisibility()) return [];
  const looks = ["", "::before", "::after"].map(part => getComputedStyle(one, part || null));
  return [one.currentSrc || "", ...looks.map(look => look.backgroundImage + look.content)]
    .filter(source => source.includes("admin/img/")).map(source => one.className + " " + source);
})"""


@pytest.fixture
def seeded(program):
    """The demo with one row of everything; the therapist."""
    return seed_desk()


@pytest.mark.browser_context_args(**PHONE)
def test_every_page_fits_a_phone_and_shows_no_picture_of_the_admin(
    page, context, live_server, sign_in, seeded, watch
):
    watch.expect("")
    sign_in(context, seeded)
    wrong = []
    for name, address in desk_pages():
        answer = page.goto(live_server.url + address)
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue
        width = page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollWidth)")
        wrong += [f"{name} is {width} px wide"] if width > 390 else []
        wrong += [f"{name}: {picture}" for picture in page.evaluate(ADMIN_PICTURES)]
        low = page.locator(".d-filter a").evaluate_all(
            "all => all.filter(one => one.offsetHeight < 24).length"
        )
        wrong += [f"{name}: {low} filters are too low"] if low else []
    assert wrong == []


@pytest.mark.browser_context_args(**DESK)
def test_comments_are_decided_in_place_by_keys_and_undone(page, context, live_server, sign_in, seeded):
    waiting = Comment.objects.pending().first()
    sign_in(context, seeded)
    page.goto(live_server.url + INBOX)

    page.keyboard.press("?")
    page.get_by_text("next comment").wait_for()
    page.keyboard.press("j")
    row = page.locator(f"#comment-{waiting.pk}")
    talk = page.locator(f"[data-talk='{waiting.pk}']")
    page.keyboard.press("s")
    row.locator("[data-state]", has_text="Spam").wait_for()
    waiting.refresh_from_db()
    assert waiting.status == Status.SPAM
    page.keyboard.press("z")
    row.locator("[data-state]", has_text="Waiting").wait_for()
    waiting.refresh_from_db()
    assert waiting.status == Status.PENDING
    page.keyboard.press("r")
    page.keyboard.type("Good question.")
    talk.get_by_role("button", name="Worth a visit").click()
    with page.expect_navigation():
        talk.get_by_role("button", name="Approve and answer").click()
    answer = Comment.objects.get(parent=waiting).body
    assert answer.startswith("Good question.\n\nThat is worth a visit")
    assert page.url == live_server.url + INBOX


@pytest.mark.browser_context_args(**DESK)
def test_a_conversation_opens_beside_the_list_and_a_half_written_answer_stays(
    page, context, live_server, sign_in, seeded
):
    sign_in(context, seeded)
    page.goto(live_server.url + INBOX)
    first, second = page.locator("[data-comment] a").all()[:2]
    one = page.locator("[data-talk]:visible")
    shown = one.get_attribute("data-talk")
    one.get_by_label("Your answer").fill("Half of it")

    second.click()
    page.locator(f"[data-talk]:visible:not([data-talk='{shown}'])").wait_for()
    first.click()
    page.locator(f"[data-talk='{shown}']:visible").wait_for()

    assert one.get_by_label("Your answer").input_value() == "Half of it"
    assert page.url == live_server.url + INBOX


@pytest.mark.browser_context_args(**DESK)
def test_a_writer_is_trusted_and_no_longer_in_place(page, context, live_server, sign_in, seeded):
    waiting = Comment.objects.pending().first()
    sign_in(context, seeded)
    page.goto(live_server.url + INBOX)
    row = page.locator(f"#comment-{waiting.pk}")

    page.get_by_role("button", name=f"Trust {waiting.name} from now on").click()
    row.get_by_text("Trusted", exact=True).wait_for()
    page.get_by_role("button", name="Stop trusting").click()
    page.get_by_role("button", name=f"Trust {waiting.name} from now on").wait_for()
    assert not row.get_by_text("Trusted", exact=True).is_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_the_list_leads_to_one_conversation_and_back(page, context, live_server, sign_in, seeded):
    waiting = Comment.objects.pending().first()
    sign_in(context, seeded)
    page.goto(live_server.url + INBOX)
    assert not page.locator("[data-talk]").is_visible()

    page.locator(f"#comment-{waiting.pk} a").click()
    page.locator(f"[data-talk='{waiting.pk}']").wait_for()
    assert not page.locator(f"#comment-{waiting.pk}").is_visible()
    page.get_by_role("link", name="All comments").click()
    page.locator(f"#comment-{waiting.pk}").wait_for()


@pytest.mark.browser_context_args(java_script_enabled=False, **PHONE)
def test_comments_are_decided_and_undone_without_scripts(page, context, live_server, sign_in, seeded):
    waiting = Comment.objects.pending().first()
    sign_in(context, seeded)
    page.goto(live_server.url + INBOX)

    page.locator(f"#comment-{waiting.pk} a").click()
    page.get_by_role("button", name="Worth a visit").click()
    words = page.get_by_label("Your comment")
    assert words.input_value().startswith("That is worth a visit")
    words.fill(f"Half. {words.input_value()}")
    page.get_by_role("button", name="I can’t judge from here").click()
    assert page.get_by_label("Your comment").input_value().startswith("Half. That is worth a visit")
    page.goto(f"{live_server.url}{INBOX}?open={waiting.pk}")

    page.get_by_role("button", name="Trash").click()
    assert Comment.objects.get(pk=waiting.pk).status == Status.TRASH
    page.locator("#decided").get_by_role("button", name="Undo").click()
    assert Comment.objects.get(pk=waiting.pk).status == Status.PENDING


@pytest.mark.browser_context_args(**DESK)
def test_an_exercise_is_seen_as_a_member_sees_it_while_it_is_written(
    page, context, live_server, sign_in, therapist, program
):
    bridge = Exercise.objects.get(slug="bridge")
    sign_in(context, therapist)
    page.goto(live_server.url + reverse("admin:programs_exercise_change", args=[bridge.pk]))
    seen = page.frame_locator("iframe[data-view]")
    seen.get_by_role("heading", name=bridge.name).wait_for()

    page.get_by_label("Why").fill("It wakes up the muscles that carry you both.")
    seen.get_by_text("It wakes up the muscles that carry you both.").wait_for()
    page.get_by_role("link", name="Doses").click()
    page.get_by_role("heading", name="Doses").wait_for()
    assert not page.get_by_label("Why").is_visible()
    bridge.refresh_from_db()
    assert bridge.why != "It wakes up the muscles that carry you both."


@pytest.mark.browser_context_args(**DESK)
def test_leaving_with_unsaved_words_asks(page, context, live_server, sign_in, therapist, program):
    sign_in(context, therapist)
    address = live_server.url + reverse("admin:blog_topic_add")
    page.goto(address)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.get_by_role("link", name="Members").click()
    page.wait_for_url("**/members/")
    assert asked == []
    page.goto(address)
    page.get_by_label("Name").fill("Sleep")
    page.get_by_role("link", name="Members").click()
    page.wait_for_function("() => true")
    assert asked == ["beforeunload"]
    assert page.url == address
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/blog/topic/")
    assert asked == ["beforeunload"]
