"""Column encryption: values are encrypted on their way into a column and decrypted on their way out.

The keys are in `settings.FIELD_KEYS`, from the environment: the first encrypts, all of them decrypt. To replace a key,
put the new one in front and remove the old one once `rotate_keys` has encrypted everything again.
"""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute


class DecryptionError(Exception):
    """None of the keys decrypts a value. The message never contains the value."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured(
            "FIELD_KEYS must be Fernet keys with commas between; make one with: "
            'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
        ) from error


def fernet() -> MultiFernet:
    """Return the cipher of the keys in force."""
    return _fernet(tuple(settings.FIELD_KEYS))


def encrypt(value: Any) -> str:
    """Encrypt anything JSON can hold."""
    text = json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))
    return fernet().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> Any:
    """Decrypt what `encrypt` returned. Raise DecryptionError where no key fits."""
    try:
        text = fernet().decrypt(encrypted.encode()).decode()
    except InvalidToken:
        raise DecryptionError("An encrypted value fits none of FIELD_KEYS.") from None
    return json.loads(text)


class Encrypted(str):
    """The text of an encrypted column as it is stored."""


class DecryptedWhenRead(DeferredAttribute):
    """The attribute of an EncryptedField: an Encrypted text is decrypted when it is first read."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Encrypted):
            value = instance.__dict__[self.field.attname] = decrypt(value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Without it, Python would look into the instance first."""
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.TextField):
    """Anything JSON can hold, stored as one encrypted text. It cannot be searched or ordered by."""

    descriptor_class = DecryptedWhenRead

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Decrypt the column's value."""
        return None if value is None else decrypt(value)

    def from_db_when_read(self, value: str | None, expression: Any, connection: Any) -> Encrypted | None:
        """Leave the column's value as it is until it is read: for rows of which few values are."""
        return None if value is None else Encrypted(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt a value for the column."""
        return None if value is None else encrypt(value)

    def to_python(self, value: Any) -> Any:
        """Return the value as it is: a dictionary, list, text or number."""
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Return the plain value as JSON, so that a dump can be read with other keys."""
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder)

    def get_lookup(self, lookup_name: str) -> Any:
        """Return the lookup for `isnull` only: anything else would silently find nothing."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def encrypted_fields(model: type[models.Model]) -> list[EncryptedField]:
    """Return the encrypted fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]
