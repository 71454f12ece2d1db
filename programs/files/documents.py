"""Parse one YAML file into plain data, with the line of every value.

Every scalar stays text (000 is not 0, NO is not false): the expected type decides its conversion, not YAML's rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

Place = tuple[str | int, ...]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Written(str):
    """A scalar as written in the file."""

    node: yaml.ScalarNode

    @property
    def typed(self) -> object:
        """Return the value by YAML's own rules, or the text if they do not apply."""
        try:
            return yaml.constructor.SafeConstructor().construct_object(self.node)
        except (ValueError, yaml.YAMLError):
            return self.node.value


@dataclass
class Document:
    """The content of a file. `data` is None if it cannot be parsed at all; `problems` are (line, reason)."""

    name: str
    data: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest enclosing value that exists."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(path: Path, name: str) -> Document:
    """Return the document in the file `path`, called `name` in messages."""
    document = Document(name)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except UnicodeDecodeError:
        document.problems.append((1, _("this is not a plain text file (UTF-8)")))
    except yaml.YAMLError as error:
        document.problems.append(_syntax(error))
    else:
        if node is None:
            document.problems.append((1, _("this file is empty")))
        else:
            _Walk(document).walk(node, ())
    return document


def _syntax(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    reason = _("this cannot be read: %(problem)s. A text with “: ” or “ #” in it needs quotes around it.")
    problem = getattr(error, "problem", None) or error
    return (mark.line + 1 if mark else 1), reason % {"problem": problem}


class _Walk:
    """The conversion of YAML nodes into data, which records their lines."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: set[int] = set()
        document.data = None

    def walk(self, node: yaml.Node, place: Place) -> None:
        """Convert the whole document from its root node."""
        self.document.data = self._value(node, place)

    def _value(self, node: yaml.Node, place: Place) -> object:
        self.document.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen:
            self._refuse(node, _("please write the text out instead of using & and *"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*place, index)) for index, item in enumerate(node.value)]
        return _written(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in data:
                self._refuse(key_node, _("“%(key)s” is written twice") % {"key": key})
                continue
            self.document.lines[(*place, key)] = key_node.start_mark.line + 1
            data[key] = self._value(value_node, (*place, key))
        return data

    def _refuse(self, node: yaml.Node, reason: str) -> None:
        self.document.problems.append((node.start_mark.line + 1, reason))


def _written(node: yaml.Node) -> Written | None:
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return None
    written = Written(node.value)
    written.node = node
    return written


def typed(data: object) -> object:
    """Return data with every scalar converted by YAML's own rules (numbers, true and false)."""
    if isinstance(data, dict):
        return {key: typed(item) for key, item in data.items()}
    if isinstance(data, list):
        return [typed(item) for item in data]
    return data.typed if isinstance(data, Written) else data
