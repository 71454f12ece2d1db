"""Three database servers, a pooler, a cache, a file store, a mail server, two web servers and two workers."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2

from bench.cluster import store
from bench.cluster.environment import environment, prepare, run
from bench.cluster.parts import (
    HOST,
    MAIL_SERVER,
    PASSWORD,
    PROGRAMS,
    ROOT,
    Part,
    answers,
    configured,
    free_port,
    wait_until,
)

DISK = "size=700m"  # of each database server: small enough to be filled


class Installation:
    """All parts, by name, and where they answer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = ("etcd", "peer", "primary", "replica", "pooler", "web", "cache", "store", "mail")
        self.ports = {name: free_port() for name in names}
        self.databases = [(free_port(), free_port()) for _ in range(3)]  # of PostgreSQL, of Patroni
        self.web_ports = [free_port(), free_port()]
        self.parts: dict[str, Part] = {}

    @property
    def address(self) -> str:
        """Where visitors go."""
        return f"http://{HOST}:{self.ports['web']}"

    def start(self) -> None:
        """Start everything and prepare the database, with the demo's people."""
        self._start_etcd()
        self._start_databases()
        self._start_proxies()
        self._start_store_and_cache()
        self._prepare()
        for name in ("web0", "web1", "worker0", "worker1"):
            self.parts[name].start()
        wait_until(
            lambda: all(answers(self.web_address(n) + "/healthz?live") for n in (0, 1)), "the web servers"
        )
        wait_until(lambda: answers(self.address + "/robots.txt"), "the address of the site")

    @property
    def mails(self) -> Path:
        """Return where the mail server puts each mail it takes, as a Maildir."""
        return self.folder / "mails"

    def tell_haproxy(self, command: str) -> None:
        """Give one of HAProxy's own commands."""
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.folder / "haproxy.sock"))
            control.sendall(f"{command}\n".encode())
            said = control.recv(4096).decode().strip()
        if said:
            raise SystemExit(f"HAProxy answers to {command}: {said}")

    def web_address(self, number: int) -> str:
        """Where one web server answers."""
        return f"http://{HOST}:{self.web_ports[number]}"

    def ask(self, statement: str, seconds: int = 3, database: str = "tend") -> list[tuple[Any, ...]]:
        """Return the rows of a statement, asked of the primary past pooler and site. Raise psycopg2.Error."""
        place = {"host": HOST, "port": self.ports["primary"], "dbname": database, "user": "postgres"}
        options = f"-c statement_timeout={seconds}s"
        with contextlib.closing(
            psycopg2.connect(**place, password=PASSWORD, connect_timeout=seconds, options=options)
        ) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

    def role_of(self, number: int) -> str:
        """Return "primary", "replica", or "" where a database server is neither."""
        address = f"http://{HOST}:{self.databases[number][1]}"
        return next((role for role in ("primary", "replica") if answers(f"{address}/{role}")), "")

    def is_synchronous(self, number: int) -> bool:
        """Return whether commits wait for this replica."""
        return answers(f"http://{HOST}:{self.databases[number][1]}/sync")

    def primary(self) -> int:
        """Return the number of the primary."""
        return next(number for number in range(3) if self.role_of(number) == "primary")

    def disk_of(self, number: int) -> Path:
        """Return the small disk of a database server."""
        return self.folder / f"database{number}"

    def end(self) -> None:
        """Kill everything, and unmount the disks. A second Ctrl-C does not stop that half-way."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for part in reversed(self.parts.values()):
            part.signal(signal.SIGCONT)
            part.kill()
        for number in range(3):
            subprocess.run(["umount", "--lazy", self.disk_of(number)], check=False, capture_output=True)

    def _add(self, name: str, *command: str, user: str = "", home: str = "", **environment: str) -> Part:
        self.parts[name] = Part(self.folder, name, list(command), user, home, **environment)
        return self.parts[name]

    def _start_etcd(self) -> None:
        client, peer = (f"http://{HOST}:{self.ports[name]}" for name in ("etcd", "peer"))
        self._add(
            "etcd", "etcd", f"--data-dir={self.folder}/etcd", f"--listen-client-urls={client}",
            f"--advertise-client-urls={client}", f"--listen-peer-urls={peer}", "--unsafe-no-fsync",
            f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=default={peer}",
        ).start()  # fmt: skip
        wait_until(lambda: answers(f"{client}/health"), "etcd")

    def _start_databases(self) -> None:
        for number, (port, rest_port) in enumerate(self.databases):
            disk = self.disk_of(number)
            disk.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", DISK, "tmpfs", disk], check=True)
            shutil.chown(disk, "postgres", "postgres")
            name = f"database{number}"
            path = configured(
                "patroni.yml", self.folder / f"{name}.yml", name=name, address=HOST, port=port,
                rest_port=rest_port, etcd=f"{HOST}:{self.ports['etcd']}", network=f"{HOST}/32",
                data=disk / "data", sockets=disk, programs=PROGRAMS, superuser_password=PASSWORD,
                replication_password=PASSWORD,
            )  # fmt: skip
            self._add(name, "/usr/bin/patroni", str(path), user="postgres", home=str(disk)).start()
        wait_until(
            lambda: sorted(map(self.role_of, range(3))) == ["primary", "replica", "replica"], "Patroni"
        )

    def _start_proxies(self) -> None:
        users = self.folder / "users.txt"
        users.write_text(f'"postgres" "{PASSWORD}"\n')
        users.chmod(0o644)
        log = self.folder / "pgbouncer-own.log"
        log.touch()
        shutil.chown(log, "postgres")
        ports = {f"{name}_port": port for name, port in self.ports.items()}
        pooler = configured(
            "pgbouncer.ini", self.folder / "pgbouncer.ini", address=HOST, users=users, log=log,
            folder="/tmp", **ports,
        )  # fmt: skip
        servers = "\n".join(
            f"    server database{number} {HOST}:{port} maxconn 100 check port {rest}"
            for number, (port, rest) in enumerate(self.databases)
        )
        webs = "\n".join(
            f"    server web{number} {HOST}:{port} check" for number, port in enumerate(self.web_ports)
        )
        proxy = configured(
            "haproxy.cfg", self.folder / "haproxy.cfg", address=HOST, folder=self.folder, primaries=servers,
            webs=webs, host=f"{HOST}:{self.ports['web']}", **ports,
        )  # fmt: skip
        self._add("haproxy", "haproxy", "-db", "-f", str(proxy)).start()
        self._add("pgbouncer", "pgbouncer", str(pooler), user="postgres").start()

    def _start_store_and_cache(self) -> None:
        port = self.ports["store"]
        self._add("store", *store.command(self.folder / "store", port)).start()
        self._add(
            "cache", "redis-server", "--port", str(self.ports["cache"]), "--bind", HOST, "--save", "",
            "--dir", str(self.folder),
        ).start()  # fmt: skip
        mail = ("-n", "-l", f"{HOST}:{self.ports['mail']}", "-c", "aiosmtpd.handlers.Mailbox")
        self._add("mail", sys.executable, "-m", MAIL_SERVER, *mail, str(self.mails)).start()
        store.make_bucket(f"http://{HOST}:{port}")

    def _prepare(self) -> None:
        wait_until(self._has_primary, "HAProxy's primary")
        self.ask("CREATE DATABASE tend", 30, "postgres")
        prepare(self.folder, self.ports, ROOT)
        run(self.folder, self.ports, "manage.py", "seed_demo")
        self.ask("CREATE TABLE proof (words text)")
        for number, port in enumerate(self.web_ports):
            self._add(
                f"web{number}", sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
                "postpartum.wsgi", **self._environment(f"web{number}", "tend_web"), BIND=f"{HOST}:{port}",
            )  # fmt: skip
            self._add(
                f"worker{number}", sys.executable, "manage.py", "worker",
                **self._environment(f"worker{number}", "tend"),
            )  # fmt: skip

    def _has_primary(self) -> bool:
        with contextlib.suppress(psycopg2.Error):
            return self.ask("SELECT NOT pg_is_in_recovery()", database="postgres")[0][0]
        return False

    def _environment(self, name: str, pool: str) -> dict[str, str]:
        return environment(self.folder, self.ports, name, pool)


@contextlib.contextmanager
def an_installation() -> Iterator[Installation]:
    """An installation that serves; nothing of it is left."""
    with tempfile.TemporaryDirectory(prefix="tend-many-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        made = Installation(Path(name))
        try:
            made.start()
            yield made
        except BaseException:
            for log in sorted(Path(name).glob("*.log")):
                print(
                    f"--- {log.name}",
                    *log.read_text(errors="replace").splitlines()[-6:],
                    sep="\n",
                    file=sys.stderr,
                )
            raise
        finally:
            made.end()
