"""CPU time of web processes, database and load generator, each for itself."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from postpartum.embedded_postgres import Cluster


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
    server, database = web_processes(port), [psutil.Process(pid) for pid in Cluster(data_dir).process_ids()]
    before = seconds(server), seconds(database), seconds([psutil.Process()])
    yield spent
    spent.server = seconds(server) - before[0]
    spent.database = seconds(database) - before[1]
    spent.generator = seconds([psutil.Process()]) - before[2]


def web_processes(port: int) -> list[psutil.Process]:
    """Return the processes that listen at a port."""
    listening = {
        one.pid for one in psutil.net_connections("tcp") if one.status == "LISTEN" and one.laddr.port == port
    }
    found = [psutil.Process(pid) for pid in listening if pid]
    return list({process.pid: process for one in found for process in (one, *one.children())}.values())


def seconds(processes: Iterable[psutil.Process]) -> float:
    """Return the CPU time of processes until now; one that has ended counts no more."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total
