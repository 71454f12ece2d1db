"""Map a part of the plan back to its file and line."""

from __future__ import annotations

from pathlib import PurePath

from .collecting import PROGRAM, Collected
from .documents import Place

# Field of a plan's part → its path in the files, where they differ; in program.yaml they never do.
NAMES: dict[str, Place] = {
    "easier_variant": ("easier", "variant"),
    "harder_variant": ("harder", "variant"),
    "harder_from_phase": ("harder", "from_phase"),
    "harder_never_with": ("harder", "never_with"),
    "harder_not_with_hypermobility": ("harder", "not_with_hypermobility"),
    "no_baby_text": ("no_baby",),
    "prescriptions": ("exercises",),
}


def source_of(where: Place, collected: Collected) -> tuple[str, int]:
    """Return file and line of a part, whose path is that of `programs.plan.Remark`; line 0 for a whole folder."""
    file, place = _file_and_place(where, collected)
    document = collected.documents.get(file)
    return (file, document.line_of(place)) if document else (file, 0)


def _file_and_place(where: Place, collected: Collected) -> tuple[str, Place]:
    kind, rest = where[0], _path_in_file(where)
    if kind == "about":
        return PROGRAM, rest
    if len(where) == 1:
        return f"{kind}/", ()
    if kind == "phases":
        return PROGRAM, ("phases", int(where[1]) - 1, *rest)
    if kind == "sessions":
        file, place = collected.sources[str(where[1])]
        return file, (*place, *rest)
    name = f"{where[1]:02}" if isinstance(where[1], int) else where[1]
    return str(PurePath(str(kind), f"{name}.yaml")), rest


def _path_in_file(where: Place) -> Place:
    """Return the rest of `where` inside the file, with the files' own keys."""
    if where[0] == "about":
        return where[1:]
    rest = where[2:]
    if where[0] == "exercises" and rest[:1] == ("doses",) and len(rest) > 1:
        rest = ("doses", f"phase {rest[1]}", *rest[2:])
    return tuple(key for part in rest for key in NAMES.get(str(part), (part,)))
