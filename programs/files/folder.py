"""The whole folder of content files: read, put together, checked."""

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
FORMAT = "1"  # part of the fingerprint: raise it when the same files come to mean something else


class Content(NamedTuple):
    """All that the files say."""

    plan: Plan
    countries: tuple[HelpCountry, ...]


def fingerprint(folder: Path = CONTENT) -> str:
    """The digest of every file in the folder: equal exactly when nothing was changed."""
    digest = hashlib.sha256(FORMAT.encode())
    for path in content_files(folder):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read_content(folder: Path = CONTENT) -> Content:
    """What the files in `folder` say. Raises BrokenContent with everything that is wrong with them."""
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
    """Every YAML file in the folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))


def _plan(collected: Collected) -> Plan:
    return Plan(
        about=collected.about or About("", "", ""),
        phases=collected.phases,
        weeks=tuple(sorted(collected.weeks, key=lambda week: week.number)),
        sessions=collected.sessions,
        exercises=collected.exercises,
    )
