"""Starting and stopping the embedded server, whatever state the last run left it in."""

import contextlib
import fcntl
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import psutil

from postpartum.embedded_postgres import account, places, programs
from postpartum.embedded_postgres.errors import EmbeddedPostgresError
from postpartum.embedded_postgres.making import make_cluster, make_database

TIMEOUT = 60  # seconds a server may take to recover after a crash, or to leave

# A failing statement, or the row it met, may hold what a mother reported, and health data belongs in no log.
SETTINGS = {
    "listen_addresses": "",
    "port": 5432,
    "shared_buffers": "64MB",
    "max_connections": 60,
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROW_AWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The embedded PostgreSQL whose data lies under one directory.

    Several processes may use it. Each holds a shared lock while it does, which the kernel releases even when the process
    is killed; so the last one to stop, and only that one, stops the server.
    `throw_away` trades crash safety for speed: for disposable data.
    """

    def __init__(self, data_dir: Path | str, *, throw_away: bool = False) -> None:
        self.data_dir = Path(data_dir).resolve()
        self.socket = places.socket_directory(self.data_dir)
        self.throw_away = throw_away
        self._use: TextIO | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Keep the server running for the length of the context."""
        try:
            self.start()
        except KeyboardInterrupt:
            self.stop()
            raise
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Start the server with our database unless it runs, and count as one of its users until `stop`.

        Raise EmbeddedPostgresError.
        """
        try:
            places.make_data_dir(self.data_dir)
            with self._one_at_a_time():
                self._start_server()
                make_database(self.socket)
                self._use = self._lock_file("users")
                fcntl.flock(self._use, fcntl.LOCK_SH)
        except (PermissionError, LookupError) as error:
            raise EmbeddedPostgresError(
                f"PostgreSQL cannot use {self.data_dir}: {error}. If it was started there under another "
                f"account, go on under that one, or set DATA_DIR to a directory of your own."
            ) from error

    def stop(self) -> bool:
        """Stop the server unless another process uses it. Return whether it is stopped now."""
        with self._one_at_a_time(), self._lock_file("users") as others:
            if self._use:
                self._use.close()
                self._use = None
            try:
                fcntl.flock(others, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return self._stop_server("fast")

    def remove(self) -> None:
        """Stop the server, whoever uses it, and delete all of its data directory: for throw-away clusters."""
        if (self.data_dir / "postgres").exists():
            self._stop_server("immediate")
            if places.SHARED_HOME in self.directory.parents:
                shutil.rmtree(self.directory.parent)
        for directory in (self.data_dir, self.socket):
            shutil.rmtree(directory, ignore_errors=True)

    def is_running(self) -> bool:
        """Return whether the server accepts connections now."""
        return not programs.run(self.owner, "pg_isready", "-q", "-h", self.socket, "-t", "1").failed

    @property
    def owner(self) -> account.Account | None:
        """The account the server runs under; None for our own."""
        return account.unprivileged_account(existing=self.data_dir / "postgres")

    @property
    def directory(self) -> Path:
        """The cluster's data directory; decided at the first start."""
        return places.cluster_directory(self.data_dir, self.owner)

    def process_ids(self) -> list[int]:
        """Return the live processes of this server, each of which works in its directory; none after a crash."""
        if not (self.directory / "postmaster.pid").exists():
            return []
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == self.directory:
                    found.append(process.pid)
        return found

    def _start_server(self) -> None:
        make_cluster(self.directory, self.owner)
        places.make_socket_directory(self.data_dir, self.owner)
        deadline = time.monotonic() + TIMEOUT
        while not self.is_running():
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"PostgreSQL does not answer. Its log says:\n{self._log_tail()}")
            if self.process_ids():  # it is starting, recovering or leaving
                time.sleep(0.1)
                continue
            self._clear_traces_of_a_crash()
            log = self.directory / "log"
            result = self._control("start", "-l", log, "-o", self._options())
            if result.failed:
                raise EmbeddedPostgresError(f"PostgreSQL does not start. {result.output}\n{self._log_tail()}")

    def _stop_server(self, mode: str) -> bool:
        if self.process_ids():
            self._control("stop", "-m", mode)
        return not self.process_ids()

    def _control(self, action: str, *options: object) -> programs.Result:
        return programs.run(
            self.owner, "pg_ctl", action, "-D", self.directory, "-s", "-w", "-t", TIMEOUT, *options
        )

    def _clear_traces_of_a_crash(self) -> None:
        """Remove the PID file and sockets of a killed server that is known to be gone.

        PostgreSQL ignores a stale PID file only if no process has that number, which is not so after a
        reboot of a container, or while a zombie waits to be reaped.
        """
        (self.directory / "postmaster.pid").unlink(missing_ok=True)
        for trace in self.socket.iterdir():
            trace.unlink()

    def _options(self) -> str:
        settings = SETTINGS | (THROW_AWAY_SETTINGS if self.throw_away else {})
        settings["unix_socket_directories"] = self.socket
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _log_tail(self) -> str:
        log = self.directory / "log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-12:]) if log.exists() else ""

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with self._lock_file("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lock_file(self, name: str) -> TextIO:
        return (self.data_dir / f"postgres.{name}").open("a")
