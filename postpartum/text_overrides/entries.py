"""Which words are hers to change: found where they stand, so that no list of them can grow old."""

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from postpartum.mail.samples import SAMPLES
from postpartum.models.text_overrides import shown
from programs.wording import advice, check_in, concerns, decisions, journey, questions, screening, signs

PRACTICE = "practice"
PRACTICE_WORDS = {
    "name": _("Name of the practice"),
    "therapist": _("Who looks after the mothers"),
    "email": _("Address that mails are answered to"),
}
MODULES = {
    "screening": (_("Screening"), [questions, screening]),
    "check-in": (_("Check-in"), [check_in]),
    "signs": (_("Signs that need help"), [signs]),
    "advice": (_("Advice"), [advice]),
    "decisions": (_("Where the program stands"), [decisions, journey]),
    "concerns": (_("Concerns, as you see them"), [concerns]),
}
FROM_THE_ENVIRONMENT = dict(settings.PRACTICE)


@dataclass(frozen=True)
class Place:
    """One text: its key, and the words the site came with. `about` says where it stands, if that needs saying."""

    key: str
    original: str
    about: str = ""

    @property
    def shown(self):
        """The original as she reads it at the desk."""
        return shown(self.original)

    @property
    def practice_field(self):
        """Which detail of the practice it is; "" for all other words."""
        return self.key.partition(":")[2] if self.key.startswith(f"{PRACTICE}:") else ""


@dataclass(frozen=True)
class Group:
    """Places that belong together."""

    key: str
    title: str
    places: dict[str, Place]


def groups():
    """All groups by key."""
    return {PRACTICE: Group(PRACTICE, _("The practice"), _practice_places())} | _groups_of_words()


def _practice_places():
    return {
        f"{PRACTICE}:{name}": Place(f"{PRACTICE}:{name}", FROM_THE_ENVIRONMENT[name], about)
        for name, about in PRACTICE_WORDS.items()
    }


@cache
def _groups_of_words():
    found, known = {}, set()
    with override(None):  # the words themselves, in no language
        for key, (title, modules) in MODULES.items():
            found[key] = Group(key, title, _places(_said_in([vars(module) for module in modules]), known))
        found["mails"] = Group("mails", _("Mails"), _places(_said_in_mails(), known))
    return found


def _places(texts, known):
    """Each text once, in the first group that says it: wherever else it stands, it changes there too."""
    places = {}
    for text in texts:
        key = sha256(text.encode()).hexdigest()[:12]
        if text.strip() and key not in known:
            known.add(key)
            places[key] = Place(key, text)
    return places


def _said_in(value):
    """Every text marked for translation in a module's tables."""
    if isinstance(value, Promise):
        yield str(value)
    elif isinstance(value, dict):
        for name, one in value.items():
            if not str(name).startswith("__"):
                yield from _said_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _said_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _said_in(getattr(value, field.name))


def _said_in_mails():
    for sample in SAMPLES:
        subject = str(sample.subject)
        yield from _said_in_template(subject) if subject.endswith(".txt") else [subject]
        yield from _said_in_template(sample.text)


def _said_in_template(name):
    nodes = get_template(name).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        literal = node.filter_expression.var
        yield str(getattr(literal, "literal", None) or "")
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        if not node.plural:
            text, _names = node.render_token_list(node.singular)
            yield text
