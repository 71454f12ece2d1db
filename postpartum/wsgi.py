"""The WSGI application a production server imports."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from postpartum.kept_pages.requests import Application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")

application: Application = get_wsgi_application()
if settings.KEPT_PAGES_BYTES:
    # They need the models, which have just been loaded.
    from postpartum.kept_pages.application import KeptPages
    from postpartum.kept_pages.watching import Watcher

    application = KeptPages(application, Watcher())
