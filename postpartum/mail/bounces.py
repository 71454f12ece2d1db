"""Events a mail provider reports later: a bounce, or a spam complaint."""

from typing import Any

from anymail.signals import EventType
from django.utils import timezone

from postpartum.models import Mail

FAILURES = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED, EventType.COMPLAINED}


def note_event(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    """Mark the newest mail to the event's address, so that the desk sees it. Receives anymail's `tracking` signal."""
    if event.event_type not in FAILURES or not event.recipient:
        return
    newest = Mail.objects.to([event.recipient]).order_by("-created_at").first()
    if newest:
        newest.state = Mail.State.BOUNCED
        newest.problem = f"{esp_name}: {event.event_type} {event.reject_reason or ''}".strip()[:300]
        newest.changed_at = timezone.now()
        newest.save(update_fields=["state", "problem", "changed_at"])
