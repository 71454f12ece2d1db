"""Files of environment variables, one NAME=value a line, readable by their owner only."""

import os
from pathlib import Path


def read(path: Path) -> dict[str, str]:
    """Return {name: value} of the file; {} where there is none. Lines that begin with # are ignored."""
    if not path.exists():
        return {}
    lines = (line.partition("=") for line in path.read_text().splitlines() if not line.startswith("#"))
    return {name.strip(): value.strip() for name, separator, value in lines if separator}


def append(path: Path, values: dict[str, str]) -> None:
    """Append `values` to the file, creating it if needed; its folder must exist."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(as_lines(values))


def as_lines(values: dict[str, str]) -> str:
    """Return `values` in the format of such a file."""
    return "".join(f"{name}={value}\n" for name, value in values.items())


def set_defaults(values: dict[str, str]) -> None:
    """Set environment variables that are not set yet."""
    for name, value in values.items():
        os.environ.setdefault(name, value)
