"""The guided minute of breathing: for anyone, from the home page with one tap, storing nothing."""

import pytest
from django.urls import reverse

from programs.pages.first_breath import breath_words, first_breath

WORDS = {name: str(words) for name, words in breath_words().items()}


@pytest.mark.django_db
def test_is_for_anyone_and_leaves_no_cookie(client, program, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get(reverse("breathe"))

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "<loc>http://testserver/breathe/</loc>" in client.get("/sitemap.xml").text


@pytest.mark.django_db
def test_can_be_read_and_leads_on_before_a_program_is_published(client):
    page = client.get(reverse("breathe")).text

    assert "Breathe in while you count to 3." in page
    assert f'class="btn btn-primary btn-large btn-block" href="{reverse("start")}"' in page


@pytest.mark.django_db
def test_takes_the_drawing_and_the_pace_of_the_reviewed_sitting_breath(program):
    minute = first_breath()

    assert "rib-breathing-sitting" in minute["exercise"]["figure"]
    assert [step["seconds"] for step in minute["steps"]] == [3, minute["breaths"] * sum(minute["pace"])]
    assert 55 <= minute["steps"][1]["seconds"] <= 65
    assert not any("squeeze" in words.lower() for words in WORDS.values())


@pytest.mark.django_db
def test_is_kept_for_places_without_a_network(client, program):
    worker = client.get("/sw.js").text.replace(r"\u002D", "-")

    assert 'const BREATHE = "/breathe/"' in worker
    assert "css/breathe" in worker
    assert "js/player/first-breath" in worker


def stored(page):
    """Everything this browser keeps of the site."""
    return page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    """On a phone, with the clock in the test's hand."""

    @pytest.fixture
    def breath(self, page, live_server, program):
        """The page, one tap from the home page."""
        page.clock.install()
        page.goto(live_server.url)
        page.get_by_role("link", name="Take your first breath").click()
        page.wait_for_url("**/breathe/")
        return page

    def phase(self, page, words):
        """Wait until the dial says so."""
        page.wait_for_function(f"document.querySelector('[data-breath=phase]').textContent === {words!r}")

    def test_it_runs_by_itself_from_settling_to_what_comes_next(self, breath):
        self.phase(breath, WORDS["settle"])
        breath.clock.run_for(3_500)
        self.phase(breath, WORDS["in"])
        breath.clock.run_for(3_000)
        self.phase(breath, WORDS["out"])
        assert breath.get_by_text("breath 1 of 8").is_visible()
        for _breath in range(9):
            breath.clock.run_for(8_000)

        breath.get_by_role("heading", name=WORDS["doneTitle"]).wait_for()
        assert breath.get_by_text("One easy minute.").is_visible()
        assert breath.locator(".btn-primary:visible").all_text_contents() == ["Start the program"]
        assert breath.evaluate("document.activeElement.id") == "breathe-end"
        assert stored(breath) == ["", 0, 0, 0, 0]

    def test_it_can_be_paused_gone_on_with_skipped_and_done_again(self, breath):
        breath.clock.run_for(3_500)
        self.phase(breath, WORDS["in"])
        breath.get_by_role("button", name="Pause").click()
        breath.clock.run_for(20_000)
        self.phase(breath, WORDS["in"])
        breath.get_by_role("button", name="Continue").click()
        breath.clock.run_for(3_500)
        self.phase(breath, WORDS["out"])

        breath.get_by_role("button", name="Skip to the end").click()
        breath.get_by_role("heading", name="What comes next").wait_for()
        assert not breath.get_by_text("One easy minute.").is_visible()
        breath.get_by_role("button", name="One more minute").click()
        self.phase(breath, WORDS["settle"])

    def test_with_reduced_motion_the_circle_stands_and_the_words_change(self, page, breath):
        page.emulate_media(reduced_motion="reduce")
        breath.reload()
        sizes = set()
        for words in ("in", "out"):
            breath.clock.run_for(3_300)
            self.phase(breath, WORDS[words])
            sizes.add(breath.locator(".breathe-air").evaluate("one => one.getBoundingClientRect().width"))

        assert len(sizes) == 1

    def test_nothing_moves_off_the_screen_and_everybody_can_use_it(self, breath, assert_everybody_can_use):
        assert_everybody_can_use(breath, 320)
        breath.set_viewport_size({"width": 360, "height": 740})
        assert breath.evaluate("document.documentElement.scrollHeight <= innerHeight")
        breath.get_by_role("button", name="Skip to the end").click()
        for width in (320, 1280):
            assert_everybody_can_use(breath, width)

    def test_without_a_script_it_says_how_to_breathe_for_a_minute(self, new_context, live_server, program):
        page = new_context(java_script_enabled=False).new_page()
        page.goto(f"{live_server.url}/breathe/")

        assert page.get_by_role("heading", name="Breathe for a minute").is_visible()
        assert page.get_by_role("link", name="Start the program").is_visible()
        assert not page.get_by_role("button").count()
