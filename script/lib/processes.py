"""Child processes of script/server, none of which outlives it."""

import os
import signal
import subprocess
import sys
import time

from common.processes import start_child

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESTART_SECONDS = 2  # before a process that ended is started again
TIMEOUT = 20  # seconds a process gets to finish what it is doing


def stop_on_signals() -> None:
    """Raise KeyboardInterrupt at the first Ctrl-C, SIGTERM or closed terminal (unless under nohup)."""

    def interrupt(*_: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, interrupt)


class Processes:
    """Running Python processes. Leaving the context stops them, the last started first."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen] = []
        self._kept: set[int] = set()  # process ids of those that are started again when they end

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running):
            _stop(process)

    def start(self, *arguments: str) -> subprocess.Popen:
        """Start `python *arguments` in a session of its own: Ctrl-C reaches only us, and we stop it."""
        process = start_child([sys.executable, *arguments], start_new_session=True)
        self._running.append(process)
        return process

    def keep(self, *arguments: str) -> None:
        """Start `python *arguments`, and again whenever it ends: without it the site still serves."""
        self._kept.add(self.start(*arguments).pid)

    def run(self, *arguments: str) -> None:
        """Run `python *arguments` to its end; exit with its code if it fails."""
        process = self.start(*arguments)
        if process.wait():
            sys.exit(process.returncode)
        self._running.remove(process)

    def check(self) -> None:
        """Start again what is kept running and has ended; exit if another process has, which none should by itself."""
        for process in list(self._running):
            if process.poll() is None:
                continue
            if process.pid in self._kept:
                self._start_again(process)
            else:
                sys.exit(
                    f"The process {' '.join(process.args[1:])} ended by itself (code {process.returncode})."
                )

    def _start_again(self, process: subprocess.Popen) -> None:
        name = " ".join(process.args[1:])
        print(f"{name} ended (code {process.returncode}) and is started again.", file=sys.stderr, flush=True)
        self._running.remove(process)
        time.sleep(RESTART_SECONDS)
        self.keep(*process.args[1:])

    def wait(self) -> None:
        """Wait until one of the processes ends, or a signal interrupts."""
        while True:
            self.check()
            time.sleep(0.5)


def _stop(process: subprocess.Popen) -> None:
    """Terminate the process; kill its process group after TIMEOUT."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
