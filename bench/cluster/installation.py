"""Three database servers, a pooler, a cache, a file store, two web servers and two workers behind one address."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import psycopg2

from bench.cluster.parts import (
    HOST,
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
        names = ("etcd", "peer", "primary", "replica", "pooler", "web", "cache", "store")
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

    def web_address(self, number: int) -> str:
        """Where one web server answers."""
        return f"http://{HOST}:{self.web_ports[number]}"

    def ask(self, statement: str, seconds: int = 3) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, asked of the primary past pooler and site. Raise psycopg2.Error."""
        place = {"host": HOST, "port": self.ports["primary"], "dbname": "tend", "user": "postgres"}
        options = f"-c statement_timeout={seconds}s"
        with contextlib.closing(
            psycopg2.connect(**place, password=PASSWORD, connect_timeout=seconds, options=options)
        ) as database:
            database.autocommit = True
            with database.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

    def role_of(self, number: int) -> str:
        """Return "primary", "replica", or "" where a database server is neither."""
        address = f"http://{HOST}:{self.databases[number][1]}"
        return next((role for role in ("primary", "replica") if answers(f"{address}/{role}")), "")

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
        store = self.ports["store"]
        self._add("store", sys.executable, "-m", "moto.server", "-H", HOST, "-p", str(store)).start()
        self._add(
            "cache", "redis-server", "--port", str(self.ports["cache"]), "--bind", HOST, "--save", "",
            "--dir", str(self.folder),
        ).start()  # fmt: skip
        wait_until(lambda: answers(f"http://{HOST}:{store}"), "the file store")
        keys = {"aws_access_key_id": "proof", "aws_secret_access_key": "proof"}
        s3 = boto3.resource("s3", endpoint_url=f"http://{HOST}:{store}", region_name="us-east-1", **keys)
        s3.Bucket("tend").create()

    def _prepare(self) -> None:
        with contextlib.closing(
            psycopg2.connect(
                host=HOST,
                port=self.databases[self.primary()][0],
                user="postgres",
                password=PASSWORD,
                dbname="postgres",
            )
        ) as database:
            database.autocommit = True
            database.cursor().execute("CREATE DATABASE tend")
        environment = self._environment("prepare", "tend")
        for command in ("-m script.lib.prepare", "manage.py seed_demo"):
            subprocess.run(
                [sys.executable, *command.split()],
                env=environment,
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
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

    def _environment(self, name: str, pool: str) -> dict[str, str]:
        """Return the environment of one server, whose own folder holds nothing that another needs."""
        folder = self.folder / name
        pooler = f"postgres://postgres:{PASSWORD}@{HOST}:{self.ports['pooler']}"
        if name == "prepare":
            folder = self.folder / "static"
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"{pooler}/{pool}",
            "DATABASE_POOLED": "1",
            "DATA_DIR": str(folder),
            "SECRET_KEY": "of the proof only " * 4,
            "FIELD_KEYS": "YSBrZXkgb2YgdGhlIHByb29mLCBhbmQgbm8gb3RoZXI=",
            "ALLOWED_HOSTS": "*",
            "SITE_URL": self.address,
            "EMAIL_URL": f"filemail:///{self.folder / 'mail'}",
            "TRUSTED_PROXY_COUNT": "1",
            "WEB_CONCURRENCY": "1",
            "CACHE_URL": f"redis://{HOST}:{self.ports['cache']}/0",
            "S3_BUCKET": "tend",
            "S3_ENDPOINT_URL": f"http://{HOST}:{self.ports['store']}",
            "AWS_ACCESS_KEY_ID": "proof",
            "AWS_SECRET_ACCESS_KEY": "proof",
            "STAFF_SECOND_FACTOR": "0",
        }
        if name.startswith("web"):
            environment["REPLICA_URL"] = f"{pooler}/tend_replica"
        folder.mkdir(exist_ok=True)
        static = folder / "static"
        if name != "prepare" and not static.exists():
            static.symlink_to(self.folder / "static" / "static")
        return environment


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
