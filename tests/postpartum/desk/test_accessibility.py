"""The desk in its further states, for everybody: axe, the keyboard, and colours of the system's own."""

import re

import pytest
from django.urls import reverse

from blog.models import Topic
from programs.models import Exercise, Session
from tests.postpartum.desk.every_desk_page import desk_pages, seed_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}

# These pages are alike for every kind of row, so that those of one kind are looked at.
ALIKE = ("_add", "_changelist", "_delete", "_history", "_versions")
ONE_KIND = ("blog_topic_", "blog_article_", "programs_exercise_")

# What the keyboard does not come to, and what has no ring while it is there or no edge while it is the current one.
# The links in an article being written are text; the pictures of a rich text's tools have their own ring.
UNREACHED = """() => {
  const words = one => `${one.tagName} ${one.id || one.className || one.textContent.trim().slice(0, 30)}`;
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const wrong = [], open = document.querySelector("dialog:modal") ?? document; // the rest is closed to all
  for (const one of open.querySelectorAll(controls)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    if (one.closest("[contenteditable], .select2-hidden-accessible, fieldset[disabled]")) continue;
    one.focus({ focusVisible: true });
    const look = getComputedStyle(one);
    if (document.activeElement !== one) wrong.push(`never comes to ${words(one)}`);
    else if (look.outlineStyle === "none" && look.boxShadow === "none") wrong.push(`no ring: ${words(one)}`);
  }
  for (const one of document.querySelectorAll("#header [aria-current], #content a[aria-current]")) {
    document.activeElement.blur();
    if (getComputedStyle(one).outlineStyle === "none") wrong.push(`current, without an edge: ${words(one)}`);
  }
  return [...new Set(wrong)];
}"""


@pytest.fixture
def seeded(program):
    """The demo with one row of everything; the therapist."""
    return seed_desk()


@pytest.fixture
def wrong_with(axe, context, sign_in, seeded, watch):
    """A function that returns what is wrong with a page as it stands, with everything on it unfolded."""
    watch.expect("")  # what axe writes into a page, and the pages that refuse
    axe.look_at_all(context)
    sign_in(context, seeded)

    def wrong_with(page):
        page.wait_for_load_state("networkidle")  # the editor of texts comes and gets its name after the page
        page.wait_for_function("() => [...document.querySelectorAll('.tiptap')].every(one => one.ariaLabel)")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.emulate_media(reduced_motion="reduce", forced_colors="none")
        found = []
        try:
            axe.assert_accessible(page)
        except pytest.fail.Exception as broken:
            found.append(str(broken))
        page.emulate_media(forced_colors="active")
        return found + page.evaluate(UNREACHED)

    return wrong_with


def looked_at():
    """Every page of the desk, of those that are alike one."""
    return [
        (name, address)
        for name, address in desk_pages()
        if not name.endswith(ALIKE) or name.startswith(ONE_KIND)
    ]


@pytest.mark.browser_context_args(**DESK)
def test_every_page_with_everything_unfolded(page, live_server, wrong_with):
    found = {}
    for name, address in looked_at():
        answer = page.goto(live_server.url + address)
        if answer.status == 200 and "html" in answer.headers["content-type"]:
            found[name] = wrong_with(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def sent(page, button="Save"):
    """Send the form as it stands, without the browser's own looking at it."""
    page.evaluate("document.querySelectorAll('form').forEach(one => { one.noValidate = true; })")
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()


def exercise_with_errors(page, at):
    page.goto(at(reverse("admin:programs_exercise_change", args=[Exercise.objects.get(slug="bridge").pk])))
    page.locator("#id_name").fill("")
    sent(page)


def article_with_errors(page, at):
    page.goto(at(reverse("admin:blog_article_add")))
    sent(page)


def session_with_errors(page, at):
    page.goto(at(reverse("admin:programs_session_change", args=[Session.objects.get(key="w03-a").pk])))
    page.locator("#id_title").fill("")
    sent(page)


def step_with_errors(page, at):
    page.goto(at(reverse("admin:desk_practice_step", args=["names"])))
    page.locator("#content input[type=text]").first.fill("")
    sent(page, "Save and go on")


def invitation_with_errors(page, at):
    page.goto(at(reverse("admin:desk_inviting")))
    page.get_by_label("Email addresses").fill("nobody at all")
    sent(page, "Send invitations")


def figure_with_errors(page, at):
    page.goto(at(reverse("admin:programs_exercise_figure", args=[Exercise.objects.get(slug="bridge").pk])))
    page.locator("#id_pose-0-spine").fill("400")
    page.locator("[data-error]").filter(has_text=re.compile(r"\w")).wait_for()  # it moves the button
    sent(page, "Save as this exercise’s figure")


def new_figure(page, at):
    Exercise.objects.filter(slug="bridge").update(figure={})
    page.goto(at(reverse("admin:programs_exercise_figure", args=[Exercise.objects.get(slug="bridge").pk])))


def two_changes(page, at):
    topic = Topic.objects.first()
    page.goto(at(reverse("admin:blog_topic_change", args=[topic.pk])))
    Topic.objects.filter(pk=topic.pk).update(name="Rest and food")
    page.locator("#id_name").fill("Rest and sleep")
    sent(page)
    assert page.get_by_text("Keep what is saved").first.is_visible()


def two_figures(page, at):
    bridge = Exercise.objects.get(slug="bridge")
    page.goto(at(reverse("admin:programs_exercise_figure", args=[bridge.pk])))
    Exercise.objects.filter(pk=bridge.pk).update(figure=Exercise.objects.get(slug="mini-bridge").figure)
    page.locator("#id_pose-0-spine").fill("182")
    sent(page, "Save as this exercise’s figure")
    assert page.get_by_text("Keep what is saved").first.is_visible()


def gone(page, at):
    topic = Topic.objects.create(name="Water", slug="water")
    page.goto(at(reverse("admin:blog_topic_change", args=[topic.pk])))
    topic.delete()
    sent(page)


def empty_lists(name, query):
    def empty(page, at):
        page.goto(at(reverse(f"admin:{name}") + query))

    return empty


def keys_told(page, at):
    page.goto(at(reverse("admin:blog_comment_changelist")))
    page.keyboard.press("?")
    page.get_by_text("next comment").wait_for()


def link_dialog(page, at):
    page.goto(at(reverse("admin:blog_article_changelist")))
    page.locator("#result_list tbody a").first.click()
    # By its key the editor selects at once; after a double-click it waits for the browser to tell it. Before it is
    # editable it does not take the focus, and the key selects the page.
    page.locator(".ProseMirror[contenteditable=true]").first.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.get_by_title("insert link").click()
    page.locator("dialog[open]").wait_for()


STATES = {
    "an exercise with errors": exercise_with_errors,
    "an article with errors": article_with_errors,
    "a session with errors": session_with_errors,
    "a step of the practice with errors": step_with_errors,
    "an invitation with errors": invitation_with_errors,
    "a figure with errors": figure_with_errors,
    "two changes to one row": two_changes,
    "two changes to one figure": two_figures,
    "a row that is gone": gone,
    "no comments": empty_lists("blog_comment_changelist", "?q=zzzz"),
    "no exercises": empty_lists("programs_exercise_changelist", "?q=zzzz"),
    "no members": empty_lists("desk_members", "?q=zzzz"),
    "the keys of the inbox": keys_told,
    "the dialog of a link": link_dialog,
    "an exercise without a figure": new_figure,
}


@pytest.mark.browser_context_args(**DESK)
def test_further_states_of_its_pages(page, live_server, wrong_with):
    page.on("dialog", lambda dialog: dialog.accept())
    found = {}
    for name, bring_about in STATES.items():
        bring_about(page, lambda address: live_server.url + address)
        found[name] = wrong_with(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
