"""The site as its scripts start it, in a directory and on a port of a test's own."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from postpartum.embedded_postgres import Cluster
from tests import database

ROOT = Path(__file__).resolve().parents[1]
SET_BY_TESTS = {"DJANGO_SETTINGS_MODULE", "DEBUG", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}


class Server:
    """A script/server of a test's own, and script/manage beside it. What the server says is in the file `log`."""

    def __init__(self, data_dir, port):
        self.data_dir, self.address = data_dir, f"http://127.0.0.1:{port}"
        clean = {name: value for name, value in os.environ.items() if name not in SET_BY_TESTS}
        self._environment = clean | {"DATA_DIR": str(data_dir)}
        self._port = str(port)
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self.process = None

    def start(self, *arguments):
        """Start it, and return what it said once it has greeted."""
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [ROOT / "script" / "server", *arguments],
                env=self._environment | {"PORT": self._port},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while "Ctrl-C stops everything" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        return self.log.read_text()

    def get(self, path):
        """The status and body of the page at `path`."""
        with urllib.request.urlopen(self.address + path) as response:
            return response.status, response.read()

    def run_to_end(self, *arguments, **environment):
        """Start it where it should not get far; its exit code and what it said."""
        return self._run("server", *arguments, PORT=self._port, **environment)

    def manage(self, *arguments, **environment):
        """Run script/manage on the same data, from another terminal; its exit code and what it said."""
        return self._run("manage", *arguments, **environment)

    def _run(self, script, *arguments, **environment):
        ended = subprocess.run(
            [ROOT / "script" / script, *arguments],
            env=self._environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return ended.returncode, ended.stdout

    def stop(self):
        """Press Ctrl-C and see it end well."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait() == 0, self.log.read_text()

    def kill_everything(self):
        """Kill -9 each of its processes at once, the database's included."""
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):  # one may end because another was killed
                process.kill()
        self.process.wait()

    def processes(self):
        """All its live processes: what descends from it, and its database."""
        found = []
        for pid in Cluster(self.data_dir).process_ids():
            # One may end between being listed and being opened.
            with contextlib.suppress(psutil.NoSuchProcess):
                found.append(psutil.Process(pid))
        with contextlib.suppress(psutil.NoSuchProcess):
            leader = psutil.Process(self.process.pid)
            found += [leader, *leader.children(recursive=True)]
        return list(filter(is_alive, found))


def is_worker(process):
    """Whether it is the worker; one that has ended meanwhile is not."""
    try:
        return "worker" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def is_alive(process):
    """Whether it runs; one that has ended and waits to be fetched does not."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def a_free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds=60):
    """Wait until something listens at this port."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens at port {port}")


@pytest.fixture
def free_port():
    return a_free_port()


@contextlib.contextmanager
def a_data_dir():
    """Where a site of a test keeps everything; its database is stopped and all is removed whatever happens."""
    with tempfile.TemporaryDirectory(dir=database.home()) as directory:
        Path(directory).chmod(0o711)
        yield Path(directory) / "data"
        Cluster(Path(directory) / "data").remove()


@pytest.fixture
def data_dir():
    """An empty one."""
    with a_data_dir() as path:
        yield path


@pytest.fixture
def server(data_dir, free_port):
    """A server that is yet to be started; it ends with the test."""
    server = Server(data_dir, free_port)
    yield server
    if server.process:
        server.kill_everything()
