"""The secrets of `script/server --production`, made once and kept beside its data."""

import base64
import secrets

from postpartum import development
from postpartum.embedded_postgres import make_data_dir
from script.lib import variables

KEYS = {"SECRET_KEY", "FIELD_KEYS"}


def secrets_file(data_dir):
    """Where they are kept, and whatever else the operator sets there."""
    return data_dir / "production.env"


def make_secrets(data_dir):
    """Complete the file with what production demands and neither it nor the environment has."""
    kept = variables.read(secrets_file(data_dir))
    missing = {name: value for name, value in first_values(data_dir).items() if name not in kept}
    if missing:
        make_data_dir(data_dir)
        variables.add(secrets_file(data_dir), missing)


def use_secrets(data_dir, *, in_production):
    """Put what is kept into the environment. In development only the keys: they belong to the data, the rest does not."""
    kept = variables.read(secrets_file(data_dir))
    variables.set_where_missing(
        {name: value for name, value in kept.items() if in_production or name in KEYS}
    )


def first_values(data_dir):
    """Values to begin with. Mail goes to files until EMAIL_URL names a mail server."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": ",".join(first_keys(data_dir)),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"filemail:///{data_dir / 'mail'}",  # the third slash is not of the path
    }


def first_keys(data_dir):
    """A new key; and, where development has sealed with its own before, that one, so that it still opens."""
    new = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return [new, development.FIELD_KEY] if (data_dir / "postgres").exists() else [new]
