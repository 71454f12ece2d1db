"""The product's own settings, as in production, but for what a test cannot have."""

import os
from unittest.mock import patch

from postpartum import development

# What the README's table requires, for this import alone: processes that tests start have an environment of their own.
ENVIRONMENT = {
    "DEBUG": "0",
    "SECRET_KEY": development.SECRET_KEY,
    "FIELD_KEYS": development.FIELD_KEY,
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
}
with patch.dict(os.environ, ENVIRONMENT):
    from postpartum.settings import *  # noqa: F403

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # the others take a third of a second each
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
