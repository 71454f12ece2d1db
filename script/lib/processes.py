"""The processes script/server starts, none of which outlives it."""

import os
import signal
import subprocess
import sys
import time

from common.processes import start_child

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 20  # seconds a process gets to finish what it is doing


def stop_on_signals():
    """Let the first Ctrl-C, SIGTERM or closed terminal (but under nohup) raise KeyboardInterrupt."""

    def interrupt(*_):
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, interrupt)


class Processes:
    """Pythons running at our side. Leaving the context stops them, the youngest first."""

    def __init__(self):
        self._running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self._running):
            _stop(process)

    def start(self, *arguments):
        """Start `python *arguments` in a session of its own: Ctrl-C reaches only us, and we stop it."""
        process = start_child([sys.executable, *arguments], start_new_session=True)
        self._running.append(process)
        return process

    def run(self, *arguments):
        """Start `python *arguments` and wait for its end; a failure, of which it has told, ends us too."""
        process = self.start(*arguments)
        if process.wait():
            sys.exit(process.returncode)
        self._running.remove(process)

    def check(self):
        """End us if one of the processes has ended, which none should by itself."""
        for process in self._running:
            if process.poll() is not None:
                sys.exit(
                    f"The process {' '.join(process.args[1:])} ended by itself (code {process.returncode})."
                )

    def wait(self):
        """Wait until one of the processes ends, or a signal interrupts."""
        while True:
            self.check()
            time.sleep(0.5)


def _stop(process):
    """Ask the process and all it started to end; insist after a while."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
