"""Her own voice: recorded or chosen, encoded anew, heard in the player, replaced, removed and brought back."""

import io
import math
import struct
import wave

import av
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.recordings import MAX_SECONDS, RecordingRefusedError, encode_recording
from postpartum.middleware import PERMISSIONS_POLICY
from programs.models import ContentVersion, Exercise, Session

KEY = "w01-b"


def tone(seconds, pitch=440, rate=16_000):
    """A WAV file of one tone."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        wave_at = (9000 * math.sin(math.tau * pitch * at / rate) for at in range(int(seconds * rate)))
        file.writeframes(b"".join(struct.pack("<h", int(one)) for one in wave_at))
    return made.getvalue()


def named(sound):
    """The sound as an MP4 that says where and by whom it was made, as a phone stores it."""
    made = io.BytesIO()
    with av.open(io.BytesIO(sound)) as source, av.open(made, "w", format="mp4") as target:
        target.metadata["comment"], target.metadata["artist"] = "52.5200 N, 13.4050 E", "Somebody"
        track = target.add_stream("aac", rate=16_000, layout="mono")
        for frame in source.decode(audio=0):
            frame.pts = None
            target.mux(track.encode(frame))
        target.mux(track.encode(None))
    return made.getvalue()


def test_a_recording_becomes_aac_that_phones_play_without_its_metadata():
    sent = named(tone(2))
    assert b"Somebody" in sent

    made = encode_recording(ContentFile(sent))

    with av.open(io.BytesIO(made.content)) as file:
        track = file.streams.audio[0]
        assert (track.codec_context.name, track.channels, file.duration // 1_000_000) == ("aac", 1, 2)
        assert not {"comment", "artist", "creation_time"} & set(file.metadata)
    assert made.content[4:12] == b"ftypM4A "
    assert b"Somebody" not in made.content
    assert 2 <= made.seconds <= 3
    assert encode_recording(ContentFile(sent)) == made  # so that its name is its content


REFUSED = {
    "recording_unreadable": [b"no sound", b"", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"],
    "recording_too_long": [tone(MAX_SECONDS + 1, rate=8000)],
    "recording_empty": [tone(0)],
}


@pytest.mark.parametrize(
    ("content", "code"), [(content, code) for code, contents in REFUSED.items() for content in contents]
)
def test_what_is_no_recording_is_refused(content, code):
    with pytest.raises(RecordingRefusedError) as refused:
        encode_recording(ContentFile(content))
    assert refused.value.code == code


@pytest.fixture
def bridge(program, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Exercise.objects.get(slug="bridge")


def address(row):
    return reverse(f"admin:programs_{row._meta.model_name}_voice", args=[row.pk])


def send(client, row, place, sound):
    file = SimpleUploadedFile("take.wav", sound, "audio/wav")
    return client.post(address(row), {"place": place, "file": file})


@pytest.mark.django_db
def test_it_is_kept_replaced_removed_and_brought_back(as_therapist, bridge):
    assert send(as_therapist, bridge, "voice", tone(1)).status_code == 302
    bridge.refresh_from_db()
    first = bridge.voice
    served = as_therapist.get(reverse("exercise_voice", args=[first["key"]]), headers={"Range": "bytes=0-9"})
    assert (served.status_code, served["Content-Type"]) == (206, "audio/mp4")

    send(as_therapist, bridge, "voice", tone(2))
    as_therapist.post(address(bridge), {"place": "voice", "remove": "1"})
    bridge.refresh_from_db()
    assert bridge.voice is None

    page = as_therapist.get(address(bridge)).text
    assert page.count("Bring it back") == 2
    as_therapist.post(address(bridge), {"place": "voice", "back": first["key"]})
    bridge.refresh_from_db()
    assert bridge.voice == first
    assert ContentVersion.objects.filter(kind="exercises", name="bridge").count() >= 4


@pytest.mark.django_db
def test_a_slip_is_told(as_therapist, bridge):
    page = send(as_therapist, bridge, "voice", b"no sound")

    assert page.status_code == 422
    assert "This is no sound we can read" in page.text
    assert "Please record something" in as_therapist.post(address(bridge), {"place": "voice"}).text


@pytest.mark.django_db
def test_only_this_page_may_use_the_microphone(as_therapist, bridge):
    session = Session.objects.get(key=KEY)
    for row in (bridge, session):
        assert "microphone=(self)" in as_therapist.get(address(row))["Permissions-Policy"]
    for other in (reverse("admin:index"), reverse("admin:programs_exercise_change", args=[bridge.pk]), "/"):
        assert as_therapist.get(other)["Permissions-Policy"] == PERMISSIONS_POLICY


@pytest.mark.django_db
def test_an_editor_may_and_a_mother_may_not(as_mother, bridge):
    assert as_mother.get(address(bridge)).status_code == 302


@pytest.mark.browser
@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 900}, is_mobile=False, has_touch=False)
@pytest.mark.django_db(transaction=True)
def test_she_records_with_the_browsers_microphone(
    bridge, context, page, live_server, sign_in, therapist, watch, assert_everybody_can_use
):
    context.grant_permissions(["microphone"])
    sign_in(context, therapist)
    page.goto(live_server.url + address(bridge))
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Stop").wait_for(timeout=10_000)
    page.get_by_text("1 s", exact=True).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator("audio[data-take]").wait_for()
    assert watch.unexpected() == []
    page.get_by_role("button", name="Use this recording").click()
    page.get_by_role("button", name="Remove it").wait_for()

    bridge.refresh_from_db()
    assert bridge.voice["seconds"] >= 1
    assert_everybody_can_use(page)
