"""The secrets of `script/server --production`, made once and kept beside its data."""

import base64
import secrets
from pathlib import Path

from postpartum import development
from postpartum.embedded_postgres import make_data_dir
from script.lib import env_files

KEYS = {"SECRET_KEY", "FIELD_KEYS"}


def secrets_file(data_dir: Path) -> Path:
    """Where they are kept, and whatever else the operator sets there."""
    return data_dir / "production.env"


def ensure_secrets(data_dir: Path) -> None:
    """Complete the file with what production demands and it lacks."""
    kept = env_files.read(secrets_file(data_dir))
    missing = {name: value for name, value in first_values(data_dir).items() if name not in kept}
    if missing:
        make_data_dir(data_dir)
        env_files.append(secrets_file(data_dir), missing)


def load_secrets(data_dir: Path, *, in_production: bool) -> None:
    """Put what is kept into the environment. In development only the keys: they belong to the data, the rest does not."""
    kept = env_files.read(secrets_file(data_dir))
    env_files.set_defaults({name: value for name, value in kept.items() if in_production or name in KEYS})


def first_values(data_dir: Path) -> dict[str, str]:
    """Values to begin with. Mail goes to files until EMAIL_URL names a mail server."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": ",".join(first_keys(data_dir)),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"filemail:///{data_dir / 'mail'}",  # the third slash is not of the path
    }


def first_keys(data_dir: Path) -> list[str]:
    """A new key; and, where development has sealed with its own before, that one, so that it still opens."""
    new = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return [new, development.FIELD_KEY] if (data_dir / "postgres").exists() else [new]
