"""Every text the site says to people, with the place it stands: for a reviewer to read aloud, and for the tests.

The player and other scripts say only what Python hands them, so their texts are among those of the Python files.
What people write themselves (articles, comments, the therapist's own pages) is not among them.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from postpartum.models.text_overrides import shown

APPS = ("accounts", "blog", "common", "postpartum", "programs")
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "ngettext", "ngettext_lazy"}
# Where a place belongs to the desk or the command line: read by the therapist and the operator.
BACKSTAGE = re.compile(
    r"desk|admin|authoring|import|export|backup|management|/files/|/plan/|embedded|concerns|figures/|models/"
    r"|postpartum/(privacy/accounts|checks|words)|exercise_tables|first_owner|sharing|mending"
)
BACKSTAGE_NOTE = " (for the therapist or the operator)"
NO_TEXTS = {"figure", "tags", "slug", "key", "focus", "position", "equipment", "contact"}


@dataclass(frozen=True)
class Said:
    """One text as it is written, and its place: a file with a line, or a file of the program's content with a key."""

    place: str
    text: str

    @property
    def file(self) -> str:
        """Return the file it stands in."""
        return self.place.partition(":")[0]

    @property
    def is_backstage(self) -> bool:
        """Return whether only the therapist or the operator reads it."""
        return BACKSTAGE.search(self.file) is not None


def everything_said() -> list[Said]:
    """Return every text once for each place, by file."""
    root = Path(settings.BASE_DIR)
    found = [*_of_templates(root / "templates"), *_of_python(root), *_of_content(root / "programs/content")]
    return [one for one in found if re.search("[A-Za-z]{2}", one.text)]


def as_markdown(texts: Iterable[Said]) -> str:
    """Return the texts as one list to read, under the name of each file."""
    lines, file = ["# Every text the site says", ""], ""
    for one in texts:
        if one.file != file:
            file = one.file
            lines += ["", f"## {file}{BACKSTAGE_NOTE if one.is_backstage else ''}", ""]
        text = one.text.replace("\n", " / ")
        lines.append(f"- {text}")
    return "\n".join(lines) + "\n"


def _of_templates(folder: Path) -> Iterator[Said]:
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".html", ".txt", ".js"):
            name = path.relative_to(folder).as_posix()
            for line, text in _of_nodes(get_template(name).template.nodelist):  # type: ignore[attr-defined]
                yield Said(f"templates/{name}:{line}", _plain(text))


def _of_nodes(nodes: Any) -> list[tuple[int, str]]:
    found = []
    for node in nodes.get_nodes_by_type(TranslateNode):
        literal = getattr(node.filter_expression.var, "literal", None)
        found += [(node.token.lineno, str(literal))] if literal else []
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        for tokens in filter(None, (node.singular, node.plural)):
            found.append((node.token.lineno, node.render_token_list(tokens)[0]))
    return sorted(found)


def _of_python(root: Path) -> Iterator[Said]:
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _of_module(path, path.relative_to(root).as_posix())


def _of_module(path: Path, name: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Said(f"{name}:{node.lineno}", _plain(argument.value))


def _of_content(folder: Path) -> Iterator[Said]:
    for path in sorted(folder.rglob("*.yaml")):
        name = f"programs/content/{path.relative_to(folder).as_posix()}"
        yield from _of_data(yaml.safe_load(path.read_text()), name)


def _of_data(value: Any, place: str) -> Iterator[Said]:
    if isinstance(value, str) and (" " in value or value[:1].isupper()):
        yield Said(place, value)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in NO_TEXTS:
                yield from _of_data(one, f"{place}:{key}")
    elif isinstance(value, list):
        for one in value:
            yield from _of_data(one, place)


def _plain(text: str) -> str:
    return shown(" ".join(re.sub(r"<[^>]+>", "", text).split()))
