"""Write the requirements files from pyproject.toml, which has the one list; with --check only say whether they are so.

Production installs requirements-production.txt and no test tools.
"""

import sys
import tomllib

from script.lib.environment import ROOT

HEAD = "# Made from pyproject.toml by script/lib/requirements.py; change that, then run it.\n"


def main():
    """Write what differs, or with --check end with 1 and its names."""
    stale = [name for name, text in files().items() if _text_of(name) != text]
    if "--check" in sys.argv[1:]:
        sys.exit(f"Not as pyproject.toml has it: {', '.join(stale)}" if stale else 0)
    for name in stale:
        (ROOT / name).write_text(files()[name])


def files():
    """{name of a file: its text}."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())
    production, groups = wanted["project"]["dependencies"], wanted["dependency-groups"]
    return {
        "requirements-production.txt": _lines(production),
        "requirements.txt": _lines([*production, *groups["test"]]),
        "requirements-dev.txt": _lines(["-r requirements.txt", *groups["dev"]]),
    }


def _lines(requirements):
    return HEAD + "".join(f"{one}\n" for one in requirements)


def _text_of(name):
    path = ROOT / name
    return path.read_text() if path.exists() else None


if __name__ == "__main__":
    main()
