"""Which static files are used: by templates, by Python, or by a used sheet or script."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.plugged_in.product import ROOT
from tests.plugged_in.reaching import reach
from tests.plugged_in.templates import templates

FOLDERS = [ROOT / "static", *ROOT.glob("*/static")]
EXERCISES = ROOT / "programs" / "content" / "exercises"
# import … from "./x.js", import("./x.js"), url(x.svg), @import "x.css"
NAMES_FILE = re.compile(r"(?:from|import|url|@import)[\s(]*[\"']?(\.{0,2}[\w./-]+\.\w+)")


@cache
def statics() -> dict[str, Path]:
    """All of ours, by the name they are asked for."""
    files = [(folder, path) for folder in FOLDERS for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path for folder, path in files}


def used() -> set[str]:
    """The names of those that something asks for."""
    found, todo = set(), [name for name in statics() if _is_asked_for(name)]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += _named_by_file(name)
    return found


def _is_asked_for(name: str) -> bool:
    if name in reach().texts or name in _in_templates():
        return True
    if name.startswith("figures/"):
        return (EXERCISES / re.sub(r"(-still)?\.svg$", ".yaml", Path(name).name)).is_file()
    return any(_fits(pattern, name) for pattern in reach().patterns)


@cache
def _in_templates() -> frozenset[str]:
    return frozenset(name for one in reach().templates for name in templates()[one].statics)


def _fits(pattern: str, name: str) -> bool:
    """Whether a text with gaps gives this name when they are filled with what some code says."""
    if "*" not in pattern or not pattern.strip("*"):
        return False
    form = re.fullmatch(re.escape(pattern).replace(r"\*", "([^/]*)"), name)
    return bool(form) and all(part in reach().texts for part in form.groups())


def _named_by_file(name: str) -> list[str]:
    path = statics()[name]
    if path.suffix not in (".js", ".css", ".svg"):
        return []
    places = {(path.parent / found).resolve() for found in NAMES_FILE.findall(path.read_text())}
    return [_by_place()[place] for place in places if place in _by_place()]


@cache
def _by_place() -> dict[Path, str]:
    return {path.resolve(): name for name, path in statics().items()}
