"""From the doors of the product along all references: what is reached, and what is not."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from tests.plugged_in import doors
from tests.plugged_in.contexts import asked_by
from tests.plugged_in.names import bases_of, is_called_by_a_framework, is_class, is_made_from_others, members
from tests.plugged_in.product import Definition, definitions, modules
from tests.plugged_in.references import References, references_in, references_of
from tests.plugged_in.tags import is_tag, tags
from tests.plugged_in.templates import put_in_place_of_others, templates


class Reach:
    """What is reached. A member of a class is, once its class is reached and somebody asks for it.

    `asked` has, for each attribute (by its short name) and member (by its whole name), who asks for it: modules, and
    "templates". Columns that a query asks about are there as attributes, with a "?" before them.
    """

    def __init__(self):
        self.reached: set[str] = set()
        self.templates: set[str] = set()
        self.patterns: set[str] = set()
        self.texts: dict[str, set[str]] = defaultdict(set)  # and which modules say them
        self.asked: dict[str, set[str]] = defaultdict(set)
        self._waiting: dict[str, list[str]] = defaultdict(list)
        self._todo: list[str] = []

    def walk(self) -> Reach:
        """Go on until nothing new is found."""
        for name in doors.open_doors():
            self.ask(name)
        for name in put_in_place_of_others():
            self.ask_template(name)
        while self._todo:
            self._look_at(self._todo.pop())
        return self

    def ask(self, name: str, who: str = "") -> None:
        """`who` refers to the definition or module called `name`."""
        self.asked[name].add(who)
        one = definitions().get(name)
        if one is None:
            if name.endswith(":") and name[:-1] in modules():
                self._enter(name)
        elif one.owner is None or one.owner in self.reached:
            self._enter(name)

    def ask_attribute(self, short: str, who: str) -> None:
        """`who` uses an attribute of this name of something."""
        self.asked[short].add(who)
        for name in self._waiting.pop(short, ()):
            self._enter(name)

    def ask_template(self, name: str) -> None:
        """Somebody renders the template called `name`."""
        if name in self.templates or name not in templates():
            return
        self.templates.add(name)
        one = templates()[name]
        for path in one.paths:
            self._follow(path)
        for tag in one.tags & tags().keys():
            self.ask(tags()[tag])
        for text in one.texts:
            self.ask_template(text)

    def _follow(self, path: str) -> None:
        members, attributes = asked_by(path)
        for member in members:
            self.ask(member, "templates")
        for short in attributes:
            self.ask_attribute(short, "templates")

    def _enter(self, name: str) -> None:
        if name not in self.reached:
            self.reached.add(name)
            self._todo.append(name)

    def _look_at(self, name: str) -> None:
        if name.endswith(":"):
            self._import(name[:-1])
            return
        one = definitions()[name]
        self._enter(f"{one.module.name}:")
        found = references_of(one)
        self._take(found, one.module.name)
        if one.owner and is_made_from_others(one.owner) and not one.is_code:
            for text in found.texts:  # list_display, actions and the like
                self.ask_attribute(text, one.module.name)
        if is_class(name):
            self._open_class(one)

    def _import(self, name: str) -> None:
        """A module is imported: it imports others, and its loose statements run."""
        module = modules()[name]
        if (above := name.rpartition(".")[0]) in modules():
            self._enter(f"{above}:")
        for source, there in module.aliases.values():
            self.ask(f"{source}:")
            self.ask(f"{source}.{there}:")
        self._take(references_in(module, [one for one in module.loose if not is_tag(one)]), name)
        for one in module.definitions.values():
            if one.owner is None and doors.registers_itself(one):
                self._enter(one.name)

    def _open_class(self, one: Definition) -> None:
        for base in bases_of(one.name):
            self._enter(base)
        for member in members(one.name):
            if self._is_wanted(member):
                self._enter(member.name)
            else:
                self._waiting[member.short].append(member.name)

    def _is_wanted(self, member: Definition) -> bool:
        if {member.short, member.name} & self.asked.keys() or not member.is_code:
            return True
        return doors.is_hook(member.short) or is_called_by_a_framework(member.name)

    def _take(self, found: References, who: str) -> None:
        for name in found.definitions:
            self.ask(name, who)
        for short in found.attributes:
            self.ask_attribute(short, who)
        for column in found.lookups:
            self.asked[f"?{column}"].add(who)
        for text in found.texts:
            self.texts[text].add(who)
            self.ask_template(text)
            for name in doors.named_by(text):
                self.ask(name)
        self.patterns |= found.patterns
        for pattern in found.patterns:
            for name in fitting(pattern):
                self.ask_template(name)


@cache
def fitting(pattern: str) -> tuple[str, ...]:
    """The templates whose name a text with gaps may give."""
    if not pattern.strip("*") or not re.search(r"\.\w+$", pattern):
        return ()
    form = re.compile(re.escape(pattern).replace(r"\*", "[^/]*"))
    return tuple(name for name in templates() if form.fullmatch(name))


@cache
def reach() -> Reach:
    """All that the product reaches."""
    return Reach().walk()
