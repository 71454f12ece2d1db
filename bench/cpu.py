"""CPU time of web processes, database and load generator, each for itself."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass
class Spent:
    """Seconds of CPU in one round."""

    server: float = 0.0
    database: float = 0.0
    generator: float = 0.0

    @property
    def generators_share(self) -> float:
        """The load generator's part of all of it, from 0 to 1."""
        return self.generator / max(0.001, self.server + self.database + self.generator)


@contextlib.contextmanager
def spent_by(data_dir: Path, port: int) -> Iterator[Spent]:
    """Measure what the web processes at `port`, the database of `data_dir` and this process spend meanwhile."""
    spent = Spent()
    server, database, generator = listening_at(port), postmaster_of(data_dir), psutil.Process()
    before = seconds(server), seconds(database), own_seconds([generator])
    yield spent
    spent.server = seconds(server) - before[0]
    spent.database = seconds(database) - before[1]
    spent.generator = own_seconds([generator]) - before[2]


def listening_at(port: int) -> psutil.Process:
    """Return gunicorn's first process at a port, whose children are the others."""
    found = [
        one.pid for one in psutil.net_connections("tcp") if one.status == "LISTEN" and one.laddr.port == port
    ]
    process = psutil.Process(next(pid for pid in found if pid))
    parent = process.parent()
    return parent if parent and "gunicorn" in parent.cmdline() else process


def postmaster_of(data_dir: Path) -> psutil.Process:
    """Return the database's first process."""
    return psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))


def seconds(first: psutil.Process) -> float:
    """Return the CPU time of a process and all its children until now, those that have ended included."""
    times = first.cpu_times()
    return own_seconds([first, *first.children()]) + times.children_user + times.children_system


def own_seconds(processes: Iterable[psutil.Process]) -> float:
    """Return the CPU time of live processes."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total
