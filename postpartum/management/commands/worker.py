"""The background process beside the server."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from blog.importers.background import is_import_running, stop_import
from postpartum.background import periodic_duties, work_once

PAUSE = 1  # seconds between looks into the queues
PAUSE_AFTER_FAILURE = 15


class Command(BaseCommand):
    """Runs queues and periodic duties until stopped."""

    help = "Sends mails and reminders, imports uploads, erases what is due. Run one beside the server; more do no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --once, for a machine without a second process."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *, once: bool, **options: Any) -> None:
        """Work until SIGTERM or SIGINT. The current task is finished first; an import is left half-way."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            _work_once_and_wait(stop) if once else _work(stop)
        finally:
            stop_import()


def _work(stop: Event) -> None:
    duties = periodic_duties()
    while not stop.is_set():
        close_old_connections()
        failed = work_once(duties, stop.is_set)
        stop.wait(PAUSE_AFTER_FAILURE if failed else PAUSE)


def _work_once_and_wait(stop: Event) -> None:
    """Do what is due now, and wait for an import that it started."""
    work_once(periodic_duties(), stop.is_set)
    while is_import_running():
        if stop.wait(PAUSE):
            return
