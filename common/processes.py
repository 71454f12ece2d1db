"""Child processes that do not outlive whoever started them."""

import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>


def start_child(command, **options):
    """Popen(command, **options), whose process gets SIGTERM when the calling thread's process is killed.

    The kernel sees to that on Linux; elsewhere a killed parent leaves its children to end by themselves.
    """
    parent = os.getpid()

    def end_with_parent():
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # killed before the line above
            os._exit(1)

    before = end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=before, **options)  # noqa: S603
