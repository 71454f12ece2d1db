"""Health check for monitoring; reveals nothing about anyone."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from postpartum.stalled import is_stalled


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200 {"status": "ok"} while the database answers, else 503 {"status": "database away"}.

    At once, too, where other threads wait for the database.
    """
    if is_stalled():
        return JsonResponse({"status": "database away"}, status=503)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database away"}, status=503)
    return JsonResponse({"status": "ok"})
