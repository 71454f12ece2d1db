"""Read, assemble and validate the whole folder of content files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from programs.plan import About, Plan, remarks

from .collecting import Collected, collect
from .problems import BrokenContent, FileProblem
from .shapes import HelpCountry
from .tracing import source_of

CONTENT = Path(__file__).resolve().parent.parent / "content"
FORMAT = "1"  # part of the fingerprint: increase it when the same files get another meaning


class Content(NamedTuple):
    """The parsed content of all files."""

    plan: Plan
    countries: tuple[HelpCountry, ...]


def fingerprint(folder: Path = CONTENT) -> str:
    """Return the SHA-256 of every content file in the folder, names and bytes, in hexadecimal."""
    digest = hashlib.sha256(FORMAT.encode())
    for path in content_files(folder):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read_content(folder: Path = CONTENT) -> Content:
    """Return the content of the files in `folder`. Raise BrokenContent with everything that is wrong with them."""
    collected = collect(folder, content_files(folder))
    plan = _plan(collected)
    problems = collected.problems + [
        FileProblem(*source_of(remark.where, collected), remark.reason)
        for remark in remarks(plan, collected.unread)
    ]
    if problems:
        raise BrokenContent(problems)
    return Content(plan, tuple(collected.countries))


def content_files(folder: Path) -> list[Path]:
    """Return every YAML file in the folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))


def _plan(collected: Collected) -> Plan:
    return Plan(
        about=collected.about or About("", "", ""),
        phases=collected.phases,
        weeks=tuple(sorted(collected.weeks, key=lambda week: week.number)),
        sessions=collected.sessions,
        exercises=collected.exercises,
    )
