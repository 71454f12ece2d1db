"""The project's own settings, with one bare page more to compare with and a command that fills the database."""

from postpartum.settings import *  # noqa: F403

INSTALLED_APPS += ["bench"]  # noqa: F405
ROOT_URLCONF = "bench.urls"
