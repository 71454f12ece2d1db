"""The worker as script/server starts it: a process of its own, on the product's settings and this run's database."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

FILES = "postpartum.mail.files.FileBackend"


@pytest.fixture
def start_worker(transactional_db):
    """A function that starts `manage.py worker` with arguments, and environment by name; killed at the test's end."""
    started = []

    def start_worker(*arguments, **environment):
        command = [sys.executable, "manage.py", "worker", *arguments]
        worker = subprocess.Popen(command, cwd=settings.BASE_DIR, env=product_environment() | environment)
        started.append(worker)
        return worker

    yield start_worker
    for worker in started:
        worker.kill()
        worker.wait()


@pytest.fixture
def mail_queue(settings, tmp_path):
    """The product's own queue, for which tests otherwise have Django's memory, delivering into this directory."""
    settings.EMAIL_BACKEND = "postpartum.mail.queue.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = FILES
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def product_environment():
    """The environment in which a process finds this run's database and files, with the product's settings."""
    wanted = connection.settings_dict
    address = f"postgres://{wanted['USER']}@/{wanted['NAME']}?host={wanted['HOST']}"
    if os.environ.get("DATABASE_URL"):
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{wanted['NAME']}"
    return os.environ | {
        "DATABASE_URL": address,
        "DATA_DIR": str(settings.DATA_DIR),
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "postpartum.settings",
    }


def wait_until(true, seconds=60):
    """Wait for something another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
