"""The process that works in the background, beside the server."""

import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from blog.importers.background import is_import_running, stop_import
from postpartum.background import rounds, work_once

PAUSE = 1  # seconds between looks into the queues
PAUSE_AFTER_FAILURE = 15


class Command(BaseCommand):
    """Send what waits to be sent, make what was asked for, until told to stop."""

    help = "Sends mails and reminders, imports uploads, erases what is due. Run one beside the server; more do no harm."

    def add_arguments(self, parser):
        """--once: do what is due now, then end; for a machine without a place for a second process."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *, once, **options):
        """Work until SIGTERM or SIGINT; the piece of work under way is finished first, an import is left half-way."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            _work_once_and_wait(stop) if once else _work(stop)
        finally:
            stop_import()


def _work(stop):
    all_rounds = rounds()
    while not stop.is_set():
        close_old_connections()
        failed = work_once(all_rounds, stop.is_set)
        stop.wait(PAUSE_AFTER_FAILURE if failed else PAUSE)


def _work_once_and_wait(stop):
    """Do what is due now; an import it began is waited for."""
    work_once(rounds(), stop.is_set)
    while is_import_running():
        if stop.wait(PAUSE):
            return
