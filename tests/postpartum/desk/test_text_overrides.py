"""Her own words: said everywhere at once, never losing what is filled in, and every earlier wording kept."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, override

from postpartum.mail.samples import SAMPLES
from postpartum.models import TextOverride
from postpartum.models.text_overrides import FILLED_IN, shown
from postpartum.text_overrides.entries import groups
from postpartum.text_overrides.lookup import Reloader, apply_overrides, reload_if_due, reload_overrides
from postpartum.text_overrides.parts import parts_of
from postpartum.text_overrides.saving import cleaned
from programs.wording.advice import ADVICE_WORDS, Advice, advice_words

REST = str(ADVICE_WORDS[Advice.REST_IS_OK])


@pytest.fixture(autouse=True)
def said_before():
    """Overrides belong to the process, not to the database."""
    yield
    apply_overrides([])


def place(text):
    """Where `text` stands: the key of its group, and the place."""
    return next(
        (key, one) for key, group in groups().items() for one in group.places.values() if one.original == text
    )


def address(text):
    group, one = place(text)
    return reverse("admin:desk_words_change", args=[group, one.key])


def say(client, text, words, capture):
    with capture(execute=True):
        return client.post(address(text), {"text": words})


@pytest.mark.django_db
def test_what_she_writes_is_said_and_empty_is_the_original(
    as_therapist, therapist, django_capture_on_commit_callbacks
):
    response = say(as_therapist, REST, 'Rest is "work" too.', django_capture_on_commit_callbacks)

    assert response.url == reverse("admin:desk_words_group", args=["advice"])
    assert advice_words(Advice.REST_IS_OK) == "Rest is “work” too."
    assert "Rest is “work” too." in as_therapist.get(response.url).content.decode()
    assert [row.saved_by for row in TextOverride.objects.all()] == [therapist]

    say(as_therapist, REST, "", django_capture_on_commit_callbacks)
    assert advice_words(Advice.REST_IS_OK) == REST


@pytest.mark.django_db
def test_every_wording_is_kept_and_comes_back(as_therapist, django_capture_on_commit_callbacks):
    for words in ("First.", "Second.", "Second."):
        say(as_therapist, REST, words, django_capture_on_commit_callbacks)
    _second, first = TextOverride.objects.all()
    page = as_therapist.get(address(REST)).content.decode()
    assert "First." in page
    assert REST.replace("'", "&#x27;") in page

    with django_capture_on_commit_callbacks(execute=True):
        as_therapist.post(address(REST), {"back_to": first.pk})
    assert advice_words(Advice.REST_IS_OK) == "First."
    assert [row.text for row in TextOverride.objects.all()] == ["First.", "Second.", "First."]


@pytest.mark.django_db
def test_mails_say_her_words(as_therapist, django_capture_on_commit_callbacks):
    sample = next(sample for sample in SAMPLES if sample.key == "from_the_desk")
    say(
        as_therapist,
        "To answer, just reply to this email.",
        "Just write back.",
        django_capture_on_commit_callbacks,
    )
    say(
        as_therapist,
        "Your therapist has written to you",
        "A note for you",
        django_capture_on_commit_callbacks,
    )

    mail = sample.rendered()
    assert mail["subject"] == "A note for you"
    assert "Just write back." in mail["text"]


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (str(ADVICE_WORDS[Advice.CALL_EMERGENCY]), "Call now.", "emergency"),
        (REST, "Rest. %(emergency)s", "percent"),
        (str(ADVICE_WORDS[Advice.CALL_EMERGENCY]), "{emergency} {emergency}", "keep what is filled in"),
        (
            str(ADVICE_WORDS[Advice.CALL_EMERGENCY]),
            "Call {emergency}, {bx}.",
            "does not know {bx} here.* only {emerg",
        ),
        (str(ADVICE_WORDS[Advice.CALL_EMERGENCY]), "Call {{emergency}}.", "does not know {, } here"),
        (REST, "Rest, {name}.", "so {name} would stay"),
        (REST, "Rest {", "so { would stay"),
        (REST, "<b>Rest</b>", "Plain words"),
        (REST, "Rest 100%", "percent"),
    ],
)
def test_words_that_would_break_something_are_refused(text, words, told):
    with pytest.raises(ValidationError, match=told):
        cleaned(place(text)[1], words)


@pytest.mark.django_db
def test_the_page_of_a_text_names_it_and_explains_what_is_filled_in(as_therapist):
    original = next(one.original for one in groups()["mails"].places.values() if "%(by)s has" in one.original)
    page = as_therapist.get(address(original)).text
    assert "<h1>“{by} has looked at how you are doing" in page
    assert "<code>{by}</code> · who writes" in page

    response = as_therapist.post(address(original), {"text": "{bx} has a note for you."})
    assert response.status_code == 422
    assert "The site does not know {bx} here. It fills in only {by}." in response.text
    assert "{bx} has a note for you.</textarea>" in response.text
    assert not TextOverride.objects.exists()


def test_everything_that_is_filled_in_is_explained():
    for group in groups().values():
        for one in group.places.values():
            assert set(parts_of(one.shown)) == {shown(part[0]) for part in FILLED_IN.finditer(one.original)}


def test_what_is_filled_in_may_move():
    call = place(str(ADVICE_WORDS[Advice.CALL_EMERGENCY]))[1]

    assert "{emergency}" in call.shown
    assert cleaned(call, "It is {emergency} that you call.") == "It is %(emergency)s that you call."
    assert cleaned(call, call.shown) == ""


@pytest.mark.django_db
def test_another_process_reads_them_after_a_while_and_only_then(settings, django_assert_num_queries):
    _key, one = place(REST)
    TextOverride.objects.create(key=one.key, language="en", original=REST, text="Later.")
    settings.TEXT_OVERRIDES_SECONDS = 0
    with django_assert_num_queries(6):  # and menus and practice
        reload_if_due()
    assert advice_words(Advice.REST_IS_OK) == "Later."

    settings.TEXT_OVERRIDES_SECONDS = 3600
    with django_assert_num_queries(0):
        reload_if_due()
    reload_overrides()
    assert advice_words(Advice.REST_IS_OK) == "Later."


def test_all_first_requests_of_a_process_wait_for_them():
    begun, may_end, reloads = threading.Event(), threading.Event(), []

    def reload():
        reloads.append(1)
        begun.set()
        may_end.wait(20)

    reloader = Reloader(reload)
    first, second = (threading.Thread(target=reloader.run_if_due, args=[3600]) for _ in range(2))
    first.start()
    assert begun.wait(20)
    second.start()
    second.join(0.3)
    is_waiting = second.is_alive()
    may_end.set()
    for request in (first, second):
        request.join(20)

    assert is_waiting
    assert reloads == [1]


def test_an_override_wins_over_the_translation_of_a_language():
    with override("de"):
        assert gettext("Yes") == "Ja"
        apply_overrides([TextOverride(key="yes", language="de", original="Yes", text="Jawohl")])
        assert gettext("Yes") == "Jawohl"
        apply_overrides([])
        assert gettext("Yes") == "Ja"


def test_every_group_has_texts_and_every_text_stands_once():
    keys = [key for group in groups().values() for key in group.places]

    assert len(keys) == len(set(keys)) > 300
    assert all(group.places for group in groups().values())


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 20])
def test_the_lists_ask_the_same_whatever_is_changed(as_therapist, number, django_assert_num_queries):
    texts = list(groups()["screening"].places.values())[:number]
    TextOverride.objects.bulk_create(
        TextOverride(key=one.key, language="en", original=one.original, text=f"{one.original}!")
        for one in texts
    )
    for address in (reverse("admin:desk_words"), reverse("admin:desk_words_group", args=["screening"])):
        with django_assert_num_queries(4):
            assert as_therapist.get(address).status_code == 200


@pytest.mark.django_db
def test_unknown_groups_and_texts_are_not_found(as_therapist):
    for args in (["nothing"], ["advice", "nothing"]):
        name = "admin:desk_words_group" if len(args) == 1 else "admin:desk_words_change"
        assert as_therapist.get(reverse(name, args=args)).status_code == 404
