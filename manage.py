#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from postpartum.sealing import refusal

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")
    try:
        django.setup()
        if problem := refusal(" ".join(sys.argv[1:2])):
            sys.exit(problem)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"{problem}\nscript/manage runs the same commands with all that your own machine needs.")
