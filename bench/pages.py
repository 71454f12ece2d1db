"""The measured pages. To measure another one, add a line to PAGES."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

# {slug: its approved comments}
ARTICLES = {"bench-article-1": 100, "bench-article-2": 0, "bench-article-3": 1000}
COMMENTED = "bench-article-4"
SESSION = "w01-a"
CSRF_TOKEN = "b" * 32
LOGGED_FROM = datetime.now(UTC) - timedelta(days=300)
SUGGESTED = {"pain": 0, "heaviness": 0, "leak": 0, "bowelLeak": False, "lastResponse": "same_or_better"}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def session_log(number: int) -> bytes:
    """Return a new session log."""
    started = LOGGED_FROM + timedelta(minutes=5 * number)
    log = {
        "id": str(uuid.uuid4()),
        "started_at": started.isoformat(),
        "finished_at": (started + timedelta(minutes=4)).isoformat(),
        "exercises_planned": 5,
        "steps": {f"{exercise}.{part}.1": 30 for exercise in range(1, 6) for part in (1, 2)},
    }
    return json.dumps(log).encode()


def check_in(number: int) -> bytes:
    """Return the answers of a member who feels well, and who confirms by one tap what the page suggests."""
    fine = {"redFlags": "none", "mood": "ok", "energy": "0", "sleep": "gt6", "bleeding": "none", "scar": "na"}
    fine |= {"all_fine": "on"}
    return urlencode(fine | {"shown": json.dumps(SUGGESTED), "client_id": uuid.uuid4()}).encode()


def comment(number: int) -> bytes:
    """Return a comment like no other."""
    words = f"This helped me more than I thought it would, in week {number} and after {uuid.uuid4()}."
    return urlencode({"name": "Ana", "email": f"ana{number}@example.net", "body": words}).encode()


@dataclass(frozen=True)
class Page:
    """A page: how to request it, as whom, and whether from memory.

    `cookie` is what a visitor's browser sends: with one, Django makes the page, as it does first after a change.
    """

    name: str
    path: str
    as_whom: str = (
        ""  # "member", "writer" (a member who sends logs, which close a session again), "staff" or a visitor
    )
    cookie: str = ""
    body: Callable[[int], bytes] | None = None
    method: str = "GET"
    content_type: str = FORM
    status: str = "20"  # how the expected status begins

    def body_of(self, number: int) -> bytes:
        """Return the body of the `number`th request."""
        return self.body(number) if self.body else b""


BARE = Page("bare Django view", "/bench/hello/")  # of bench.bare, on a port of its own
OURS = Page("the same, our middleware", "/bench/hello/")
ANEW = "seen=1"
PUBLIC = (
    Page("home", "/"),
    Page("article, no comment", "/articles/bench-article-2/"),
    Page("article, 100 comments", "/articles/bench-article-1/"),
    Page("article, 1,000 comments", "/articles/bench-article-3/"),
    Page("articles", "/articles/"),
    Page("exercises", "/exercises/"),
    Page("exercise", "/exercises/band-rib-breathing/"),
    Page("program", "/program/"),
    Page("safety", "/safety/"),
)
PAGES = (
    *PUBLIC,
    *(Page(f"{page.name}, first visit", page.path, cookie=ANEW) for page in PUBLIC),
    Page("search", "/search/?q=breathing"),
    Page("today", "/today/", "member"),
    Page("session", f"/sessions/{SESSION}/", "member"),
    Page("check-in", f"/check-in/before/{SESSION}/", "member"),
    Page("progress", "/progress/", "member"),
    Page("log a session", f"/sessions/{SESSION}/log/", "writer", "", session_log, "PUT", JSON),
    Page("send a check-in", "/check-in/", "writer", "", check_in, "POST", status="30"),
    Page("send a comment", f"/articles/{COMMENTED}/comment/", "", "", comment, "POST", status="30"),
    Page("triage", "/admin/", "staff"),
)
