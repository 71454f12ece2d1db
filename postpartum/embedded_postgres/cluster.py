"""Starting and stopping the embedded server, whatever state the last run left it in.

Several processes may use one cluster. Each holds a shared lock while it does, which the kernel drops even when
the process is killed, so the last one to stop, and only that one, stops the server.
"""

import contextlib
import fcntl
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2

from postpartum.embedded_postgres import account, places
from postpartum.embedded_postgres.places import DATABASE, EmbeddedPostgresError

PATIENCE = 60  # seconds a server may take to recover after a crash, or to leave
MAJOR_VERSION = places.PACKAGE_VERSION.partition(".")[0]

INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
)
# A failing statement or the row it met may hold what a mother reported, and health data belongs in no log.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": 5432,
    "shared_buffers": "64MB",
    "max_connections": 60,
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROW_AWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The embedded PostgreSQL whose data is kept in one directory.

    `throw_away` trades safety against a crash for speed: for data that nobody would miss.
    """

    def __init__(self, data_dir, *, throw_away=False):
        self.data_dir = Path(data_dir).resolve()
        self.throw_away = throw_away
        self._use = None

    def start(self):
        """Have the server running and its database there, and count as one of its users until `stop`.

        Raises EmbeddedPostgresError, in words, when it cannot.
        """
        try:
            places.make_data_dir(self.data_dir)
            with self._one_at_a_time():
                self._settle()
                self._start_server()
                self._create_database()
                self._use = self._lock_file("users")
                fcntl.flock(self._use, fcntl.LOCK_SH)
        except (PermissionError, LookupError) as error:
            raise EmbeddedPostgresError(
                f"PostgreSQL cannot use {self.data_dir}: {error}. If another account started it there before, "
                f"go on as that account, or set DATA_DIR to a directory of your own."
            ) from error

    def stop(self):
        """Stop the server unless somebody else still uses it; True if it is stopped now."""
        with self._one_at_a_time():
            if self._use:
                self._use.close()
                self._use = None
            with self._lock_file("users") as others:
                try:
                    fcntl.flock(others, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                self._settle()
                if self._process_ids():
                    self._run("pg_ctl", "-D", self.directory, "-m", "fast", "-w", "-t", PATIENCE, "stop")
                return not self._process_ids()

    def is_running(self):
        """Whether the server takes connections now."""
        return self._run("pg_isready", "-q", "-h", self.socket, "-t", "1").returncode == 0

    def remove(self):
        """Stop the server and delete every trace of it: for throw-away clusters."""
        self.stop()
        for path in (self.directory, self.directory.parent, self.socket, self.data_dir):
            if path == self.directory.parent and places.SHARED_HOME not in path.parents:
                continue
            shutil.rmtree(path, ignore_errors=True)

    def _settle(self):
        """Decide who runs the server and where its parts are, which depends on what stands there already."""
        self.owner = account.lesser_account(existing=self.data_dir / "postgres")
        self.directory = places.cluster_directory(self.data_dir, self.owner)
        self.socket = places.make_socket_directory(self.data_dir, self.owner)
        self.programs = places.programs_for(self.owner)

    def _start_server(self):
        self._make_cluster()
        deadline = time.monotonic() + PATIENCE
        while not self.is_running():
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"PostgreSQL does not answer. Its log says:\n{self._log_tail()}")
            if self._process_ids():  # another is starting, recovering or still leaving
                time.sleep(0.1)
                continue
            self._clear_traces_of_a_crash()
            result = self._run(
                "pg_ctl", "-D", self.directory, "-l", self.directory / "log", "-o", self._options(),
                "-w", "-t", PATIENCE, "-s", "start",
            )  # fmt: skip
            if result.returncode:
                raise EmbeddedPostgresError(
                    f"PostgreSQL does not start. {result.output}Its log says:\n{self._log_tail()}"
                )

    def _make_cluster(self):
        """Make an empty cluster beside the final place and move it there whole: a half-made one is never used."""
        if self.directory.is_dir():
            found = (self.directory / "PG_VERSION").read_text().strip()
            if found != MAJOR_VERSION:
                raise EmbeddedPostgresError(
                    f"{self.directory} was written by PostgreSQL {found}, and this is {MAJOR_VERSION}. Dump it with "
                    f"the older version and load it with this one, or set DATA_DIR to begin anew."
                )
            return
        unfinished = self.directory.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        places.make_directory(unfinished, 0o700, self.owner)
        result = self._run("initdb", "-D", unfinished, *INITDB_OPTIONS)
        if result.returncode:
            raise EmbeddedPostgresError(f"PostgreSQL cannot make its data directory: {result.output}")
        unfinished.rename(self.directory)

    def _clear_traces_of_a_crash(self):
        """Remove the notes of a killed server, known to be gone, so that its number used by another does not confuse.

        PostgreSQL overlooks them itself only if no process has that number now, which after a reboot, in a
        container, or while a zombie waits to be reaped is not so.
        """
        (self.directory / "postmaster.pid").unlink(missing_ok=True)
        for trace in self.socket.iterdir():
            trace.unlink()

    def _process_ids(self):
        """The live processes of this cluster's server: each works in its directory."""
        if not (self.directory / "postmaster.pid").exists():
            return []
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == self.directory:
                    found.append(process.pid)
        return found

    def _create_database(self):
        server = psycopg2.connect(dbname="postgres", user="postgres", host=str(self.socket))
        server.autocommit = True
        with contextlib.closing(server), server.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.rowcount:
                cursor.execute(f"CREATE DATABASE {DATABASE}")

    def _options(self):
        settings = SERVER_SETTINGS | (THROW_AWAY_SETTINGS if self.throw_away else {})
        settings["unix_socket_directories"] = self.socket
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _run(self, program, *arguments):
        """Run one of PostgreSQL's programs; its output goes to a file, for the server would hold a pipe open."""
        environment = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
        with tempfile.TemporaryFile() as output:
            result = subprocess.run(
                [self.programs / program, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=environment,
                **(self.owner.options() if self.owner else {}),
            )
            output.seek(0)
            result.output = output.read().decode(errors="replace")
        return result

    def _log_tail(self):
        log = self.directory / "log"
        return "".join(log.read_text(errors="replace").splitlines(keepends=True)[-12:]) if log.exists() else "nothing"

    @contextlib.contextmanager
    def _one_at_a_time(self):
        with self._lock_file("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lock_file(self, name):
        return (self.data_dir / f"postgres.{name}").open("a")
