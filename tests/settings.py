"""The project's own settings, made quick and quiet for tests."""

import os

os.environ.setdefault("DEBUG", "1")

from postpartum.settings import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
