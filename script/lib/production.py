"""The secrets of `script/server --production`, made once and kept, for trying it on one's own machine."""

import os
import secrets


def secrets_file(data_dir):
    """Where they are kept: lines of NAME=value that only the owner can read."""
    return data_dir / "production.env"


def set_secrets(data_dir):
    """Put into the environment what production demands and it lacks, from the file, made now if need be."""
    path = secrets_file(data_dir)
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in first_values(data_dir).items())
    for line in path.read_text().splitlines():
        name, separator, value = line.partition("=")
        if separator and not line.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def first_values(data_dir):
    """Values to begin with. Mail goes to files until EMAIL_URL names a mail server."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"filemail://{data_dir / 'mail'}",
    }
