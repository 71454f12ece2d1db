"""Logs and error reports that say where something failed, and never what a person wrote or answered.

An exception's message may quote a row or a submitted form, and so may local variables: both stay out.
"""

import logging
import traceback
from copy import copy
from types import TracebackType
from typing import Any

from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter


def where(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Return the traceback and type of an exception, without its message."""
    frames = traceback.extract_tb(trace)
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    return "\n".join([*lines, kind.__name__ if kind else "no exception"])


class LineFormatter(logging.Formatter):
    """One line a record, and where an exception came from."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy of the record, so that another formatter's cached exception text is not used."""
        record = copy(record)
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """Return traceback and type."""
        return where(ei[0], ei[2])


class ReportWithoutPeople(ExceptionReporter):
    """The report mailed to the operator: route, type and traceback. No form, cookie or variable."""

    def get_traceback_text(self) -> SafeString:
        """Return the report."""
        match = self.request.resolver_match if self.request else None
        place = f"{self.request.method} {match.route}" if self.request and match else "outside a page"
        return SafeString(f"{place}\n\n{where(self.exc_type, self.tb)}\n")

    def get_traceback_html(self) -> SafeString:
        """Return the same report: mails are sent as text."""
        return self.get_traceback_text()


class OperatorMailHandler(AdminEmailHandler):
    """Mails the report under a subject without personal data."""

    def format_subject(self, subject: str) -> str:
        """Return a fixed subject: Django's would quote the exception's message."""
        return "Something failed on the site"
