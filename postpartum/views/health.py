"""Health checks and numbers for monitoring; they reveal nothing about anyone."""

from dataclasses import asdict

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from postpartum.stalled import is_stalled
from postpartum.wellness import Wellness, wellness


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Return {"status": "ok"} with numbers, or 503 with the status "database away" or "disk full".

    `late` is true where background work stands still, which closes no page. With `?live`, only that this process answers.
    """
    if "live" in request.GET:
        return JsonResponse({"status": "ok"})
    found = _found()
    if found is None:
        return JsonResponse({"status": "database away"}, status=503)
    status = "disk full" if found.is_disk_full else "ok"
    said = {"status": status, "late": found.is_late} | asdict(found)
    return JsonResponse(said, status=503 if found.is_disk_full else 200)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the same numbers for Prometheus, to whoever has METRICS_KEY. Raise Http404 for anybody else."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_KEY or not constant_time_compare(given, f"Bearer {settings.METRICS_KEY}"):
        raise Http404
    registry = CollectorRegistry()
    for name, meaning, value in _numbers(_found()):
        Gauge(f"tend_{name}", meaning, registry=registry).set(value)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _numbers(found: Wellness | None) -> list[tuple[str, str, int]]:
    """Return (name, meaning, value) of each number; without a database, of that alone."""
    answers = ("database_up", "Whether the database answers", int(found is not None))
    if found is None:
        return [answers]
    worker = -1 if found.worker_seconds is None else found.worker_seconds
    return [
        answers,
        ("worker_seconds", "Seconds since the worker was last at work; -1 if it never was", worker),
        ("queue_length", "Mails that are due", found.queue_length),
        ("queue_seconds", "Seconds since the oldest mail is due", found.queue_seconds),
        ("disk_free_percent", "Free space of the disk with the data, in percent", found.disk_free_percent),
    ]


def _found() -> Wellness | None:
    """Return how the site does; None without a database, at once where other threads wait for it."""
    if is_stalled():
        return None
    try:
        return wellness(timezone.now())
    except DatabaseError:
        return None
