"""What templates refer to: attributes, tags and filters, other templates, addresses and static files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps

from tests.plugged_in.product import ROOT, modules

FOLDER = ROOT / "templates"
CODE = re.compile(r"{%(.*?)%}|{{(.*?)}}", re.DOTALL)
TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")
PATH = r"[a-zA-Z_]\w*(?:\.\w+)*"
FOR = re.compile(rf"^\s*for\s+(.+?)\s+in\s+({PATH})(?=\s|$)")
LOOP = re.compile(r"^\s*for\s+(.+?)\s+in\s")
AS = re.compile(rf"({PATH})?\S*\s+as\s+(\w+)\s*$")
GIVEN = re.compile(rf"(\w+)=({PATH}(?=\s|$))?")


@dataclass(frozen=True)
class Template:
    """A template. `paths` are such as "facts.week.theme"; `given` are its own variables.

    Each of these is (name, how, path): "value" of the path, "each" of its items, or "" where reading cannot tell.
    `texts` are the quoted texts within its tags; `tags` the names of tags and filters.
    """

    name: str
    paths: frozenset[str]
    given: frozenset[tuple[str, str, str]]
    texts: frozenset[str]
    tags: frozenset[str]
    urls: frozenset[str]
    statics: frozenset[str]


@cache
def templates() -> dict[str, Template]:
    """All of ours, by the name Django knows them by."""
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    return {name: _read(name, path) for path in files for name in [path.relative_to(FOLDER).as_posix()]}


def _read(name: str, path: Path) -> Template:
    code = ["".join(pair) for pair in CODE.findall(path.read_text())]
    bare = [TEXTS.sub(" ", piece) for piece in code]
    return Template(
        name=name,
        paths=frozenset(path for piece in bare for path in re.findall(rf"(?<![\w.|]){PATH}", piece)),
        given=frozenset(one for piece in bare for one in _given(piece)),
        texts=frozenset(text[1:-1] for piece in code for text in TEXTS.findall(piece)),
        tags=frozenset(
            word
            for piece in bare
            for word in [*re.findall(r"^\s*(\w+)", piece), *re.findall(r"\|\s*(\w+)", piece)]
        ),
        urls=frozenset(_first_text(code, "url")),
        statics=frozenset(_first_text(code, "static")),
    )


def _given(piece: str) -> list[tuple[str, str, str]]:
    """The variables that a tag makes."""
    found = [(name, "value" if path else "", path) for name, path in GIVEN.findall(piece)]
    if loop := LOOP.match(piece):
        names = re.findall(r"\w+", loop[1])
        over = FOR.match(piece)
        is_known = over and len(names) == 1
        found += [(name, "each" if is_known else "", over[2] if is_known else "") for name in names]
    elif made := AS.search(piece):
        is_with = piece.split()[0] == "with" and made[1]
        found.append((made[2], "value" if is_with else "", made[1] if is_with else ""))
    return found


def _first_text(code: list[str], tag: str) -> list[str]:
    found = (re.match(rf"\s*{tag}\s+[\"']([^\"']+)", piece) for piece in code)
    return [one[1] for one in found if one]


@cache
def _folders_of_libraries() -> tuple[Path, ...]:
    return tuple(Path(one.path) / "templates" for one in apps.get_app_configs() if one.name not in modules())


@cache
def put_in_place_of_others() -> frozenset[str]:
    """Those of ours that stand in the place of a template of a library, which asks for it."""
    return frozenset(
        name for name in templates() if any((folder / name).is_file() for folder in _folders_of_libraries())
    )


@cache
def in_a_library(name: str) -> Template | None:
    """The template of a library that has this name and is not replaced by ours."""
    places = [folder / name for folder in _folders_of_libraries() if re.search(r"\.\w+$", name)]
    return next((_read(name, path) for path in places if name not in templates() and path.is_file()), None)
