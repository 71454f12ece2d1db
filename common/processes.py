"""Child processes that do not outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>


def start_child(command: Sequence[str], **options: Any) -> subprocess.Popen:
    """Start `Popen(command, **options)` so that it gets SIGTERM when the parent process is killed.

    The kernel does that on Linux; elsewhere a killed parent leaves its children to end by themselves.
    """
    parent = os.getpid()

    def end_with_parent() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # killed before the line above
            os._exit(1)

    before = end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=before, **options)  # noqa: S603
