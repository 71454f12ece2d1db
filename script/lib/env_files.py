"""Files of environment variables, a NAME=value a line, that only their owner can read."""

import os
from pathlib import Path


def read(path: Path) -> dict[str, str]:
    """{name: value} of the file; nothing where there is none. Lines that begin with # say nothing."""
    if not path.exists():
        return {}
    lines = (line.partition("=") for line in path.read_text().splitlines() if not line.startswith("#"))
    return {name.strip(): value.strip() for name, separator, value in lines if separator}


def append(path: Path, values: dict[str, str]) -> None:
    """Append `values` to the file, made if need be; its folder is there."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(as_lines(values))


def as_lines(values: dict[str, str]) -> str:
    """The text of such a file."""
    return "".join(f"{name}={value}\n" for name, value in values.items())


def set_defaults(values: dict[str, str]) -> None:
    """Put `values` into the environment; what it sets already wins."""
    for name, value in values.items():
        os.environ.setdefault(name, value)
