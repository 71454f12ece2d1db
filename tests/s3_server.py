"""An S3 server of the tests' own, which forgets everything at its end."""

import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

from tests.servers import a_free_port

KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_EC2_METADATA_DISABLED": "true"}


@contextmanager
def an_s3_server():
    """Run one; its address."""
    port = a_free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            assert running.poll() is None
            time.sleep(0.1)
        yield address
    finally:
        running.kill()
        running.wait()


def _answers(address):
    with suppress(OSError):
        return urllib.request.urlopen(address).status == 200
    return False
