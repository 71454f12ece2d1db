"""Logs and error reports that say where something failed, and never what a person wrote or answered.

An exception's message may quote a row or a submitted form, and so may local variables: both stay out.
"""

import json
import logging
import time
import traceback
from copy import copy
from types import TracebackType
from typing import Any

from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

from postpartum import request_ids

MAIL_SECONDS, MAILS_AN_HOUR = 600, 10  # between two mails about one place, and of one process


def where(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Return the traceback and type of an exception, without its message."""
    frames = traceback.extract_tb(trace)
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    return "\n".join([*lines, kind.__name__ if kind else "no exception"])


class LineFormatter(logging.Formatter):
    """One line a record with the request's id, and where an exception came from."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy of the record, so that another formatter's cached exception text is not used."""
        record = copy(record)
        record.exc_text, record.request_id = None, request_ids.present()
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """Return traceback and type."""
        return where(ei[0], ei[2])


class JsonFormatter(LineFormatter):
    """One JSON object a record, for programs that collect logs: time, level, logger, request, message and where."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        said = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_ids.present(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["where"] = self.formatException(record.exc_info)
        return json.dumps(said)


class ReportWithoutPeople(ExceptionReporter):
    """The report mailed to the operator: route, type and traceback. No form, cookie or variable."""

    def get_traceback_text(self) -> SafeString:
        """Return the report."""
        match = self.request.resolver_match if self.request else None
        place = f"{self.request.method} {match.route}" if self.request and match else "outside a page"
        return SafeString(f"{place}\nrequest {request_ids.present()}\n\n{where(self.exc_type, self.tb)}\n")

    def get_traceback_html(self) -> SafeString:
        """Return the same report: mails are sent as text."""
        return self.get_traceback_text()


class OperatorMailHandler(AdminEmailHandler):
    """Mails the report under a subject without personal data: not each time, for a fault that all visitors meet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mailed: dict[str, float] = {}  # {place: monotonic time}
        self._held_back = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Mail it, unless that place was told of within MAIL_SECONDS, or MAILS_AN_HOUR went out lately."""
        place = where(record.exc_info[0], record.exc_info[2]) if record.exc_info else record.msg
        now = time.monotonic()
        self._mailed = {one: at for one, at in self._mailed.items() if now - at < 3600}
        is_known = now - self._mailed.get(place, -MAIL_SECONDS) < MAIL_SECONDS
        if is_known or len(self._mailed) >= MAILS_AN_HOUR:
            self._held_back += 1
            return
        self._mailed[place] = now
        super().emit(record)

    def send_mail(self, subject: Any, message: Any, *args: Any, **kwargs: Any) -> None:
        """Send it, with the number of those that were held back since the last one."""
        if self._held_back:
            message = f"{message}\n{self._held_back} more since the last mail are in the log only.\n"
        self._held_back = 0
        super().send_mail(subject, message, *args, **kwargs)

    def format_subject(self, subject: str) -> str:
        """Return a fixed subject: Django's would quote the exception's message."""
        return "Something failed on the site"
