"""The measured pages. To measure another one, add a line to PAGES."""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ARTICLE = "bench-article-1"
SESSION = "w01-a"
CSRF_TOKEN = "b" * 32
LOGGED_FROM = datetime.now(UTC) - timedelta(days=300)


@dataclass(frozen=True)
class Page:
    """A page: how to request it, and whether as a member."""

    name: str
    path: str
    method: str = "GET"
    signed_in: bool = False


HELLO = Page("hello (Django alone)", "/bench/hello/")
PAGES = (
    Page("home", "/"),
    Page("article, 100 comments", f"/articles/{ARTICLE}/"),
    Page("articles", "/articles/"),
    Page("today", "/today/", signed_in=True),
    Page("log a session", f"/sessions/{SESSION}/log/", method="PUT", signed_in=True),
)


def body_of(page: Page, number: int) -> bytes:
    """Return the body of the `number`th request for `page`: empty for a GET, else a new session log."""
    if page.method == "GET":
        return b""
    started = LOGGED_FROM + timedelta(minutes=5 * number)
    log = {
        "id": str(uuid.uuid4()),
        "started_at": started.isoformat(),
        "finished_at": (started + timedelta(minutes=4)).isoformat(),
        "exercises_planned": 5,
        "steps": {f"{exercise}.{part}.1": 30 for exercise in range(1, 6) for part in (1, 2)},
    }
    return json.dumps(log).encode()
