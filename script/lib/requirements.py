"""Lock what pyproject.toml lists, with hashes, in the requirements files; with --check only compare the versions.

Each file names every package down to the last, so that pip and uv alike refuse a file that is not the one locked here.
Production installs requirements-production.txt, without test tools. To update one package:
`.venv/bin/python -m script.lib.requirements --upgrade-package NAME`.
"""

import re
import subprocess
import sys
import tomllib

from script.lib.environment import ROOT, VENV

# {file: the dependency groups of pyproject.toml that it has on top of the project's own dependencies}
FILES = {
    "requirements-production.txt": [],
    "requirements.txt": ["test"],
    "requirements-dev.txt": ["test", "dev"],
}
HEAD = "# Made from pyproject.toml by script/lib/requirements.py; change that, then run it.\n"
OPTIONS = [
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
]


def main() -> None:
    """Write the files, or with --check exit with 1 and the names of those that lack what pyproject.toml lists."""
    if "--check" in sys.argv[1:]:
        names = stale(FILES)
        sys.exit(f"Not as pyproject.toml has it: {', '.join(names)}" if names else 0)
    for name, groups in FILES.items():
        lock(name, groups, sys.argv[1:])


def stale(files: dict[str, list[str]]) -> list[str]:
    """Return which of `files` ({name: dependency groups}) lack a version that pyproject.toml lists for them."""
    return [name for name, groups in files.items() if not _wanted(groups) <= _locked(name)]


def lock(name: str, groups: list[str], options: list[str]) -> None:
    """Resolve with uv, which keeps the versions that the file has where it may, and write the file."""
    path = ROOT / name
    named = [f"--group={group}" for group in groups]
    subprocess.run(
        [
            VENV / "bin" / "uv",
            "pip",
            "compile",
            "pyproject.toml",
            *named,
            *OPTIONS,
            *options,
            "--output-file",
            path,
        ],
        cwd=ROOT,
        check=True,
    )
    path.write_text(HEAD + path.read_text())


def _wanted(groups: list[str]) -> set[str]:
    """Return the pinned requirements that pyproject.toml lists, with those of `groups`: "django==5.2.19" and more."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = [listed["project"]["dependencies"], *(listed["dependency-groups"][group] for group in groups)]
    return {_plain(one) for requirements in lists for one in requirements}


def _locked(name: str) -> set[str]:
    """Return the pinned requirements of the file."""
    path = ROOT / name
    return {
        _plain(one) for one in re.findall(r"(?m)^[\w.-]+==[\w.+]+", path.read_text() if path.exists() else "")
    }


def _plain(requirement: str) -> str:
    """Return the requirement as the lock writes it: lower case, dashes, no extras."""
    name, _, version = requirement.partition("==")
    return f"{re.sub(r'[-_.]+', '-', name.partition('[')[0]).lower()}=={version}"


if __name__ == "__main__":
    main()
