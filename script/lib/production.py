"""The secrets of `script/server --production`, generated once and stored beside its data."""

import base64
import secrets
from pathlib import Path

from postpartum import development
from postpartum.embedded_postgres import make_data_dir
from script.lib import env_files

KEYS = {"SECRET_KEY", "FIELD_KEYS"}


def secrets_file(data_dir: Path) -> Path:
    """Return the file of the secrets, which may hold further settings of the operator."""
    return data_dir / "production.env"


def ensure_secrets(data_dir: Path) -> None:
    """Add the required values that the file lacks."""
    kept = env_files.read(secrets_file(data_dir))
    missing = {name: value for name, value in first_values(data_dir).items() if name not in kept}
    if missing:
        make_data_dir(data_dir)
        env_files.append(secrets_file(data_dir), missing)


def load_secrets(data_dir: Path, *, in_production: bool) -> None:
    """Set what the file holds, where the environment does not. In development only the keys, which belong to the data."""
    kept = env_files.read(secrets_file(data_dir))
    env_files.set_defaults({name: value for name, value in kept.items() if in_production or name in KEYS})


def first_values(data_dir: Path) -> dict[str, str]:
    """Return initial values. Mail goes to files until EMAIL_URL names a mail server."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": ",".join(first_keys(data_dir)),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"filemail:///{data_dir / 'mail'}",  # the third slash is not of the path
    }


def first_keys(data_dir: Path) -> list[str]:
    """Return a new key, followed by the development key where development has encrypted data already."""
    new = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return [new, development.FIELD_KEY] if (data_dir / "postgres").exists() else [new]
