"""The player speaks with the therapist's own voice where there is a recording, and with the phone's elsewhere."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from programs.facts.releases import plan_of
from programs.models import Exercise, Session
from programs.plan import plain
from programs.services.media import store_recording
from programs.services.publishing import publish
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before
from tests.programs.media.test_voices import tone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = "w01-b"
KEPT_VOICES = """async () => {
  const kept = await (await caches.open("figures")).keys();
  return kept.filter((one) => one.url.includes("/voice/")).length;
}"""
HEARD = """
  window.heard = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...when) {
    window.heard.push(Math.round(this.buffer.duration));
    return start.apply(this, when);
  };
  window.voices = [{ lang: "en-US", localService: true }];
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  speechSynthesis.getVoices = () => window.voices;
  speechSynthesis.speak = (words) => window.spoken.push(words.text);
"""


@pytest.fixture
def recorded(program, mother, settings, tmp_path):
    """Her session with a spoken opening (2 s), end (3 s), and a cue for its first exercise (4 s), published."""
    settings.MEDIA_ROOT = tmp_path
    session = Session.objects.get(key=KEY)
    voices = [plain(store_recording(ContentFile(tone(seconds))), whole=True) for seconds in (2, 3, 4)]
    Session.objects.filter(pk=session.pk).update(opening_voice=voices[0], closing_voice=voices[1])
    slug = plan_of(program.pk).session(KEY).prescriptions[0].exercise
    Exercise.objects.filter(slug=slug).update(voice=voices[2])
    publish(session.program, None, timezone.now())
    before(make_enrollment(mother), timezone.now())


def listening(make_phone, mother):
    """Her phone, where it is noon: at night it makes no sound."""
    mother.participant.player_wishes = ["voice"]
    mother.participant.save()
    hours_behind = timezone.now().hour - 12
    phone = make_phone(mother, ticks=True, timezone_id=f"Etc/GMT{hours_behind:+d}")
    phone.context.add_init_script(HEARD)
    return phone


def heard(phone, count):
    """The lengths in seconds of the recordings that were heard, once there are so many."""
    phone.wait_for(lambda: phone.page.evaluate("window.heard.length") >= count)
    return phone.page.evaluate("window.heard")


def test_the_player_speaks_with_her_voice_and_elsewhere_with_the_phones(recorded, make_phone, mother):
    phone = listening(make_phone, mother).open(KEY).begin()

    assert heard(phone, 2)[0] == 2
    assert heard(phone, 2)[1] in (4, 5)
    assert phone.page.evaluate("window.spoken") == []
    assert phone.shows("name")  # the words stay on the screen
    phone.press("skip")
    phone.wait_for(lambda: phone.page.evaluate("window.spoken.length"))


@pytest.mark.browser_context_args(service_workers="allow")
def test_her_voice_is_there_without_a_network(recorded, make_phone, mother, watch):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    phone = listening(make_phone, mother).open(KEY)
    phone.wait_until_prepared()
    phone.wait_for(lambda: phone.page.evaluate(KEPT_VOICES) == 3)
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")
    phone.context.set_offline(True)

    phone.open(KEY).begin()
    assert heard(phone, 2)[0] == 2
