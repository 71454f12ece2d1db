"""Which keys seal and sign what a data directory holds, so that no command of ours does it with others.

Beside the data stands a fingerprint of the keys in use, never a key. Whoever runs a command with the keys of development,
which everybody knows, or with keys that do not open what the database holds, is told so before anything is written.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import Error as DatabaseError

from postpartum import development

OTHER_KEYS = "postpartum.E001"  # see postpartum.checks
DEVELOPMENT = {development.SECRET_KEY, development.FIELD_KEY}
# What neither seals nor signs, or replaces all that was sealed.
ALLOWED = {
    "help",
    "version",
    "--version",
    "--help",
    "restore",
    "restore_drill",
    "check_rules",
    "figures",
    "test",
}

OTHERS = (
    "{place} belongs to a site with keys of its own, and this command would use the public ones of development. Run "
    "script/manage instead, which uses the site's, or set SECRET_KEY and FIELD_KEYS to those of the site: they are in its "
    "production.env, or wherever you keep them. For a trial, give it data of its own: DATA_DIR=/somewhere/else"
)


def refusal(command: str) -> str:
    """Return why a command must not run with the present keys, and what to do; empty if it may."""
    if command in ALLOWED:
        return ""
    marked = _mark().read_text() if _mark().exists() else ""
    if marked and marked != _fingerprints() and _uses_development():
        return OTHERS.format(place=settings.DATA_DIR)
    try:
        found = run_checks(tags=[Tags.database], databases=["default"])
    except DatabaseError:
        return ""  # the command will say that there is no database
    return "\n".join(f"{one.msg}\n{one.hint}" for one in found if one.id == OTHER_KEYS)


def record() -> None:
    """Note beside the data which keys are in use from now on."""
    text = _fingerprints()
    if not _mark().exists() or _mark().read_text() != text:
        _mark().parent.mkdir(parents=True, exist_ok=True)
        _mark().write_text(text)


def _mark() -> Path:
    return Path(settings.DATA_DIR) / "sealed-by"


def _uses_development() -> bool:
    return settings.SECRET_KEY in DEVELOPMENT or settings.FIELD_KEYS[0] in DEVELOPMENT


def _fingerprints() -> str:
    """Return the fingerprints of the key that signs and of the one that seals, a line each."""
    keys = settings.SECRET_KEY, settings.FIELD_KEYS[0]
    return "".join(f"{hashlib.sha256(b'fingerprint ' + key.encode()).hexdigest()[:24]}\n" for key in keys)
