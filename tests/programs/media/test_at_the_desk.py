"""The therapist brings her own photograph and video of an exercise; what was published keeps what it showed."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from postpartum.desk.roles import EDITOR, MODERATOR
from programs.authoring.parts import changes_of, parts_written
from programs.facts.releases import plan_of
from programs.models import Exercise
from programs.services.publishing import publish
from programs.services.sharing import as_file, from_file
from tests.cast import make_user
from tests.programs.admin.page import form_of

from .conftest import captions, photograph, video

pytestmark = pytest.mark.django_db
WHERE = ("exercises", "bridge")


@pytest.fixture
def bridge(program):
    return Exercise.objects.get(slug="bridge")


@pytest.fixture
def sent(as_therapist, bridge):
    """A function that changes fields of the bridge's form, sends it, and returns what came back.

    What she sends next is the same form: opened again where it was saved.
    """
    address = reverse("admin:programs_exercise_change", args=[bridge.pk])
    opened = {}

    def sent(client=as_therapist, **changes):
        if not opened:
            opened.update(form_of(client.get(address), "exercise_form"))
        data = opened | changes
        response = client.post(address, {name: value for name, value in data.items() if value is not None})
        if response.status_code == 302:
            opened.clear()
        bridge.refresh_from_db()
        return response

    return sent


def as_role(client, role):
    """The browser of somebody of this role."""
    user = make_user(f"{role}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def test_a_photograph_with_its_words_is_kept_shown_changed_and_removed(sent, bridge):
    sent(photo_file=photograph(), photo_alt="Lying with the hips up")
    first = bridge.photo
    assert (first["alt"], first["widths"]) == ("Lying with the hips up", [400, 800, 900])
    sent(photo_alt="Hips up")
    assert bridge.photo == first | {"alt": "Hips up"}
    sent(photo_remove="on", photo_alt="")
    assert bridge.photo is None


def test_the_form_shows_what_is_there(sent, as_therapist, bridge):
    sent(photo_file=photograph(), photo_alt="Hips up", video_file=video(), no_speech="on")

    page = as_therapist.get(reverse("admin:programs_exercise_change", args=[bridge.pk])).text
    assert f'src="/exercises/photo/{bridge.photo["key"]}/800.webp" alt="Hips up"' in page
    assert f'<video class="d-figure" src="/exercises/video/{bridge.video["key"]}.webm"' in page


def test_a_video_comes_with_captions_or_the_word_that_nothing_is_said(sent, bridge):
    refused = sent(video_file=video())
    assert "or tick that nothing is said in it" in refused.text
    assert bridge.video is None

    sent(video_file=video(), captions_file=captions())
    assert bridge.video["kind"] == "webm"
    assert bridge.video["captions"]
    kept = bridge.video
    sent()
    assert bridge.video == kept
    sent(no_speech="on")
    assert bridge.video == kept | {"captions": ""}
    assert "or tick that nothing is said in it" in sent(no_speech=None).text
    sent(no_speech=None, captions_file=captions())
    assert bridge.video == kept
    sent(video_remove="on")
    assert bridge.video is None


WRONG = [
    ({"photo_file": photograph}, "say in a sentence what the photograph shows"),
    ({"photo_alt": "Words alone"}, "choose the photograph these words belong to"),
    ({"captions_file": captions}, "choose the video these captions belong to"),
    ({"video_file": video, "captions_file": captions, "no_speech": "on"}, "then something is said in it"),
    ({"video_file": photograph, "no_speech": "on"}, "not a video phones can play"),
    ({"photo_file": video, "photo_alt": "x"}, "not a picture we can read"),
    ({"photo_file": photograph, "photo_alt": "x", "name": ""}, "Chosen: IMG_0042 garden.jpg"),
]


def test_what_is_missing_or_no_such_thing_is_told_and_nothing_changes(sent, bridge):
    for changes, told in WRONG:
        made = {name: value() if callable(value) else value for name, value in changes.items()}
        response = sent(**made)

        assert response.status_code == 200, told
        assert told in response.text
        assert (bridge.photo, bridge.video) == (None, None), told


def test_a_release_and_an_earlier_state_keep_what_they_showed(sent, bridge, program, as_therapist):
    sent(photo_file=photograph(), photo_alt="Hips up", video_file=video(), captions_file=captions())
    shown = publish(program.program, None, timezone.now())
    key = bridge.photo["key"]
    sent(photo_file=photograph((500, 500)), photo_alt="Another", video_remove="on")

    planned = plan_of(shown.pk).exercises["bridge"]
    assert (planned.photo.key, planned.video.kind) == (key, "webm")
    assert as_therapist.get(f"/exercises/photo/{key}/800.webp").status_code == 200
    history = reverse("admin:programs_exercise_history", args=[bridge.pk])
    states = as_therapist.get(history).context["states"]
    version, changes = states[1]
    assert (changes[0].place, changes[0].before) == ("photograph", f"Hips up (file {key[:6]})")
    as_therapist.post(history, {"version": version.pk})
    bridge.refresh_from_db()
    assert bridge.photo["key"] == key
    assert bridge.video["captions"]


def test_what_was_written_before_is_the_same_release(program):
    """A field that nobody has filled changes no fingerprint."""
    assert publish(program.program, None, timezone.now()).pk == program.pk


def test_they_do_not_travel_in_the_file_and_stay_when_one_comes_in(sent, program, as_therapist, bridge):
    sent(photo_file=photograph(), photo_alt="Hips up")
    written = parts_written(program.program)
    text = as_file({WHERE: written[WHERE]})
    assert "Hips up" not in text
    assert from_file(text)[WHERE].photo is None

    as_therapist.post(reverse("admin:desk_bring_in"), {"text": text.replace('"name": "', '"name": "My ', 1)})
    bridge.refresh_from_db()
    assert bridge.name.startswith("My ")
    assert bridge.photo["alt"] == "Hips up"
    changes = changes_of(WHERE, written[WHERE], parts_written(program.program)[WHERE], {})
    assert [one.place for one in changes] == ["name"]
    assert "are not in the file" in as_therapist.get(reverse("admin:desk_bring_in")).text


def test_an_editor_may_and_a_moderator_may_not(sent, client, bridge):
    address = reverse("admin:programs_exercise_change", args=[bridge.pk])
    sent(as_role(client, EDITOR), photo_file=photograph(), photo_alt="Hips up")
    assert bridge.photo

    as_role(client, MODERATOR)
    assert client.get(address).status_code == 403
    assert client.post(address, {"photo_remove": "on"}).status_code == 403
