"""A process of its own for what a test does beside itself, without starting Python anew: that takes a second each."""

import os
import traceback

from django.db import connections


def fork(action):
    """Call `action` in a child that has its own way to the database; the child's id. It exits 1 after an exception."""
    child = os.fork()
    if child:
        return child
    try:
        del connections["default"]  # this is the parent's, who goes on with it
        action()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def exit_code(child):
    """Wait for the end of a forked child; its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
