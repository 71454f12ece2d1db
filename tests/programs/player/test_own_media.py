"""Her own photograph and video in the figure's place: in the library, on a session's page, in the player."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.facts.releases import plan_of
from programs.models import Exercise
from programs.plan import plain
from programs.services.media import store_photo, store_video
from programs.services.publishing import publish
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before
from tests.programs.media.conftest import captions, photograph, video

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = "w01-b"
SHOWN = """async (selector) => {
  const image = document.querySelector(selector);
  image.loading = "eager";
  await image.decode();
  const { width, height } = image.getBoundingClientRect();
  return [new URL(image.currentSrc).pathname, image.alt, width > 100 && height > 60];
}"""
PLAYS = """async () => {
  const video = document.querySelector(".play-figure video");
  while (!(video.currentTime > 0)) await new Promise((go) => video.addEventListener("timeupdate", go, { once: true }));
  return [video.muted, video.loop, video.playsInline, video.controls, video.videoWidth];
}"""


@pytest.fixture
def shown(program, mother, settings, tmp_path):
    """A function that gives the first exercise of her session a photograph, perhaps a video, and publishes it."""

    settings.MEDIA_ROOT = tmp_path

    def shown(with_video=False):
        slug = next(iter(plan_of(program.pk).session(KEY).prescriptions)).exercise
        photo = store_photo(photograph(), "Sitting on a ball")
        clip = store_video(video(), captions()) if with_video else None
        Exercise.objects.filter(slug=slug).update(
            photo=plain(photo, whole=True), video=clip and plain(clip, whole=True)
        )
        publish(program.program, None, timezone.now())
        before(make_enrollment(mother), timezone.now())
        return slug, photo, clip

    return shown


def test_a_photograph_takes_the_figures_place(shown, make_phone, mother, page, live_server):
    slug, photo, _clip = shown()
    avif = reverse("exercise_photo", args=[photo.key, 800, "avif"])
    library = live_server.url + reverse("exercises")
    for address in (library, library + f"{slug}/"):
        page.goto(address)
        assert page.evaluate(SHOWN, ".figure-photo img") == [avif, "Sitting on a ball", True]

    phone = make_phone(mother).open(KEY)
    assert phone.page.evaluate(SHOWN, "#exercise-1 .figure img")[1:] == ["Sitting on a ball", True]
    phone.begin()
    phone.page.wait_for_selector(f'.play-figure img[src="/exercises/photo/{photo.key}/800.webp"]')
    phone.page.emulate_media(media="print")
    assert (
        phone.page.locator("#exercise-1 .figure img").evaluate("e => getComputedStyle(e).display") == "block"
    )


def test_a_video_runs_silently_in_the_player_and_speaks_on_its_page(
    shown, make_phone, mother, page, live_server, watch
):
    slug, photo, _clip = shown(with_video=True)
    page.goto(live_server.url + reverse("exercise", args=[slug]))
    there = page.locator("video")
    assert there.get_attribute("poster") == f"/exercises/photo/{photo.key}/800.webp"
    assert there.get_attribute("controls") is not None
    cue = "v => new Promise(go => { const t = v.querySelector('track'); t.addEventListener('load', () => go(t.track.cues[0].text)); v.textTracks[0].mode = 'showing'; if (t.readyState === 2) go(t.track.cues[0].text); })"
    assert there.evaluate(cue) == "Lift slowly."

    phone = make_phone(mother, ticks=True).open(KEY).begin()
    phone.page.wait_for_selector(".play-figure video")
    assert phone.page.evaluate(PLAYS) == [True, True, True, False, 32]
    assert_the_next_best_stands_in(phone, photo, watch)


def assert_the_next_best_stands_in(phone, photo, watch):
    """Who wants stillness gets the photograph; where video and photograph are lost there is the drawing."""
    phone.page.emulate_media(reduced_motion="reduce")
    phone.go(KEY).begin().page.wait_for_selector(f'.play-figure img[src*="{photo.key}"]')

    watch.expect("Failed to load resource")
    phone.page.emulate_media(reduced_motion="no-preference")
    phone.context.route("**/exercises/video/**", lambda route: route.abort())
    phone.context.route("**/exercises/photo/**", lambda route: route.abort())
    phone.go(KEY).begin().page.wait_for_selector(".play-figure svg")


@pytest.mark.browser_context_args(service_workers="allow")
def test_in_flight_mode_the_photograph_stands_in_for_the_video(shown, make_phone, mother, watch):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    _slug, photo, _clip = shown(with_video=True)
    phone = make_phone(mother).open(KEY)
    phone.wait_until_prepared()
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")
    phone.context.set_offline(True)

    phone.open(KEY)
    for place in (".sit-item", ".play-figure"):
        width = f"document.querySelector('{place} img[src*=\"{photo.key}\"]')?.naturalWidth"
        phone.wait_for(lambda width=width: phone.page.evaluate(width))
        if place == ".sit-item":
            phone.begin()
