"""Modules of the player joined into a few files when static files are collected.

A first visit would fetch some thirty modules. Which of them are joined follows from which pages load them, so that no
page fetches what it does not need. In development, and in the repository, there are only the modules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

FOLDER = "js/player/"
# The modules that each kind of page begins with.
PAGES: Mapping[str, tuple[str, ...]] = {
    "breathe": ("first-breath.js",),
    "member": ("phone.js",),
    "session": ("phone.js", "main.js"),
    "worker": ("background.js",),
}
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function\b|const \w|class\b)", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|const|class) (\w+)", re.MULTILINE)
FROM_BESIDE = re.compile(r'(^import \{[^}]*\} from "\./player/)([\w-]+\.js)";$', re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def packed(modules: Mapping[str, str]) -> dict[str, str]:
    """Return the packs, and the modules that are imported by none, importing from packs: {file name: its script}.

    `modules` has all modules of the folder in the same form. Raise ValueError for what is written in another way than
    `import { one, two } from "./other.js";` and an `export` before a function, class or constant.
    """
    packs = _packs(modules)
    pack_of = {module: pack for pack, members in packs.items() for module in members}
    found = {pack: _joined(pack, members, modules, pack_of) for pack, members in packs.items()}
    for name in modules.keys() - pack_of.keys():
        found[name] = IMPORT.sub(
            lambda one: f'import {{{one[1]}}} from "./{pack_of[one[2]]}";', modules[name]
        )
    return found


def importing_packs(script: str, modules: Mapping[str, str]) -> str:
    """Return a script beside the folder, importing from packs what it imports from these modules."""
    pack_of = {module: pack for pack, members in _packs(modules).items() for module in members}
    return FROM_BESIDE.sub(lambda one: f'{one[1]}{pack_of[one[2]]}";', script)


def _packs(modules: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the modules of each pack, those that others import first: one pack for each set of pages."""
    imports = {name: [one[2] for one in IMPORT.finditer(text)] for name, text in modules.items()}
    imported = {one for names in imports.values() for one in names}
    on_page = {page: set(_reached(entries, imports)) for page, entries in PAGES.items()}
    found = defaultdict(list)
    for module in _reached(sorted(modules), imports):
        if module in imported:
            pages = [page for page, reached in on_page.items() if module in reached]
            found[f"pack-{'-'.join(pages) or 'others'}.js"].append(module)
    return dict(found)


def _reached(entries: tuple[str, ...] | list[str], imports: Mapping[str, list[str]]) -> list[str]:
    """Return these modules and all they import, each after what it imports. Raise ValueError for a circle."""
    found: list[str] = []

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{name} imports itself by way of {above[-1]}")
        if name not in found:
            for one in imports[name]:
                add(one, (*above, name))
            found.append(name)

    for entry in entries:
        add(entry, ())
    return found


def _joined(pack: str, members: list[str], modules: Mapping[str, str], pack_of: Mapping[str, str]) -> str:
    """Return the script of a pack: each module a function of its own, called once, that returns what it exports."""
    others = {pack_of[one[2]] for name in members for one in IMPORT.finditer(modules[name])} - {pack}
    lines = [f'import * as {_variable(other)} from "./{other}";' for other in sorted(others)]
    exported: set[str] = set()
    for name in members:
        names = EXPORTED.findall(modules[name])
        if exported & set(names):
            raise ValueError(f"{name} exports a name that another module of its pack exports")
        exported |= set(names)
        lines += _as_function(name, names, _body(name, pack, modules[name], pack_of))
    return "\n".join(lines)


def _body(name: str, pack: str, text: str, pack_of: Mapping[str, str]) -> str:
    def bound(one: re.Match[str]) -> str:
        return f"const {{{one[1]}}} = {_variable(one[2] if pack_of[one[2]] == pack else pack_of[one[2]])};"

    body = EXPORT.sub("", IMPORT.sub(bound, text))
    if left := LEFT.search(body):
        raise ValueError(f"{name}: this cannot be joined with other modules: {left[0]}")
    return body


def _as_function(name: str, exported: list[str], body: str) -> Iterator[str]:
    """Yield the lines of a module; what it exports has other names within the pack, so that none hides a browser's."""
    module = _variable(name)
    yield f"const {module} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"
    yield f"const {{ {', '.join(f'{one}: {module}_{one}' for one in exported)} }} = {module};"
    yield f"export {{ {', '.join(f'{module}_{one} as {one}' for one in exported)} }};"


def _variable(name: str) -> str:
    """Return the variable that holds what a module or pack exports."""
    return "m_" + re.sub(r"\W", "_", name.removesuffix(".js"))
