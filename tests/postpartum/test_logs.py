"""Logs and error reports tell where something failed, and nothing a person said."""

import io
import logging

import pytest
from django.core import mail
from django.urls import path

from postpartum.logs import LineFormatter, OperatorMailHandler
from postpartum.urls import handler500  # noqa: F401 Django looks for it beside urlpatterns

SECRET = "leaking-since-tuesday"


def failing(request):
    """A page that fails with a person's words in its hands and in its error."""
    answer = request.POST["answer"]
    raise ValueError(f"cannot use {answer}")


urlpatterns = [path("failing/", failing)]


@pytest.fixture
def log():
    """What goes to the log of the site, as text."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter("{asctime} {levelname} {name} {message}", style="{"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def reports(settings):
    """Error reports go to the operator."""
    settings.ADMINS = [("Operator", "ops@example.org")]
    handler = OperatorMailHandler(reporter_class="postpartum.logs.ReportWithoutPeople")
    handler.setLevel(logging.ERROR)
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_failing_page_tells_where_and_nothing_she_wrote(client, log, reports):
    client.raise_request_exception = False

    response = client.post("/failing/", {"answer": SECRET})

    assert response.status_code == 500
    [report] = mail.outbox
    for told in (log.getvalue(), report.subject + report.body, response.content.decode()):
        assert SECRET not in told
    assert "ValueError" in log.getvalue()
    assert "in failing" in log.getvalue()
    assert "POST failing/" in report.body
    assert "in failing" in report.body


def test_an_error_outside_a_page_is_told_too(log):
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("postpartum").exception("a duty failed")

    assert "a duty failed" in log.getvalue()
    assert "KeyError" in log.getvalue()
    assert SECRET not in log.getvalue()
