"""The static files as production serves them: collected, compressed and under names made of what they hold."""

import fcntl

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from whitenoise.middleware import WhiteNoiseMiddleware


@pytest.fixture(scope="session")
def static_files():
    """Have them collected, once for all workers of this run."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    with settings.STATIC_ROOT.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            call_command("collectstatic", verbosity=0, interactive=False)
    # A test before may have looked for a file when there was none: this process would remember that.
    staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()


@pytest.fixture(scope="session", autouse=True)
def _looked_through_once():
    """WhiteNoise looks through all files when a server starts. Here every client is a server, and there are thousands.

    What a client finds before all files are collected is not remembered for the next.
    """
    found = {}
    look = WhiteNoiseMiddleware.add_files

    def add_files(self, root, prefix=None):
        is_complete = (settings.STATIC_ROOT / "staticfiles.json").exists()
        if (root, prefix) not in found:
            look(self, root, prefix)
            if is_complete:
                found[root, prefix] = self.files
        self.files = found.get((root, prefix), self.files)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files", add_files)
        yield


@pytest.fixture
def client(static_files):
    """A visitor; pages name their files."""
    return Client()


class ProductsServer(LiveServer):
    """pytest-django's server in a thread, without the files it would serve in the product's place."""

    def start(self):
        self.thread.static_handler = lambda _handler: get_wsgi_application()
        super().start()


@pytest.fixture(scope="session")
def live_server(static_files):
    """The site at an address of its own, for a browser."""
    server = ProductsServer("localhost")
    yield server
    server.stop()
