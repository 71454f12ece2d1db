"""Error reports to a service that speaks Sentry's protocol: off unless SENTRY_DSN names one.

A report says where something failed and the id of the request. Everything else that the library would add is taken out
again, for it may be about a person: request, user, variables, messages of exceptions, what was logged before.
"""

from typing import Any

import sentry_sdk

from postpartum import request_ids

KEPT = ("event_id", "timestamp", "level", "platform", "exception", "sdk", "release")
KEPT_OF_FRAMES = ("filename", "abs_path", "function", "module", "lineno", "in_app")


def start(address: str) -> None:
    """Send reports to `address` from now on."""
    sentry_sdk.init(
        address,
        before_send=scrubbed,
        before_breadcrumb=lambda *_: None,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        traces_sample_rate=0,
        auto_session_tracking=False,
        server_name="",
    )


def scrubbed(event: Any, hint: Any) -> Any:
    """Return what of a report may leave the site; None for a log line without an exception."""
    if not event.get("exception"):
        return None
    kept = {name: event[name] for name in KEPT if name in event}
    kept["exception"] = {"values": [_without_words(one) for one in event["exception"].get("values", [])]}
    return kept | {"tags": {"request": request_ids.present()}}


def _without_words(exception: dict[str, Any]) -> dict[str, Any]:
    """Return an exception with its type and where it was raised."""
    frames = (exception.get("stacktrace") or {}).get("frames", [])
    places = [{name: one[name] for name in KEPT_OF_FRAMES if name in one} for one in frames]
    return {
        "type": exception.get("type"),
        "module": exception.get("module"),
        "stacktrace": {"frames": places},
    }
