"""A production site in a folder of its own, with the demo's people, to be hurt."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2

from postpartum.embedded_postgres import Cluster, connection

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """A script/server and its processes, of the version in `root`. `environment` goes on top of the usual."""

    def __init__(self, data_dir: Path, root: Path = ROOT, **environment: str) -> None:
        self.data_dir, self.root, self.port = data_dir, root, free_port()
        ours = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "TRUSTED_PROXY_COUNT": "1"}
        self._environment = os.environ | ours | environment
        self._log = data_dir.parent / "server.log"
        self._process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What it has said since its start."""
        return self._log.read_text(errors="replace")

    def start(self, *, in_production: bool = True) -> None:
        """Start it, and return once it serves."""
        with self._log.open("w") as log:
            command = [self.root / "script" / "server", *(["--production"] if in_production else [])]
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        while "Ctrl-C stops everything" not in self._log.read_text():
            if self._process.poll() is not None:
                raise SystemExit(self._log.read_text())
            time.sleep(0.1)

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command on its data. Return what it said; exit where it fails."""
        return self.run(self.root / "script" / "manage", *arguments, **environment)

    def run(self, *command: str | Path, stdin: str = "", **environment: str) -> str:
        """Run any program in its folder and environment. Return what it said; exit where it fails."""
        ended = subprocess.run(
            command,
            cwd=self.root,
            env=self._environment | environment,
            input=stdin,
            capture_output=True,
            text=True,
        )
        if ended.returncode:
            raise SystemExit(f"{command[0]} {command[-1]}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    def processes(self, part: str) -> list[psutil.Process]:
        """Its processes of a kind: "web" (gunicorn's workers), "worker", "postgres" or "all"."""
        assert self._process is not None
        children = psutil.Process(self._process.pid).children(recursive=True)
        masters = [one for one in children if "gunicorn" in " ".join(_command(one))]
        web = [one for one in masters if any(one.ppid() == other.pid for other in masters)]
        workers = [one for one in children if "worker" in _command(one)]
        database = [psutil.Process(pid) for pid in Cluster(self.data_dir).process_ids()]
        everything = [*children, *database, psutil.Process(self._process.pid)]
        return {"web": web, "worker": workers, "postgres": database, "all": everything}[part]

    def kill(self, part: str) -> int:
        """Kill -9 its processes of a kind. Return how many."""
        killed = self.processes(part)
        for one in killed:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        return len(killed)

    def ask(self, statement: str) -> list[tuple]:
        """Return the rows of a statement, asked past the site."""
        place = connection(self.data_dir)
        with (
            contextlib.closing(
                psycopg2.connect(dbname=place["NAME"], user=place["USER"], host=place["HOST"])
            ) as database,
            database.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchall()


@contextlib.contextmanager
def a_site(disk: str = "", **environment: str) -> Iterator[Site]:
    """A site that serves, with the demo; nothing of it is left. With `disk`, such as "400m", on one of that size."""
    with tempfile.TemporaryDirectory(prefix="tend-fault-") as folder, _a_disk(folder, disk):
        Path(folder).chmod(0o711)
        site = Site(Path(folder) / "data", **environment)
        try:
            site.start()
            site.manage("seed_demo")
            yield site
        finally:
            with contextlib.suppress(psutil.NoSuchProcess, AssertionError):
                site.kill("all")
            Cluster(site.data_dir).remove()


@contextlib.contextmanager
def _a_disk(folder: str, size: str) -> Iterator[None]:
    """Have the folder be a disk of this size in memory, which only root may make; nothing without a size."""
    if not size:
        yield
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
