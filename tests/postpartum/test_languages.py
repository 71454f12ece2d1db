"""Every word on every page can be translated: a made-up language shows those that cannot.

In it each letter of a marked word wears an accent. What is still plain on a page is either what people wrote (it
stands in the database) or a word that nobody marked.
"""

import re
from html.parser import HTMLParser
from zoneinfo import available_timezones

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, trans_real

from blog.models import Article
from common.fragments import forget_rendered
from postpartum.mail.samples import SAMPLES
from postpartum.models import NewsletterSubscriber, Reminder
from postpartum.newsletter.subscriptions import confirm_token, stop_token
from postpartum.reminders.scheduling import token_of
from tests.postpartum.every_page import addresses

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DRESSED = "àƀćďéƒĝĥíĵķĺḿńóṕɋŕśťúṽŵẋýźÀƁĆĎÉƑĜĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼŴẊÝŹ"
# Left as they are: what a value is put into, tags with their attributes, entities.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;)")
WORDS = re.compile(r"[A-Za-z]+(?:[^A-Za-z·\n" + DRESSED + r"]+[A-Za-z]+)*")

# Names that are the same in every language, and what machines read.
SAME_EVERYWHERE = {
    "Tend", "Dr. Elena Marsh, PT, DPT", "Dr. Elena Marsh", "hello@example.org", "https://findahelpline.com",
    "findahelpline.com", "Chrome", "Firefox", "Safari", "JSON", "maya@example.org", "Maya", "UTC", "America / New York",
}  # fmt: skip


class Dressed(trans_real.DjangoTranslation):
    """The made-up language."""

    def __init__(self):
        super().__init__("en")

    def gettext(self, message):
        return dress(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, singular, plural, number):
        return dress(singular if number == 1 else plural)


def dress(message):
    """The message with an accent on every letter that is not markup."""
    parts = KEPT.split(message)
    return "".join(part if index % 2 else part.translate(LETTERS) for index, part in enumerate(parts))


LETTERS = str.maketrans(PLAIN, DRESSED)


@pytest.fixture
def dressed():
    """Speak the made-up language for as long as the test lasts."""
    before = getattr(trans_real._active, "value", None)
    trans_real._active.value = Dressed()
    forget_rendered()
    yield
    forget_rendered()
    if before is None:
        del trans_real._active.value
    else:
        trans_real._active.value = before


class Seen(HTMLParser):
    """All texts of a page a person reads or hears."""

    SPOKEN = ("alt", "title", "aria-label", "placeholder", "aria-description")
    MUTE = ("script", "style", "code")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self._mute = [], 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._mute += tag in self.MUTE
        self.texts += [attributes[name] for name in self.SPOKEN if attributes.get(name)]
        if tag == "meta" and attributes.get("name") == "description":
            self.texts.append(attributes["content"])

    def handle_endtag(self, tag):
        self._mute -= tag in self.MUTE

    def handle_data(self, data):
        if not self._mute:
            self.texts.append(data)


def plain_words(html, written):
    """The words of a page that are neither marked nor `written` by people, in order."""
    seen = Seen()
    seen.feed(html)
    texts = [" ".join(part.split()) for text in seen.texts for part in text.split(" · ")]
    runs = (run for text in texts if not written.holds(text) for run in WORDS.findall(text))
    return [run for run in runs if len(run) > 1 and not written.holds(run)]


class Written:
    """What people wrote: every text in the database, whole, and the lines and sentences of the long ones."""

    LONG = 16

    def __init__(self):
        self.whole, everything = set(SAME_EVERYWHERE), []
        self.whole |= {zone.replace("_", " ").replace("/", " / ") for zone in available_timezones()}
        for model in apps.get_models():
            for row in model._base_manager.all():
                for field in model._meta.concrete_fields:
                    everything += texts_in(field.value_from_object(row))
        everything += texts_in(settings.PRACTICE)
        tagless = [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in everything]
        self.whole |= {self._bare(text) for text in everything + tagless}
        self.all = "\n".join(" ".join(text.split()) for text in [*everything, *tagless, *self.whole])

    def holds(self, run):
        """Whether someone wrote it: all of it, or as part of something long, or a row of such things."""
        bare = self._bare(run)
        if bare in self.whole or (len(bare) >= self.LONG and bare in self.all):
            return True
        parts = re.split(r"([,;] | \()", bare)
        return any(
            self._bare("".join(parts[:end])) in self.whole and self.holds("".join(parts[end + 1 :]))
            for end in range(1, len(parts), 2)
        )

    def _bare(self, text):
        return text.strip(" .,:;!?()“”\"'–-\n")


def texts_in(value):
    """Every text in a value of JSON's kinds."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.items() for text in texts_in(list(one))]
    if isinstance(value, list | tuple):
        return [text for one in value for text in texts_in(one)]
    return []


# What is said when nothing was filled in, and when one tap was all that was asked for.
ANSWER_TO_AN_EMPTY_FORM = (
    "letter", "letter_confirm", "letter_stop", "reminders", "reminder_later", "reminder_stop", "profile",
    "account_change_password", "account_reauthenticate", "account_email",
)  # fmt: skip
ALL_THERE = ("/letter/", "/reminders/", "/exercises/")


@pytest.mark.django_db
def test_marked_words_are_seen_and_others_are_not(dressed, mother):
    assert gettext("Save %(n)s <b>days</b>") == "Śàṽé %(n)s <b>ďàýś</b>"
    assert ngettext("day", "days", 2) == "ďàýś"
    page = f"<h1>{gettext('Hello')}, Maya</h1><p title='Forgotten'>maya@example.org · {gettext('or')} not marked</p>"
    assert plain_words(page, Written()) == ["Forgotten", "not marked"]


@pytest.mark.django_db
def test_every_word_on_every_page_is_marked(client, enrollment, mother, dressed):
    article = Article.objects.create(
        title="On rest",
        slug="rest",
        summary="s",
        body="<p>x</p>",
        status="published",
        published_at=timezone.now(),
    )
    reminder = Reminder.objects.create(user=mother, days=[0], at="09:00")
    reader = NewsletterSubscriber.objects.create(email="ines@example.org")
    known = {
        "slug": article.slug,
        "key": "w01-a",
        "step": 1,
        "token": token_of(reminder),
        "letter_confirm": {"token": confirm_token(reader)},
        "letter_stop": {"token": stop_token(reader)},
    }
    written = Written()
    plain, seen = {}, set()

    def look_at(address, response):
        if response["Content-Type"].startswith("text/html") and response.status_code != 302:
            seen.add((address, response.status_code))
            if words := plain_words(response.content.decode(), written):
                plain[address] = words

    for signed_in in (False, True):
        if signed_in:
            client.force_login(mother)
        for address in addresses(known):
            look_at(address, client.get(address))
    for name in ANSWER_TO_AN_EMPTY_FORM:
        address = reverse(
            name, kwargs=known.get(name, {"token": known["token"]} if "reminder_" in name else {})
        )
        look_at(address, client.post(address))

    assert len(seen) > 60
    missing = [address for address, status in seen if status == 404 and address.startswith(ALL_THERE)]
    assert missing == ["/exercises/voice/w01-a.m4a"]  # nobody has recorded one
    assert plain == {}


@pytest.mark.django_db
def test_every_word_of_every_mail_is_marked(dressed):
    made_up, written = {"Maya", "Nora", "ABCD-EFGH"}, Written()

    for sample in SAMPLES:
        mail = sample.rendered()
        html = re.sub(r"https?://[^\s<\"]+|\S+@\S+", "", mail["html"])
        words = plain_words(f"<p>{mail['subject']}</p>{html}", written)
        assert set(words) - made_up == set(), sample.key
