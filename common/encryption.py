"""What must not be read from the table: values sealed on their way into a column, opened on their way out.

The keys stand in `settings.FIELD_KEYS`, from the environment: the first seals, all of them open, so a new key is
put in front and the old ones leave once `rotate_keys` has sealed everything anew.
"""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class DecryptionError(Exception):
    """A sealed value that none of our keys opens. The value is not told."""


@lru_cache(maxsize=4)
def _box(keys):
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured(
            "FIELD_KEYS must be Fernet keys with commas between; make one with: "
            'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
        ) from error


def box():
    """The box of the keys in force."""
    return _box(tuple(settings.FIELD_KEYS))


def encrypt(value):
    """The sealed text of anything JSON can hold."""
    text = json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))
    return box().encrypt(text.encode()).decode()


def decrypt(sealed):
    """What was sealed. Raises DecryptionError where no key of ours fits."""
    try:
        return json.loads(box().decrypt(sealed.encode()))
    except InvalidToken:
        raise DecryptionError("A sealed value fits none of FIELD_KEYS.") from None


class EncryptedField(models.TextField):
    """Holds anything JSON can hold; the column holds one sealed text. It cannot be searched or ordered by."""

    def from_db_value(self, value, expression, connection):
        """Open what the column holds."""
        return None if value is None else decrypt(value)

    def get_prep_value(self, value):
        """Seal what goes into the column."""
        return None if value is None else encrypt(value)

    def to_python(self, value):
        """Values are kept as they are: dictionaries, lists, texts."""
        return value

    def value_to_string(self, obj):
        """For dumps: the plain value as JSON, so that a dump can be read with other keys."""
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder)

    def get_lookup(self, lookup_name):
        """Only `isnull` makes sense on a sealed column; anything else would silently find nothing."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def encrypted_fields(model):
    """The sealed fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]
