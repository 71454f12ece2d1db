"""The account the server runs under: the caller's own, or for root an unprivileged one."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account that root can start programs under."""

    name: str
    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """Return the arguments that make `subprocess` run a program under this account and no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def is_root() -> bool:
    """Return whether this process runs as root."""
    return os.geteuid() == 0


def unprivileged_account(existing: Path | None = None) -> Account | None:
    """Return the account root starts the server under; None for an ordinary user. Raise LookupError where none exists.

    `existing` is the directory of an existing cluster, whose owner is reused, since nobody else may open it.
    """
    if not is_root():
        return None
    if existing and existing.exists() and existing.stat().st_uid:
        return _by_uid(existing.stat())
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, found.pw_uid, found.pw_gid)
    raise LookupError(f"none of the accounts {', '.join(UNPRIVILEGED_ACCOUNTS)} exists")


def can_enter(account: Account, directory: Path) -> bool:
    """Return whether `account` can enter `directory`, by trying rather than computing it."""
    command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(directory)]
    ended = subprocess.run(command, capture_output=True, cwd="/", **account.options())  # noqa: S603 — all ours
    return ended.returncode == 0


def _by_uid(status: os.stat_result) -> Account:
    try:
        name = pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        name = str(status.st_uid)
    return Account(name, status.st_uid, status.st_gid)
