"""Encryption of a backup that leaves the machine, by age or GnuPG: only whoever has the private key can read it."""

import os
import shutil
import subprocess
from pathlib import Path

from postpartum.backup.errors import BackupError

AGE, ARMORED = b"age-encryption.org/", b"-----BEGIN "
HOW_TO_OPEN = (
    "{path} is encrypted. Decrypt it first, with the private key: age --decrypt --identity KEY --output PLAIN {path}, or "
    "gpg --output PLAIN --decrypt {path}"
)


def encrypt(plain: Path, target: Path, recipient: str) -> None:
    """Encrypt the file `plain` into the new file `target` for a public key. Raise BackupError.

    `recipient` is what age takes (age1… or ssh-…), or else names a key that GnuPG knows.
    """
    if recipient.startswith(("age1", "ssh-")):
        command = ["age", "--encrypt", "--recipient", recipient, "--output", str(target), str(plain)]
    else:
        how = ["--batch", "--trust-model", "always"]
        command = ["gpg", *how, "--encrypt", "--recipient", recipient, "--output", str(target), str(plain)]
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"{command[0]} is not on PATH. Install it (Debian: apt install age gnupg).")
    ended = subprocess.run([program, *command[1:]], capture_output=True, text=True)  # noqa: S603
    if ended.returncode or not target.exists():
        raise BackupError(f"{command[0]} has failed. {ended.stderr.strip()[:300]}")
    os.chmod(target, 0o600)


def refuse_encrypted(path: Path) -> None:
    """Raise BackupError where a file is an encrypted backup."""
    with path.open("rb") as file:
        head = file.read(len(AGE))
    if head.startswith((AGE, ARMORED)) or (
        head and head[0] & 0xC0 in (0x80, 0xC0) and not head.startswith(b"PK")
    ):
        raise BackupError(HOW_TO_OPEN.format(path=path))
