"""Logs and error reports that tell where something failed, and never what a person wrote or answered.

An exception's own words may quote the row it met or the form that was sent, and so may local variables: both stay out.
"""

import logging
import traceback
from copy import copy

from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter


def where(kind, trace):
    """The kind of an exception and the lines it passed, without its words."""
    frames = traceback.extract_tb(trace)
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    return "\n".join([*lines, kind.__name__ if kind else "no exception"])


class LineFormatter(logging.Formatter):
    """One line a record, and where an exception came from."""

    def format(self, record):
        """The record; what another formatter has made of its exception is not used."""
        record = copy(record)
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei):
        """The exception's kind and way."""
        return where(ei[0], ei[2])


class ReportWithoutPeople(ExceptionReporter):
    """What the operator is mailed: the route, the kind and the way. No form, no cookie, no variable."""

    def get_traceback_text(self):
        """The report's text."""
        match = getattr(self.request, "resolver_match", None)
        place = f"{self.request.method} {match.route}" if match else "outside a page"
        return f"{place}\n\n{where(self.exc_type, self.tb)}\n"

    get_traceback_html = get_traceback_text


class OperatorMailHandler(AdminEmailHandler):
    """Mails the report under a subject that says where, not what."""

    def format_subject(self, subject):
        """Django's would quote the exception's words; the page's route and the kind are in the text."""
        return "Something failed on the site"
