"""Generate the requirements files from pyproject.toml, the single list; with --check only compare them.

Production installs requirements-production.txt, without test tools.
"""

import sys
import tomllib

from script.lib.environment import ROOT

HEAD = "# Made from pyproject.toml by script/lib/requirements.py; change that, then run it.\n"


def main() -> None:
    """Write the files that differ, or with --check exit with 1 and their names."""
    stale = [name for name, text in files().items() if _text_of(name) != text]
    if "--check" in sys.argv[1:]:
        sys.exit(f"Not as pyproject.toml has it: {', '.join(stale)}" if stale else 0)
    for name in stale:
        (ROOT / name).write_text(files()[name])


def files() -> dict[str, str]:
    """Return {file name: content}."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())
    production, groups = wanted["project"]["dependencies"], wanted["dependency-groups"]
    return {
        "requirements-production.txt": _lines(production),
        "requirements.txt": _lines([*production, *groups["test"]]),
        "requirements-dev.txt": _lines(["-r requirements.txt", *groups["dev"]]),
    }


def _lines(requirements: list[str]) -> str:
    return HEAD + "".join(f"{one}\n" for one in requirements)


def _text_of(name: str) -> str | None:
    path = ROOT / name
    return path.read_text() if path.exists() else None


if __name__ == "__main__":
    main()
