"""The project's settings, with a bare page to compare with and the commands that fill the database."""

from postpartum.settings import *  # noqa: F403

INSTALLED_APPS += ["bench"]  # noqa: F405
ROOT_URLCONF = "bench.urls"
