"""The promises of the README, and which step of the walk keeps each.

The README is the one list: each bold beginning of a line in “What it does” is a promise, and so is each command of its
table. The walk fails where it lacks one of them, and where it keeps one that the README does not give.
"""

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
PROMISE = re.compile(r"^- \*\*(.+?)\*\*", re.MULTILINE)
COMMAND = re.compile(r"^\| `(?:manage\.py|script/manage) ([a-z_]+)", re.MULTILINE)


def promised():
    """The names of all promises."""
    return PROMISE.findall(_section("What it does"))


def commands_promised():
    """The names of all commands of the project's own."""
    return COMMAND.findall(_section("Commands"))


def keeps(promise):
    """Mark a step of the walk as keeping this promise."""

    def mark(step):
        step.promise = promise
        return step

    return mark


def _section(title):
    """The text under a heading of the README, up to the next of its level."""
    return README.read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]
