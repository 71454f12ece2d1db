"""Fill the database for bench/run, count each page's queries, and print what the load needs, as JSON."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bench.pages import CSRF_TOKEN, FORM, PAGES, SESSION, Page, check_in
from bench.rows import make_articles, make_members

MEASURED = 8  # members whose pages are asked for, so that no lock of one is all there is


class Command(BaseCommand):
    """For an empty database only."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Fill the database, count the queries and print both."""
        now = timezone.now()
        users = make_members(now)
        make_articles(now)
        for user in (*users[:MEASURED], users[-1]):
            check_before_session(user)
        staff = User.objects.create(email="bench-owner@example.org", is_staff=True, is_superuser=True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        queries = {page.name: count_queries(page, users[-1], staff) for page in PAGES}
        cookies = {
            "member": [signed_in(user) for user in users[:MEASURED]],
            "writer": [signed_in(user) for user in users[MEASURED : 2 * MEASURED]],
            "staff": [signed_in(staff)],
        }
        self.stdout.write(json.dumps({"cookies": cookies, "queries": queries}))


def check_before_session(user: User) -> None:
    """Have a member answer what is asked before a session, which opens it."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    send(client, Page("check-in", f"/check-in/before/{SESSION}/", "", "", check_in, "POST", FORM, "30"), 0)


def send(client: Client, page: Page, number: int) -> None:
    """Request a page. Raise CommandError where it is not what is to be measured: a redirect back to a form, too."""
    address = f"10.0.{number // 250}.{number % 250}"  # limits count by it, with a proxy or without
    sent = client.generic(
        page.method,
        page.path,
        page.body_of(number),
        content_type=page.content_type,
        HTTP_X_FORWARDED_FOR=address,
        REMOTE_ADDR=address,
    )
    if not str(sent.status_code).startswith(page.status) or sent.headers.get("Location", "").endswith(
        "#open"
    ):
        raise CommandError(f"{page.name}: {sent.status_code} {sent.headers.get('Location', '')}")


def signed_in(user: User) -> str:
    """Return the Cookie header of a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF_TOKEN}"


def count_queries(page: Page, member: User, staff: User) -> int:
    """Return the queries of the second request for `page`: the first may fill caches of the process."""
    client = Client(HTTP_HOST="127.0.0.1")
    if page.as_whom:
        client.force_login(staff if page.as_whom == "staff" else member)
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            send(client, page, number)
    return len(captured)
