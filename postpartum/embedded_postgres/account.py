"""The account the server runs under: the caller's own, or for root a lesser one."""

import os
import pwd
import subprocess
from dataclasses import dataclass

LESSER_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account that root can start programs under."""

    name: str
    uid: int
    gid: int

    def options(self):
        """The arguments that make `subprocess` run a program under this account and no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def is_root():
    """Whether this process has root's powers."""
    return os.geteuid() == 0


def lesser_account(existing=None):
    """Whom root starts the server as; None for an ordinary user, who runs it as himself.

    `existing` is the directory of an existing cluster: its owner is kept, since nobody else may open it.
    """
    if not is_root():
        return None
    if existing and existing.exists() and existing.stat().st_uid:
        return _by_uid(existing.stat())
    for name in LESSER_ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, found.pw_uid, found.pw_gid)
    raise LookupError(f"none of the accounts {', '.join(LESSER_ACCOUNTS)} exists")


def can_enter(account, directory):
    """Whether `account` can walk into `directory`, tried rather than computed."""
    command = ["/bin/sh", "-c", 'cd "$1"', "sh", directory]
    ended = subprocess.run(command, capture_output=True, cwd="/", **account.options())  # noqa: S603 — all ours
    return ended.returncode == 0


def _by_uid(status):
    try:
        name = pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        name = str(status.st_uid)
    return Account(name, status.st_uid, status.st_gid)
