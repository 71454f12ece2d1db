"""The secrets of `script/server --production`, made once and kept, for trying it on one's own machine."""

import base64
import os
import secrets


def secrets_file(data_dir):
    """Where they are kept: lines of NAME=value that only the owner can read."""
    return data_dir / "production.env"


def set_secrets(data_dir):
    """Put into the environment what production demands and it lacks, from the file, completed now if need be."""
    path = secrets_file(data_dir)
    kept = read(path) if path.exists() else {}
    missing = {name: value for name, value in first_values(data_dir).items() if name not in kept}
    if missing:
        data_dir.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.writelines(f"{name}={value}\n" for name, value in missing.items())
    for name, value in (missing | kept).items():
        os.environ.setdefault(name, value)


def read(path):
    """The values a file of secrets holds."""
    lines = (line.partition("=") for line in path.read_text().splitlines() if not line.startswith("#"))
    return {name.strip(): value.strip() for name, separator, value in lines if separator}


def first_values(data_dir):
    """Values to begin with. Mail goes to files until EMAIL_URL names a mail server."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"filemail:///{data_dir / 'mail'}",  # the third slash is not of the path
    }
