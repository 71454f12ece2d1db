"""Which texts can be overridden, found where they are used, so that no list of them can become outdated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common import synonyms
from common.front_page import templates_of
from postpartum.mail.samples import SAMPLES
from postpartum.models.text_overrides import shown
from programs.wording import (
    advice,
    check_in,
    concerns,
    decisions,
    impact,
    journey,
    questions,
    screening,
    screening_parts,
    signs,
)

Text = str | Promise

SEARCH = "search"
SYNONYMS = f"{SEARCH}:synonyms"
MODULES = {
    "screening": (_("Screening"), [questions, screening, screening_parts]),
    "check-in": (_("Check-in"), [check_in]),
    "signs": (_("Signs that need help"), [signs]),
    "advice": (_("Advice"), [advice]),
    "decisions": (_("Where the program stands"), [decisions, journey, impact]),
    "concerns": (_("Concerns, as you see them"), [concerns]),
}


@dataclass(frozen=True)
class Place:
    """One text: its key and original. `about` describes it where the text alone does not."""

    key: str
    original: str
    about: Text = ""

    @property
    def shown(self) -> str:
        """The original with placeholders as {name}."""
        return shown(self.original)

    @property
    def title(self) -> Text:
        """What it is, in one line: its description, or else how it begins."""
        return self.about or f"“{Truncator(self.shown).words(9)}”"

    @property
    def is_synonyms(self) -> bool:
        """Whether it is the list of words that mean the same in a search."""
        return self.key == SYNONYMS


@dataclass(frozen=True)
class Group:
    """Texts that belong together, by key."""

    key: str
    title: Text
    places: dict[str, Place]


def groups() -> dict[str, Group]:
    """Return all groups by key."""
    search = Group(SEARCH, _("Words people search for"), {SYNONYMS: _SYNONYMS})
    return {SEARCH: search} | _groups_of_words()


_SYNONYMS = Place(
    SYNONYMS,
    synonyms.DEFAULT,
    _("Words that mean the same. A search for one finds the others on its line, too."),
)


@cache
def _groups_of_words() -> dict[str, Group]:
    found: dict[str, Group] = {}
    known: set[str] = set()
    with override(None):  # the words themselves, in no language
        for key, (title, modules) in MODULES.items():
            found[key] = Group(key, title, _places(_texts_in([vars(module) for module in modules]), known))
        found["front"] = Group("front", _("Front page"), _places(_texts_of_front_page(), known))
        found["mails"] = Group("mails", _("Emails"), _places(_texts_of_mails(), known))
    return found


def _places(texts: Iterable[str], known: set[str]) -> dict[str, Place]:
    """Return each text once, in the first group that uses it: an override applies wherever the text is used."""
    places = {}
    for text in texts:
        key = sha256(text.encode()).hexdigest()[:12]
        if text.strip() and key not in known:
            known.add(key)
            places[key] = Place(key, text)
    return places


def _texts_in(value: Any) -> Iterator[str]:
    """Yield every text marked for translation in a module's tables."""
    if isinstance(value, Promise):
        yield str(value)
    elif isinstance(value, dict):
        for name, one in value.items():
            if not str(name).startswith("__"):
                yield from _texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts_in(getattr(value, field.name))


def _texts_of_mails() -> Iterator[str]:
    for sample in SAMPLES:
        subject = str(sample.subject)
        yield from _texts_of_template(subject) if subject.endswith(".txt") else [subject]
        yield from _texts_of_template(sample.text)


def _texts_of_front_page() -> Iterator[str]:
    for name in ("home.html", *templates_of(()), "_home_questions.html"):
        yield from _texts_of_template(name)


def _texts_of_template(name: str) -> Iterator[str]:
    nodes = get_template(name).template.nodelist  # type: ignore[attr-defined]
    for node in nodes.get_nodes_by_type(TranslateNode):
        literal = node.filter_expression.var
        yield str(getattr(literal, "literal", None) or "")
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        if not node.plural:
            text, _names = node.render_token_list(node.singular)
            yield text
